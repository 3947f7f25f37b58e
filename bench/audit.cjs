// Les lectures des auditeurs et du bureau, sur autant d'actes qu'on veut, que le banc charge lui-même dans un PostgreSQL à lui.
const { existsSync, mkdirSync, mkdtempSync, chmodSync, rmSync, statfsSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
require('reflect-metadata');
const { Client } = require('pg');
const { endProgress, number, progress, readOptions, table } = require('./measures.cjs');
require('../scripts/run-typescript.cjs');
const { startPostgres } = require('../apps/local/src/servers/postgres/postgres.ts');
const { migrateOwnDatabase } = require('../test/services/migrate-own-database.ts');
const { SERVICE_USER, asUser } = require('../test/services/own-database.ts');
const { cpuOfFamily } = require('./process-cpu.cjs');
const { load } = require('./audit-books.cjs');
const { deepPage, questionsOf, sample } = require('./audit-questions.cjs');
const { openReader } = require('./audit-reader.cjs');

const USAGE = `Emploi : npm run bench:audit -- [--actes N] [--collectivites N] [--fois N] [--json]
  --actes N           les actes chargés (10000000 ; compter 2 Gio et une à trois minutes par million)
  --collectivites N   les collectivités qui les ont pris (5000)
  --fois N            demandes de chaque sorte (200)
  --json              les résultats en JSON sur la sortie standard
Linux seulement : le processeur se lit dans /proc. Sur une machine occupée, lui seul se compare.
Le dossier de travail est dans celui des fichiers temporaires (TMPDIR) ; il est effacé à la fin, même interrompue.
Codes de sortie : 0 mesuré et dans les limites ; 1 au-delà, ou échec ; 2 mal employé ; 130 interrompu.`;
const BYTES_PER_ACTE = 2_500;
const WARM_UP = 20;

const options = readOptions(USAGE, {
  '--actes': 'grand nombre',
  '--collectivites': 'grand nombre',
  '--fois': 'nombre',
  '--json': 'oui',
});
if (process.platform !== 'linux') {
  process.stderr.write('Ce banc lit /proc : Linux seulement.\n');
  process.exit(2);
}
const actes = options.actes ?? 10_000_000;
const communes = Math.min(options.collectivites ?? 5_000, 90_000_000);
const times = options.fois ?? 200;
const room = statfsSync(tmpdir());
if (room.bavail * room.bsize < actes * BYTES_PER_ACTE) {
  process.stderr.write(
    `Il faut ${Math.ceil((actes * BYTES_PER_ACTE) / 2 ** 30)} Gio libres dans ${tmpdir()} : demandez moins d’actes par --actes.\n`,
  );
  process.exit(2);
}
const folder = mkdtempSync(path.join(tmpdir(), 'banc-audit-'));
// Sous root, PostgreSQL change de compte et doit pouvoir traverser ce dossier.
chmodSync(folder, 0o711);
mkdirSync(path.join(folder, 'stockage'));
const opened = [];
let isStopping = false;

async function stop() {
  isStopping = true;
  for (const one of opened.splice(0).reverse()) await one().catch(() => undefined);
  if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
}
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.once(signal, () => {
    process.stderr.write('\nInterrompu ; on arrête tout, rien n’est laissé derrière.\n');
    void stop().then(() => process.exit(code));
  });
}
main().then(
  async (isWithin) => {
    await stop();
    process.exit(isWithin ? 0 : 1);
  },
  async (error) => {
    if (isStopping) return;
    endProgress();
    process.stderr.write(`Le banc a échoué : ${error.stack}\n`);
    await stop();
    process.exit(1);
  },
);

async function main() {
  progress('démarrage');
  const server = await startPostgres({
    folder: path.join(folder, 'postgres'),
    journal: path.join(folder, 'postgres.log'),
    database: 'banc',
    durable: false,
    erasedIfOrphan: [folder],
  });
  opened.push(() => server.stop());
  await migrateOwnDatabase({ ownerUrl: server.url });
  const owner = await connect(server.url);
  const reader = await openReader(asUser(server.url, SERVICE_USER), path.join(folder, 'stockage'));
  opened.push(() => reader.close());
  const started = performance.now();
  await load(owner, { actes, communes }, progress);
  const { rows } = await owner.query(`SELECT pg_database_size('banc')::float8 / 2 ^ 30 AS gio`);
  endProgress();
  const chargement = {
    actes,
    communes,
    secondes: Math.round((performance.now() - started) / 1000),
    gio: rows[0].gio,
  };
  process.stderr.write(
    `${actes.toLocaleString('fr-FR')} actes de ${communes.toLocaleString('fr-FR')} collectivités : ${number(chargement.gio, 1)} Gio, chargés en ${chargement.secondes} s.\n`,
  );
  const known = await sample(owner, actes, times + WARM_UP);
  const resultats = [];
  for (const question of questionsOf(await deepPage(owner, actes))) {
    progress(question.nom);
    resultats.push(await measure(reader, server.pid, question, known));
  }
  endProgress();
  const slowest = resultats.reduce((one, other) => (other.base.p95 > one.base.p95 ? other : one));
  const plan = await planOf(owner, slowest.longest);
  show({ chargement, resultats, slowest, plan });
  return resultats.every(({ base, but }) => base.p95 <= but);
}

async function connect(url) {
  const owner = new Client({ connectionString: url, host: new URL(url).searchParams.get('host') });
  owner.on('error', () => undefined);
  await owner.connect();
  opened.push(() => owner.end());
  return owner;
}

/** Chaque demande avec ses propres valeurs : d'abord aux lectures, puis par HTTP quand l'API la sert. */
async function measure(reader, pid, { nom, goal, ask, url }, known) {
  const timed = async (work) => {
    const durations = [];
    let cpu = 0;
    for (let n = 0; n < times + WARM_UP; n += 1) {
      if (n === WARM_UP) cpu = cpuNow(pid);
      const started = performance.now();
      await work(known[n % known.length]);
      if (n >= WARM_UP) durations.push(performance.now() - started);
    }
    durations.sort((a, b) => a - b);
    const at = (share) => durations[Math.min(durations.length - 1, Math.floor(durations.length * share))];
    return { p50: at(0.5), p95: at(0.95), max: durations.at(-1), cpu: (cpuNow(pid) - cpu) / times };
  };
  await ask(reader, known[0]);
  reader.takeLongest();
  const base = await timed((acte) => ask(reader, acte));
  const longest = reader.takeLongest();
  const http = url(known[0]) === null ? null : await timed((acte) => reader.get(url(acte)));
  return { nom, but: goal, base, http, longest };
}

/** Le processeur pris jusqu'ici par PostgreSQL, toutes ses sessions, et par ce processus, en millisecondes. */
function cpuNow(pid) {
  const { user, system } = process.cpuUsage();
  return cpuOfFamily(pid) + (user + system) / 1000;
}

async function planOf(owner, { sql, parameters }) {
  const { rows } = await owner.query(`EXPLAIN (ANALYZE, BUFFERS) ${sql}`, parameters);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

function show({ chargement, resultats, slowest, plan }) {
  if (options.json) {
    const shown = resultats.map(({ longest: _, ...rest }) => rest);
    process.stdout.write(
      `${JSON.stringify({ chargement, resultats: shown, plusLente: slowest.nom, plan })}\n`,
    );
    return;
  }
  const cells = (times) =>
    times === null ? ['–', '–', '–'] : [times.p50, times.p95, times.cpu].map((ms) => number(ms, 1));
  process.stdout.write(
    `${table([
      ['Question (ms)', 'but', 'base p50', 'p95', 'CPU', 'HTTP p50', 'p95', 'CPU'],
      ...resultats.map(({ nom, but, base, http }) => [nom, String(but), ...cells(base), ...cells(http)]),
    ])}\n\nLa plus lente : ${slowest.nom}\n${plan}\n`,
  );
}
