// Chargé avant chaque application par le lanceur : attache sa vie à la sienne, sans qu'elle en sache rien.
const { isMainThread } = require('node:worker_threads');

if (isMainThread && process.channel) {
  // Le terminal envoie Ctrl-C à tout le groupe à la fois ; l'ordre d'arrêt est l'affaire du lanceur, qui envoie SIGTERM à chacun.
  const emit = process.emit;
  process.emit = function (name, ...rest) {
    return name === 'SIGINT' ? false : emit.call(this, name, ...rest);
  };
  process.on('SIGINT', () => undefined);
  // Le tuyau se ferme quand le lanceur meurt, fût-ce de SIGKILL.
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 20_000).unref();
  });
  process.channel.unref();
}
