// Préchargé par « node -r » : au premier SIGWINCH, commence à profiler le processeur de ce processus ; au second, écrit le profil dans
// PROFIL_FICHIER. SIGWINCH, parce que Nest s'arrête sur SIGUSR2. L'option --cpu-prof de Node compterait le démarrage, et n'écrit rien quand
// un signal finit le processus.
const { renameSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: 1000 });
  process.once('SIGWINCH', () => {
    session.post('Profiler.start');
    process.once('SIGWINCH', () => writeProfile());
  });
  const writeProfile = () =>
    session.post('Profiler.stop', (error, { profile } = {}) => {
      // Sous son nom, un profil est entier : qui l'attend le lit dès qu'il le voit.
      const unfinished = `${process.env.PROFIL_FICHIER}.inacheve`;
      writeFileSync(unfinished, JSON.stringify(error ? { nodes: [], samples: [], timeDeltas: [] } : profile));
      renameSync(unfinished, process.env.PROFIL_FICHIER);
    });
}
