// Composer, valider et archiver un acte : combien par seconde, à côté de ce que font tar, gzip et libxml2 des mêmes octets.
const { createReadStream, createWriteStream, readFileSync, statSync, writeFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { pipeline } = require('node:stream/promises');
const { depot: input, loadActes, root, writePdf } = require('./reference-depot.cjs');
const { endProgress, measureHere, measureShell, number, openWorkFolder } = require('./measures.cjs');
const { progress, readOptions, run, summary, table } = require('./measures.cjs');

const USAGE = `Emploi : npm run bench:actes -- [--tours N] [--json] [--sans-memoire]
  --tours N       mesures entrelacées de chaque travail (7)
  --json          les résultats en JSON sur la sortie standard
  --sans-memoire  ne mesure que la vitesse
Codes de sortie : 0 mesuré ; 1 la mémoire croît avec la taille des documents ; 2 mal employé ou non compilé ; 130 interrompu.`;

const SCHEMA = path.join(root, 'apps', 'prefecture-simulator', 'schema');
const SIZES_MB = [1, 10, 50, 150];
/** Au-delà, la mémoire suit la taille des documents ; en deçà, c'est le ramasse-miettes qui respire. */
const GROWTH_MAX_MB = 60;
const NOTRE = 'notre composition, validation, archive';

const options = readOptions(USAGE, { '--tours': 'nombre', '--json': 'oui', '--sans-memoire': 'oui' });
const actes = loadActes();
main().catch((error) => {
  endProgress();
  process.stderr.write(`Le banc a échoué : ${error.message}\n`);
  process.exitCode = 1;
});

async function main() {
  const folder = openWorkFolder();
  const tours = options.tours ?? 7;
  const vitesse = await measureSpeed(await prepare(folder), tours);
  const memoire = options['sans-memoire'] ? undefined : await measureMemory(folder);
  const result = { machine: machine(), tours, vitesse, ...(memoire ? { memoire } : {}) };
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${report(result)}\n`);
  if (memoire && !memoire.plate) process.exitCode = 1;
}

/** Les fichiers de l'acte, sur le disque, sous leurs vrais noms. */
async function prepare(folder) {
  const built = compose();
  const [document, annexe] = built.documents;
  writePdf(path.join(folder, document), 200_000);
  writePdf(path.join(folder, annexe), 100_000);
  for (const { nom, octets } of [built.enveloppe, built.message])
    writeFileSync(path.join(folder, nom), octets);
  return { folder, built, xml: [built.enveloppe.octets, built.message.octets] };
}

function compose() {
  const built = actes.buildDepotActe(input);
  if (!built.ok) throw new Error(built.problem.detail);
  return built.value;
}

function archive(folder, built, compresser) {
  const xml = [built.enveloppe, built.message].map(({ nom, octets }) => ({
    nom,
    tailleOctets: octets.byteLength,
    compresser: true,
    open: () => require('node:stream').Readable.from([octets]),
  }));
  const documents = built.documents.map((nom) => ({
    nom,
    tailleOctets: statSync(path.join(folder, nom)).size,
    compresser,
    open: () => createReadStream(path.join(folder, nom)),
  }));
  return actes.packArchive([...xml, ...documents]);
}

function validate(xml) {
  for (const octets of xml) {
    const [violation] = actes.validateXml(octets);
    if (violation) throw new Error(`L'acte de référence n'est pas valide : ${violation.detail}`);
  }
}

async function measureSpeed(work, tours) {
  const series = await seriesOf(work);
  const measured = new Map(series.map(({ nom }) => [nom, []]));
  // Deux tours pour rien : les compilateurs à la volée et les caches du disque se réchauffent.
  for (let tour = -1; tour <= tours; tour += 1) {
    for (const { nom, measure } of series) {
      progress(tour <= 0 ? `mise en route : ${nom}` : `tour ${tour}/${tours} : ${nom}`);
      const one = await measure();
      if (tour > 0) measured.get(nom).push(one);
    }
  }
  endProgress();
  const reference = measured.get(NOTRE);
  return series.map(({ nom, octets }) => ({
    nom,
    cpuMs: summary(measured.get(nom).map(({ cpuMs }) => cpuMs)),
    dureeMs: summary(measured.get(nom).map(({ wallMs }) => wallMs)),
    rapportCpu: summary(measured.get(nom).map(({ cpuMs }, tour) => cpuMs / reference[tour].cpuMs)),
    ...(octets ? { octetsArchive: octets() } : {}),
  }));
}

async function seriesOf({ folder, built, xml }) {
  const names = [built.enveloppe.nom, built.message.nom, ...built.documents];
  const size = (nom) => () => statSync(path.join(folder, nom)).size;
  const ours = (nom, sortie, compresser, count) => ({
    nom,
    octets: size(sortie),
    measure: () =>
      measureHere(count, async () => {
        for (let n = 0; n < count; n += 1) {
          const one = compose();
          validate([one.enveloppe.octets, one.message.octets]);
          await pipeline(archive(folder, one, compresser), createWriteStream(path.join(folder, sortie)));
        }
      }),
  });
  const tarGzip = (level, count) => ({
    nom: `tar | gzip -${level}`,
    octets: size(`tar-${level}.tar.gz`),
    measure: () =>
      measureShell(
        count,
        `i=0; while [ $i -lt ${count} ]; do tar -cf - ${names.map((nom) => `'${nom}'`).join(' ')} | gzip -${level} > tar-${level}.tar.gz; i=$((i+1)); done`,
        folder,
      ),
  });
  return [
    ours(NOTRE, 'notre.tar.gz', false, 200),
    ours('la nôtre, documents compressés au niveau 9', 'notre-9.tar.gz', true, 40),
    tarGzip(9, 25),
    tarGzip(6, 25),
    tarGzip(1, 25),
    {
      nom: 'notre validation seule',
      measure: () => measureHere(500, async (n) => repeat(n, () => validate(xml))),
    },
    await libxml2(xml),
    ...xmllint(folder, names.slice(0, 2)),
  ];
}

async function repeat(count, work) {
  for (let n = 1; n <= count; n += 1) {
    work();
    // Les finaliseurs de WebAssembly et Ctrl-C attendent un tour de boucle.
    if (n % 200 === 0) await new Promise(setImmediate);
  }
}

/** libxml2 en WebAssembly, schéma compilé une fois. */
async function libxml2(xml) {
  const { ParseOption, XmlBufferInputProvider, XmlDocument, XsdValidator, xmlRegisterInputProvider } =
    await import('libxml2-wasm');
  const read = (nom) => readFileSync(path.join(SCHEMA, nom));
  xmlRegisterInputProvider(new XmlBufferInputProvider({ 'banc/insee.xsd': read('insee.xsd') }));
  const schema = XmlDocument.fromBuffer(read('actes.xsd'), { url: 'banc/actes.xsd' });
  const validator = XsdValidator.fromDoc(schema);
  schema.dispose();
  const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE;
  const validateOne = (octets) => {
    const document = XmlDocument.fromBuffer(octets, { option });
    try {
      validator.validate(document);
    } finally {
      document.dispose();
    }
  };
  return {
    nom: 'validation libxml2 (WebAssembly) seule',
    measure: () => measureHere(2000, (n) => repeat(n, () => xml.forEach(validateOne))),
  };
}

/** libxml2 en C : un seul processus pour toute la série, sans quoi on mesurerait son démarrage. */
function xmllint(folder, names) {
  if (spawnSync('xmllint', ['--version']).error) return [];
  const count = 1000;
  const files = `$(i=0; while [ $i -lt ${count} ]; do echo ${names.join(' ')}; i=$((i+1)); done)`;
  return [
    {
      nom: 'validation libxml2 (C, xmllint) seule',
      measure: () =>
        measureShell(
          count,
          `xmllint --noout --nonet --schema '${path.join(SCHEMA, 'actes.xsd')}' ${files} >/dev/null 2>&1`,
          folder,
        ),
    },
  ];
}

/** Chaque taille dans son propre processus : un pic ne redescend pas. */
async function measureMemory(folder) {
  const mesures = [];
  writePdf(path.join(folder, 'annexe.pdf'), 100_000);
  for (const tailleMo of [0, ...SIZES_MB]) {
    // Écrit ici : dans le processus mesuré, le générateur compterait.
    writePdf(path.join(folder, `document-${tailleMo}.pdf`), tailleMo * 1_000_000);
    const pics = [];
    for (let n = 1; n <= 3; n += 1) {
      progress(`mémoire : document de ${tailleMo} Mo, ${n}/3`);
      const child = await run(process.execPath, [
        path.join(__dirname, 'memory-child.cjs'),
        String(tailleMo),
        folder,
      ]);
      if (child.status !== 0) throw new Error(`mesure de ${tailleMo} Mo : ${child.stderr.trim()}`);
      pics.push(JSON.parse(child.stdout));
    }
    mesures.push({
      tailleMo,
      composerMo: summary(pics.map(({ composerMo }) => composerMo)),
      relireMo: summary(pics.map(({ relireMo }) => relireMo)),
    });
  }
  endProgress();
  const [reference, ...sizes] = mesures;
  const growth = sizes.at(-1).relireMo.mediane - sizes[0].relireMo.mediane;
  return {
    nodeSeulMo: reference.composerMo.mediane,
    tailles: sizes,
    croissanceMo: growth,
    plate: growth <= GROWTH_MAX_MB,
  };
}

function machine() {
  const os = require('node:os');
  return { node: process.version, processeur: os.cpus()[0]?.model ?? 'inconnu', coeurs: os.cpus().length };
}

function report({ machine: { node, processeur, coeurs }, tours, vitesse, memoire }) {
  const spread = ({ mediane, min, max }, digits) =>
    `${number(mediane, digits)} [${number(min, digits)} – ${number(max, digits)}]`;
  const rows = vitesse.map(({ nom, cpuMs, dureeMs, rapportCpu, octetsArchive }) => [
    nom,
    spread(cpuMs, 3),
    spread(rapportCpu, 2),
    number(1000 / dureeMs.mediane, 0),
    octetsArchive ? number(octetsArchive, 0) : '–',
  ]);
  const lines = [
    `Un acte : deux XML, un PDF de 200 ko, une annexe de 100 ko. ${node}, ${processeur}, ${coeurs} cœurs.`,
    `Médiane [minimum – maximum] de ${tours} tours entrelacés ; le rapport est celui du CPU au nôtre, tour par tour.`,
    '',
    table([['travail', 'CPU ms/acte', 'rapport', 'par seconde', 'octets'], ...rows]),
  ];
  if (!memoire) return lines.join('\n');
  const sizes = memoire.tailles.map(({ tailleMo, composerMo, relireMo }) => [
    `${tailleMo} Mo`,
    spread(composerMo, 0),
    spread(relireMo, 0),
  ]);
  const verdict = memoire.plate ? 'plate' : 'NON plate';
  return [
    ...lines,
    '',
    `Mémoire (pic du processus, Mo) ; la bibliothèque chargée sans rien faire : ${number(memoire.nodeSeulMo, 0)}.`,
    table([['document', 'composer et archiver', 'puis relire et vérifier'], ...sizes]),
    `De 1 à 150 Mo : ${number(memoire.croissanceMo, 0)} Mo de plus — ${verdict} (limite ${GROWTH_MAX_MB}).`,
  ].join('\n');
}
