// Ce que mesurent les bancs : une délibération, son document et son annexe, toujours les mêmes.
const { createHash } = require('node:crypto');
const { closeSync, existsSync, openSync, writeSync } = require('node:fs');
const path = require('node:path');

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

const BLOCK = 64 * 1024;
const TEXT = Buffer.from('BT /F1 12 Tf 72 720 Td (Le conseil municipal délibère) Tj ET\n'.repeat(120));

/** Un bloc à l'image d'un PDF : neuf parts incompressibles, une part de texte. */
function pdfLikeBlock(index) {
  const block = Buffer.alloc(BLOCK);
  for (let at = 0, n = 0; at < BLOCK; at += 32, n += 1) {
    createHash('sha256').update(`${index}/${n}`).digest().copy(block, at);
  }
  TEXT.copy(block, 0, 0, Math.floor(BLOCK / 10));
  return block;
}

/** Écrit un fichier à l'image d'un PDF, d'une taille exacte, sans le tenir en mémoire. */
exports.writePdfLike = function writePdfLike(file, sizeBytes) {
  const blocks = Array.from({ length: 16 }, (_, index) => pdfLikeBlock(index));
  const handle = openSync(file, 'w');
  for (let left = sizeBytes, index = 0; left > 0; left -= BLOCK, index += 1) {
    // Numéroter chaque bloc empêche un compresseur de reconnaître le précédent.
    const block = Buffer.from(blocks[index % blocks.length]);
    block.forEach((byte, at) => {
      if (at % 61 === 0) block[at] = (byte + index) & 0xff;
    });
    writeSync(handle, block, 0, Math.min(left, BLOCK));
  }
  closeSync(handle);
};
