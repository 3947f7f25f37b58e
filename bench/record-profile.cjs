// Préchargé par « node -r » : profile le processeur de ce processus, et l'écrit dans PROFIL_FICHIER au signal SIGUSR2. L'option
// --cpu-prof de Node n'écrit rien quand un signal finit le processus, ce qui est la fin ordinaire des nôtres.
const { renameSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: 1000 });
  session.post('Profiler.start');
  process.on('SIGUSR2', () =>
    session.post('Profiler.stop', (error, { profile } = {}) => {
      // Sous son nom, un profil est entier : qui l'attend le lit dès qu'il le voit.
      const unfinished = `${process.env.PROFIL_FICHIER}.inacheve`;
      writeFileSync(unfinished, JSON.stringify(error ? { nodes: [], samples: [], timeDeltas: [] } : profile));
      renameSync(unfinished, process.env.PROFIL_FICHIER);
    }),
  );
}
