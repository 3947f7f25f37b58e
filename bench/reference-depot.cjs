// Ce que mesurent les bancs : une délibération, son document et son annexe, toujours les mêmes.
const { closeSync, existsSync, openSync, writeSync } = require('node:fs');
const path = require('node:path');
require('../scripts/run-typescript.cjs');
const { pdfChunks } = require('../libs/testkit/src/documents/a-pdf.ts');

const root = path.join(__dirname, '..');
exports.root = root;
exports.consoleMain = path.join(root, 'dist', 'apps', 'console', 'src', 'main.js');

/** La bibliothèque compilée : on mesure ce qui part en production. Compile si les sources ont changé. */
exports.loadActes = function loadActes() {
  require(path.join(root, 'scripts', 'compile-if-stale.cjs')).compileIfStale();
  const main = path.join(root, 'dist', 'libs', 'actes', 'src', 'index.js');
  if (!existsSync(main)) {
    process.stderr.write('La bibliothèque n’est pas compilée : lancez « npm run build ».\n');
    process.exit(2);
  }
  return require(main);
};

exports.depot = {
  trigramme: 'TLT',
  quadrigramme: 'EACT',
  jour: '2022-11-02',
  numeroEnveloppe: 1,
  collectivite: {
    siren: '213402761',
    departement: '034',
    arrondissement: '3',
    natureCollectivite: '31',
    referent: { nom: 'Camille Exemple', telephone: '0400000000', email: 'actes@mairie.example.org' },
    adressesRetour: ['retour-actes@operateur.example.org', 'actes@mairie.example.org'],
  },
  acte: {
    dateDecision: '2022-10-20',
    numeroInterne: '2022_10_062',
    nature: 'DE',
    matiere: [8, 1],
    objet:
      'Convention de mise à disposition d’un environnement numérique de travail aux écoles de la commune',
    classificationDateVersion: '2019-08-29',
  },
  document: { extension: 'pdf', typePiece: '99_DE' },
  annexes: [{ extension: 'pdf', typePiece: '21_RP' }],
};

/** Écrit un vrai PDF d'une taille exacte, propre à ce fichier, sans le tenir en mémoire. */
exports.writePdf = function writePdf(file, octets) {
  const handle = openSync(file, 'w');
  for (const chunk of pdfChunks({ texte: path.basename(file), octets })) writeSync(handle, chunk);
  closeSync(handle);
};
