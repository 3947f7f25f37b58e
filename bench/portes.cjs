// Le plus long arrêt de la boucle d'événements de l'API pendant chaque demande abusive, à côté de celui d'un dépôt en règle : une demande
// ne doit pas arrêter les autres, quoi qu'elle porte.
const { existsSync, mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');
const { endProgress, number, progress, readOptions, summary, table } = require('./measures.cjs');
require('../scripts/run-typescript.cjs');
const { AbusedApi } = require('../test/portes/abused-api.ts');
const { ABUSIVE_REQUESTS } = require('../test/portes/abusive-requests.ts');

const USAGE = `Emploi : npm run bench:portes -- [--fois N] [--json]
  --fois N   demandes de chaque sorte, dont on garde la médiane (3)
  --json     les résultats en JSON sur la sortie standard
Linux seulement : la mémoire de l'API se lit dans /proc.
Codes de sortie : 0 mesuré ; 1 échec ; 2 mal employé ; 130 interrompu.`;
const WARM_UP = 10;
const REFERENCES = 20;

const options = readOptions(USAGE, { '--fois': 'nombre', '--json': 'oui' });
if (process.platform !== 'linux') {
  process.stderr.write('Ce banc lit /proc : Linux seulement.\n');
  process.exit(2);
}
const folder = mkdtempSync(path.join(tmpdir(), 'banc-portes-'));
const stallFile = path.join(folder, 'arret');
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
let api = null;
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.once(signal, () => {
    process.stderr.write('\nInterrompu ; on arrête tout.\n');
    void (async () => {
      await api?.stop().catch(() => undefined);
      process.exit(code);
    })();
  });
}
main().then(
  () => process.exit(0),
  async (error) => {
    endProgress();
    process.stderr.write(`Le banc a échoué : ${error.stack}\n`);
    await api?.stop().catch(() => undefined);
    process.exit(1);
  },
);

async function main() {
  progress('démarrage');
  api = await AbusedApi.start({
    nodeArgsOf: (name) => (name === 'api' ? ['-r', path.join(__dirname, 'record-stall.cjs')] : []),
    envOf: (name) => (name === 'api' ? { ARRET_FICHIER: stallFile } : {}),
  });
  let rank = 0;
  const deposit = async () => {
    rank += 1;
    const status = await api.deposit(`BANC-${rank}`);
    if (status !== 201) throw new Error(`le dépôt en règle est refusé : ${status}`);
  };
  for (let n = 0; n < WARM_UP; n += 1) await deposit();
  const reference = await measure(REFERENCES, deposit);
  const demandes = [];
  for (const request of ABUSIVE_REQUESTS) {
    progress(`${demandes.length + 1}/${ABUSIVE_REQUESTS.length} : ${request.nom}`);
    let status = 0;
    const arretMs = await measure(options.fois ?? 3, async () => {
      ({
        answer: { status },
      } = await api.suffer(request));
    });
    demandes.push({ nom: request.nom, status, ...arretMs, rapport: arretMs.mediane / reference.mediane });
  }
  const result = { reference, memoireMio: api.peakMemoryMib(), demandes };
  await api.stop();
  endProgress();
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${report(result)}\n`);
}

/** Le plus long arrêt pendant chacun de ces travaux. */
async function measure(times, work) {
  const stalls = [];
  for (let n = 0; n < times; n += 1) {
    await takeStall();
    await work();
    stalls.push(await takeStall());
  }
  return summary(stalls);
}

/** Le plus long arrêt depuis la dernière fois, que l'API écrit quand sa boucle y revient. */
async function takeStall() {
  rmSync(stallFile, { force: true });
  api.service.part('api').signal('SIGWINCH');
  while (!existsSync(stallFile)) await delay(5);
  return Number(readFileSync(stallFile, 'utf8'));
}

function report({ reference, memoireMio, demandes }) {
  const rows = demandes
    .toSorted((a, b) => b.rapport - a.rapport)
    .map(({ nom, status, mediane, max, rapport }) => [
      nom,
      String(status),
      number(mediane, 0),
      number(max, 0),
      `× ${number(rapport, 1)}`,
    ]);
  return [
    table([['demande', 'réponse', 'arrêt ms', 'pire ms', 'rapport'], ...rows]),
    '',
    `Dépôt en règle : ${number(reference.mediane, 1)} ms (de ${number(reference.min, 1)} à ${number(reference.max, 1)}).`,
    `Mémoire de l'API au plus haut : ${number(memoireMio, 0)} Mio.`,
  ].join('\n');
}
