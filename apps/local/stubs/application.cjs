// Une application de comédie : répond sur le port de la variable donnée, note ses signaux, et meurt quand on le lui dit.
// Arguments : nom, variable du port. Environnement : ESSAI_CHUTE=<nom> la fait mourir au démarrage ; ESSAI_LENTEUR=<nom> la fait
// attendre, vivante et muette, le fichier « réveil » de son stockage.
const { appendFileSync, existsSync } = require('node:fs');
const { createServer } = require('node:http');
const path = require('node:path');
const { createFakeApi } = require('./fake-api.cjs');

const [name, portVariable] = process.argv.slice(2);
const note = (text) =>
  appendFileSync(path.join(process.env.STOCKAGE_DOSSIER, 'signaux'), `${name} ${text}\n`);

if (process.env.ESSAI_CHUTE === name) {
  process.stderr.write('La configuration est fausse : ESSAI_CHUTE.\n');
  process.exit(3);
}
const server =
  name === 'api'
    ? createFakeApi({
        memory: path.join(process.env.STOCKAGE_DOSSIER, 'depot.json'),
        ending: process.env.ESSAI_FIN,
      }).server
    : createServer((_, response) => response.end('{}'));
const listen = () => {
  server.listen(Number(process.env[portVariable]), '127.0.0.1');
  process.stdout.write(`${name} prêt\n`);
};
if (process.env.ESSAI_LENTEUR === name) {
  process.stdout.write(`${name} se prépare\n`);
  const look = setInterval(() => {
    if (!existsSync(path.join(process.env.STOCKAGE_DOSSIER, 'réveil'))) return;
    clearInterval(look);
    listen();
  }, 20);
} else listen();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    note(signal);
    server.closeAllConnections();
    server.close(() => process.exit(0));
  });
}
