// Vingt archives et vingt XML hostiles, chacun donné à « actes verifier » dans son propre processus : tous doivent être refusés,
// avec un code, sans dépasser 100 Mo de mémoire ni 2 s.
const { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } = require('node:fs');
const path = require('node:path');
const { Readable } = require('node:stream');
const { pipeline } = require('node:stream/promises');
const { ARCHIVES, XML, writeHostile } = require('./hostile-files.cjs');
const { consoleMain, depot, loadActes } = require('./reference-depot.cjs');
const { aPdf } = require('../libs/testkit/src/documents/a-pdf.ts');
const { endProgress, number, openWorkFolder, progress, readOptions, run, table } = require('./measures.cjs');

const USAGE = `Emploi : node bench/hostiles.cjs [--json]
Codes de sortie : 0 tous refusés dans les limites ; 1 un fichier accepté, sans code, trop gros ou trop long ;
2 mal employé ou non compilé ; 130 interrompu.`;
const MEMORY_MAX_MB = 100;
const DURATION_MAX_MS = 2000;
/** Une machine chargée allonge tout : trop long ne l'est que trois fois de suite. */
const ATTEMPTS = 3;
/** Un fichier qui occupe la console pour toujours ne doit pas occuper le banc pour toujours. */
const STOP_AFTER_MS = 20_000;

const options = readOptions(USAGE, { '--json': 'oui' });
const actes = loadActes();
main().catch((error) => {
  endProgress();
  process.stderr.write(`Le banc a échoué : ${error.message}\n`);
  process.exitCode = 1;
});

async function main() {
  const folder = openWorkFolder();
  const temoin = await healthyArchive(folder);
  const sain = await verify(temoin, folder);
  // Sans témoin accepté, une console en panne passerait pour une console sévère.
  if (sain.status !== 0) throw new Error(`l'archive témoin est refusée : ${sain.codes.join(', ')}`);
  const cases = [
    ...ARCHIVES.map(([nom, make]) => ({ nom, make, fichier: path.basename(temoin), genre: 'archive' })),
    ...XML.map(([nom, make]) => ({ nom, make, fichier: 'message.xml', genre: 'xml' })),
  ];
  const results = [];
  for (const { nom, make, fichier, genre } of cases) {
    progress(`${results.length + 1}/${cases.length} : ${nom}`);
    const own = path.join(folder, `${genre}-${nom}`);
    mkdirSync(own);
    const file = path.join(own, fichier);
    await writeHostile(file, make);
    const { status, codes, memoireMo, durationMs } = await verify(file, own);
    results.push({ genre, nom, codes, status, memoireMo, dureeMs: durationMs, fautes: [] });
    results.at(-1).fautes = faultsOf(results.at(-1));
  }
  endProgress();
  const summary = { temoin: { memoireMo: sain.memoireMo, dureeMs: sain.durationMs }, fichiers: results };
  process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : `${report(summary)}\n`);
  if (results.some(({ fautes }) => fautes.length > 0)) process.exitCode = 1;
}

/** Une archive en règle, pour montrer que la console ne refuse pas tout. */
async function healthyArchive(folder) {
  const built = actes.buildDepotActe(depot);
  if (!built.ok) throw new Error(built.problem.detail);
  const { enveloppe, message, documents, nomArchive } = built.value;
  const contents = [
    ...[enveloppe, message].map(({ nom, octets }) => ({ nom, octets, compresser: true })),
    ...documents.map((nom) => ({ nom, octets: aPdf(nom), compresser: false })),
  ];
  const files = contents.map(({ nom, octets, compresser }) => ({
    nom,
    tailleOctets: octets.byteLength,
    compresser,
    open: () => Readable.from([octets]),
  }));
  const file = path.join(folder, nomArchive);
  await pipeline(actes.packArchive(files), createWriteStream(file));
  return file;
}

async function verify(file, folder) {
  let best;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const outcome = await verifyOnce(file, folder);
    if (!best || outcome.durationMs < best.durationMs) best = outcome;
    if (best.durationMs <= DURATION_MAX_MS || outcome.durationMs >= STOP_AFTER_MS) return best;
  }
  return best;
}

async function verifyOnce(file, folder) {
  const peak = path.join(folder, 'pic');
  const args = [
    '-r',
    path.join(__dirname, 'record-peak.cjs'),
    consoleMain,
    'actes',
    'verifier',
    file,
    '--json',
  ];
  rmSync(peak, { force: true });
  const outcome = await run(process.execPath, args, {
    env: { ...process.env, PIC_MEMOIRE: peak },
    timeout: STOP_AFTER_MS,
    killSignal: 'SIGKILL',
  });
  // Un processus abattu n'écrit pas son pic : c'est la pire des mesures, pas la meilleure.
  const memoireMo = existsSync(peak) ? Number(readFileSync(peak, 'utf8')) / 1e6 : Infinity;
  return { ...outcome, memoireMo, codes: codesOf(outcome.stdout) };
}

function codesOf(stdout) {
  try {
    const { erreur, violations = [] } = JSON.parse(stdout);
    return [...new Set(erreur ? [erreur.code] : violations.map(({ regle }) => regle))];
  } catch {
    return [];
  }
}

function faultsOf({ status, codes, memoireMo, dureeMs }) {
  return [
    ...(status === 1 ? [] : [status === 0 ? 'acceptée' : `code de sortie ${status}`]),
    ...(codes.length === 0 || codes.includes('console/defect') ? ['sans code de refus'] : []),
    ...(memoireMo > MEMORY_MAX_MB ? ['trop de mémoire'] : []),
    ...(dureeMs > DURATION_MAX_MS ? ['trop long'] : []),
  ];
}

function report({ temoin, fichiers }) {
  const rows = fichiers.map(({ genre, nom, codes, memoireMo, dureeMs, fautes }) => [
    `${genre} ${nom}`,
    codes.slice(0, 2).join(', ') + (codes.length > 2 ? '…' : ''),
    number(memoireMo, 0),
    number(dureeMs, 0),
    fautes.length === 0 ? 'refusé' : fautes.join(', ').toUpperCase(),
  ]);
  const failed = fichiers.filter(({ fautes }) => fautes.length > 0).length;
  return [
    table([['fichier', 'code', 'Mo', 'ms', 'verdict'], ...rows]),
    '',
    `Archive témoin, acceptée : ${number(temoin.memoireMo, 0)} Mo, ${number(temoin.dureeMs, 0)} ms.`,
    failed === 0
      ? `${fichiers.length} fichiers hostiles, tous refusés sous ${MEMORY_MAX_MB} Mo et ${DURATION_MAX_MS / 1000} s.`
      : `${failed} fichier(s) sur ${fichiers.length} hors des limites (${MEMORY_MAX_MB} Mo, ${DURATION_MAX_MS / 1000} s).`,
  ].join('\n');
}
