// Préchargé par « node -r » : à chaque SIGWINCH, écrit dans ARRET_FICHIER le plus long arrêt de la boucle d'événements depuis le
// précédent, en millisecondes, et repart de zéro. SIGWINCH, parce que Nest s'arrête sur SIGUSR2.
const { renameSync, writeFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');

if (isMainThread && process.env.ARRET_FICHIER) {
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  process.on('SIGWINCH', () => {
    // Sous son nom, une mesure est entière : qui l'attend la lit dès qu'il la voit.
    const unfinished = `${process.env.ARRET_FICHIER}.inacheve`;
    writeFileSync(unfinished, String(stalls.max / 1e6));
    stalls.reset();
    renameSync(unfinished, process.env.ARRET_FICHIER);
  });
}
