// La ligne de commande : compile si les sources ont changé, puis laisse la place à la console dans ce même processus.
const { existsSync } = require('node:fs');
const path = require('node:path');
const { compileIfStale } = require('./compile-if-stale.cjs');

if (!existsSync(path.join(__dirname, '..', 'node_modules'))) {
  process.stderr.write('Rien n’est installé : lancez « npm ci » d’abord.\n');
  process.exit(2);
}
compileIfStale();
process.argv[1] = path.join(__dirname, '..', 'dist', 'apps', 'console', 'src', 'main.js');
require(process.argv[1]);
