// L'entrée du processus d'ouverture. Compilé, son voisin est en JavaScript ; depuis les sources, c'est le chargeur du dépôt qui le lit.
const { existsSync } = require('node:fs');
const path = require('node:path');

if (!existsSync(path.join(__dirname, 'serve-inspections.js')))
  require(path.join(__dirname, '..', '..', '..', '..', 'scripts', 'run-typescript.cjs'));
require('./serve-inspections');
