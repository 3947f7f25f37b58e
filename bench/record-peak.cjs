// Préchargé par « node -r » : dit, à la fin du processus, son pic de mémoire (en octets) dans le fichier que nomme PIC_MEMOIRE.
const { writeFileSync } = require('node:fs');
const { peakBytes } = require('./peak-memory.cjs');
process.on('exit', () => writeFileSync(process.env.PIC_MEMOIRE, String(peakBytes())));
