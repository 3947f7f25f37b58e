// Un acte d'une taille donnée, dans un processus à lui : compose, valide, archive, relit, vérifie, et dit ses pics de mémoire.
const { createReadStream, createWriteStream, rmSync, statSync } = require('node:fs');
const path = require('node:path');
const { Readable } = require('node:stream');
const { buffer } = require('node:stream/consumers');
const { pipeline } = require('node:stream/promises');
const { peakBytes } = require('./peak-memory.cjs');
const { depot, root } = require('./reference-depot.cjs');

const { buildDepotActe, checkArchiveAller, packArchive, readArchive, validateXml } = require(
  path.join(root, 'dist', 'libs', 'actes', 'src', 'index.js'),
);
const [tailleMo, folder] = [Number(process.argv[2]), process.argv[3]];
const peakMo = () => peakBytes() / 1e6;

async function main() {
  if (tailleMo === 0) return { composerMo: peakMo(), relireMo: peakMo() };
  const { value: built } = buildDepotActe(depot);
  const [document, annexe] = built.documents.map((nom, index) => {
    const file = path.join(folder, index === 0 ? `document-${tailleMo}.pdf` : 'annexe.pdf');
    return { nom, tailleOctets: statSync(file).size, compresser: false, open: () => createReadStream(file) };
  });
  const xml = [built.enveloppe, built.message].map(({ nom, octets }) => {
    if (validateXml(octets).length > 0) throw new Error(`${nom} n'est pas valide`);
    return { nom, tailleOctets: octets.byteLength, compresser: true, open: () => Readable.from([octets]) };
  });
  const target = path.join(folder, built.nomArchive);
  await pipeline(packArchive([...xml, document, annexe]), createWriteStream(target));
  const composerMo = peakMo();

  const fichiers = [];
  const read = await readArchive(createReadStream(target), async (nom, tailleOctets, contenu) => {
    const octets = nom.endsWith('.xml') ? await buffer(contenu) : undefined;
    if (!octets) for await (const _ of contenu);
    fichiers.push({ nom, tailleOctets, ...(octets ? { octets } : {}) });
  });
  if (!read.ok) throw new Error(read.problem.detail);
  const [violation] = checkArchiveAller({
    nomArchive: built.nomArchive,
    fichiers,
    tailleOctets: statSync(target).size,
  });
  if (violation) throw new Error(violation.detail);
  rmSync(target);
  return { composerMo, relireMo: peakMo() };
}

main().then(
  (peaks) => process.stdout.write(JSON.stringify(peaks)),
  (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
