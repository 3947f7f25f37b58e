// Tout le chemin d'un acte, du dépôt à l'accusé appliqué : combien par seconde, et le processeur de chaque processus, à côté de ce que
// coûtent seuls les travaux dont il ne peut se passer.
const { existsSync, mkdirSync, rmSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');
const { endProgress, number, progress, readOptions, run, table } = require('./measures.cjs');
const { cpuOf, cpuOfFamily } = require('./process-cpu.cjs');
const { costsOf } = require('./profile-costs.cjs');
require('../scripts/run-typescript.cjs');
const { OwnInstance, makeInstanceFolder } = require('../test/processes/own-instance.ts');
const { OurBook } = require('../test/faults/our-book.ts');
const { aPdf } = require('../libs/testkit/src/documents/a-pdf.ts');

const USAGE = `Emploi : npm run bench:flow -- [--actes N] [--chauffe N] [--collectivites N] [--travailleurs N] [--front F] [--json]
  --actes N          actes mesurés à chaque nombre de travailleurs (1500)
  --chauffe N        actes d'avant la mesure, le temps que le code soit compilé (200, et 500 par travailleur au-delà du premier)
  --collectivites N  entre combien de collectivités ils se partagent (1)
  --travailleurs N   ne mesure que ce nombre de travailleurs
  --front F          dépôts de front (8)
  --json             les résultats en JSON sur la sortie standard
Linux seulement : le processeur de chaque processus se lit dans /proc.
Codes de sortie : 0 mesuré ; 1 échec ; 2 mal employé ; 130 interrompu.`;

const WORKERS = [1, 2, 4];
const ACTES = 1_500;
const WARM_UP = 200;
/** Un travailleur de plus se réchauffe aussi : c'est le chemin qu'on mesure, non son démarrage. */
const WARM_UP_EACH = 500;
const SIZES = [200_000, 100_000];
const SETTINGS = { RELEVE_PERIODE_MS: '500', SIMULATEUR_DELAI_MS: '0', JOURNAL_NIVEAU: 'info' };
/** Ce qui est à nous dans le coût d'un acte : la préfecture simulée se compte à part. */
const APART = 'prefecture';
const NEVER = new AbortController().signal;
let current = null;

const options = readOptions(USAGE, {
  '--actes': 'nombre',
  '--chauffe': 'nombre',
  '--collectivites': 'nombre',
  '--travailleurs': 'nombre',
  '--front': 'nombre',
  '--json': 'oui',
});
if (process.platform !== 'linux') {
  process.stderr.write('Ce banc lit /proc : Linux seulement.\n');
  process.exit(2);
}
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.once(signal, () => {
    process.stderr.write('\nInterrompu ; on arrête tout.\n');
    void (async () => {
      await current?.stop().catch(() => undefined);
      process.exit(code);
    })();
  });
}
main().then(
  () => process.exit(0),
  async (error) => {
    endProgress();
    process.stderr.write(
      `Le banc a échoué : ${error.stack}\n${error.cause ? `Cause : ${error.cause}\n` : ''}`,
    );
    await current?.stop().catch(() => undefined);
    process.exit(1);
  },
);

async function main() {
  const actes = options.actes ?? ACTES;
  const counts = options.travailleurs ? [options.travailleurs] : WORKERS;
  const passages = [];
  let floor;
  for (const workers of counts) {
    passages.push(
      await withService(workers, {}, async (service) => {
        const passage = await measure(service, workers, actes);
        // Le plancher, sur les mêmes serveurs, juste après : la machine est la même à la minute près.
        if (workers === counts[0]) floor = await measureFloor(service);
        return passage;
      }),
    );
  }
  const couts = await profile(Math.min(actes, 500));
  endProgress();
  const result = {
    machine: {
      node: process.version,
      processeur: os.cpus()[0]?.model ?? 'inconnu',
      coeurs: os.cpus().length,
    },
    actes,
    passages,
    plancher: floor,
    couts,
  };
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${report(result)}\n`);
}

async function withService(workers, request, work) {
  const folder = makeInstanceFolder();
  // Interrompu, le banc ne passe pas par la fin de cette fonction.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  progress(`${workers} travailleur(s) : démarrage`);
  try {
    const service = await OwnInstance.start({
      workers,
      settings: SETTINGS,
      folder,
      signal: NEVER,
      ...request,
    });
    current = service;
    return await work(service);
  } finally {
    await current?.stop();
    current = null;
    rmSync(folder, { recursive: true, force: true });
  }
}

const NAMES = (service) => [...service.parts.keys()];
const cpuByName = (service) =>
  Object.fromEntries(
    NAMES(service).map((name) => {
      const { pid } = service.part(name);
      return [name, name === 'postgres' ? cpuOfFamily(pid) : cpuOf(pid)];
    }),
  );

async function measure(service, workers, actes) {
  const depositors = await registerAll(service);
  const book = await OurBook.open(service.databaseUrl);
  try {
    progress(`${workers} travailleur(s) : mise en train`);
    await flow(
      service,
      depositors,
      book,
      'R',
      options.chauffe ?? Math.max(WARM_UP, (workers - 1) * WARM_UP_EACH),
    );
    const before = cpuByName(service);
    const validationsBefore = await commits(book);
    const started = performance.now();
    progress(`${workers} travailleur(s) : ${actes} actes`);
    const depositMs = await flow(service, depositors, book, 'M', actes);
    const wallMs = performance.now() - started;
    const after = cpuByName(service);
    const validations = ((await commits(book)) - validationsBefore) / actes;
    const cpuMs = Object.fromEntries(
      NAMES(service).map((name) => [name, (after[name] - before[name]) / actes]),
    );
    const ours = Object.entries(cpuMs).reduce((sum, [name, ms]) => sum + (name === APART ? 0 : ms), 0);
    return {
      travailleurs: workers,
      parSeconde: (actes * 1000) / wallMs,
      deposesParSeconde: (actes * 1000) / depositMs,
      cpuMs,
      cpuServiceMs: ours,
      validations,
    };
  } finally {
    await book.close();
  }
}

/** Les collectivités entre lesquelles les actes se partagent. */
async function registerAll(service) {
  const depositors = [];
  for (let rank = 1; rank <= (options.collectivites ?? 1); rank += 1)
    depositors.push(await service.register(rank, NEVER));
  return depositors;
}

/** Les validations de la base depuis son démarrage. */
async function commits(book) {
  await book.query('SELECT pg_stat_force_next_flush()');
  // Les sessions rendent leurs comptes à l'oisiveté, une fois par seconde au plus.
  await delay(1_500);
  const [{ n }] = await book.query(
    'SELECT xact_commit::int AS n FROM pg_stat_database WHERE datname = current_database()',
  );
  return n;
}

/** Dépose, et attend que tout soit acquitté. @returns la durée du seul dépôt, en millisecondes. */
async function flow(service, depositors, book, prefix, count) {
  let next = 0;
  const started = performance.now();
  const some = async () => {
    while (next < count) {
      next += 1;
      await deposit(service, depositors[next % depositors.length], `${prefix}${next}`, next);
    }
  };
  await Promise.all(Array.from({ length: options.front ?? 8 }, some));
  const depositMs = performance.now() - started;
  for (;;) {
    const [{ n }] = await book.query(
      `SELECT count(*)::int AS n FROM transmissions t JOIN deliberations d ON d.id = t.deliberation_id
        WHERE t.state = 'acknowledged' AND d.numero_interne LIKE $1`,
      [`${prefix}%`],
    );
    if (n >= count) return depositMs;
    await delay(50);
  }
}

async function deposit(service, { siren, jeton }, numeroInterne, rank) {
  const body = new FormData();
  const noms = ['extrait.pdf', 'annexe.pdf'];
  const dossier = {
    collectivite: siren,
    numeroInterne,
    dateDecision: '2022-10-20',
    objet: `Acte mesuré ${numeroInterne}`,
    matiere: '8.1',
    vote: { votants: 24, pour: 24, contre: 0, abstentions: 0 },
    document: { fichier: noms[0] },
    annexes: [{ fichier: noms[1], typePiece: '99_DE' }],
  };
  body.append('dossier', JSON.stringify(dossier));
  SIZES.forEach((octets, index) => {
    // Un texte propre à l'acte : sans lui deux actes partageraient leurs fichiers, et l'écriture.
    const pdf = aPdf({ texte: `${numeroInterne} ${rank} ${index}`, pages: 3, octets });
    body.append('fichiers', new Blob([pdf]), noms[index]);
  });
  const response = await fetch(`${service.addresses.api}/v1/deliberations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${jeton}` },
    body,
  });
  const text = await response.text();
  if (response.status !== 201) throw new Error(`Dépôt : ${response.status} ${text}`);
}

async function measureFloor(service) {
  const lines = [];
  for (const [nom, work, count, address] of [
    ['archive stockée, écrite une fois', 'archive', 100],
    ['les mêmes octets par gzip -6', 'gzip-6', 100],
    ['recevoir, hacher, forcer sur le disque', 'reception', 100],
    ['quatre travaux vides par quatre files BullMQ', 'files', 300, service.redisUrl],
    ['cinq transactions d’un ordre préparé', 'transactions', 300, service.databaseUrl],
    ['un échange HTTP', 'http', 300],
  ]) {
    progress(`plancher : ${nom}`);
    const before = cpuByName(service);
    const child = await run(process.execPath, [
      path.join(__dirname, 'flow-floor.cjs'),
      work,
      String(count),
      service.folder,
      address ?? '',
    ]);
    if (child.status !== 0) throw new Error(`${nom} : ${child.stderr}`);
    const after = cpuByName(service);
    const done = count + Math.min(10, count);
    const server = { files: 'redis', transactions: 'postgres' }[work];
    const serverMs = server ? (after[server] - before[server]) / done : 0;
    const { cpuMs, dureeMs } = JSON.parse(child.stdout);
    lines.push({ nom, cpuMs: cpuMs + serverMs, dontServeurMs: serverMs, dureeMs });
  }
  const sum = lines.filter(({ nom }) => !nom.includes('gzip')).reduce((total, { cpuMs }) => total + cpuMs, 0);
  return { lignes: lines, sommeMs: sum };
}

/** Un passage à part, parce que le profil coûte lui-même : il dit la part de chacun, non le total. */
async function profile(actes) {
  const folder = makeInstanceFolder();
  const profiles = path.join(folder, 'profils');
  mkdirSync(profiles);
  const fileOf = (name) => path.join(profiles, `${name}.cpuprofile`);
  const profiled = ['api', 'worker-1'];
  try {
    return await withService(
      1,
      {
        nodeArgsOf: (name) =>
          profiled.includes(name) ? ['--require', path.join(__dirname, 'record-profile.cjs')] : [],
        envOf: (name) => (profiled.includes(name) ? { PROFIL_FICHIER: fileOf(name) } : {}),
      },
      async (service) => {
        progress('profil : 1 travailleur');
        const depositors = await registerAll(service);
        const book = await OurBook.open(service.databaseUrl);
        const toggle = () => profiled.forEach((name) => service.part(name).signal('SIGWINCH'));
        await flow(service, depositors, book, 'R', WARM_UP);
        toggle();
        await flow(service, depositors, book, 'P', actes);
        await book.close();
        toggle();
        while (!profiled.every((name) => existsSync(fileOf(name)))) await delay(100);
        const costs = costsOf(profiled.map(fileOf));
        const total = costs.reduce((sum, { ms }) => sum + ms, 0);
        return costs.slice(0, 8).map(({ nom, ms }) => ({ nom, msParActe: ms / actes, part: ms / total }));
      },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report({ machine: { node, processeur, coeurs }, actes, passages, plancher, couts }) {
  const names = ['api', 'travailleurs', 'postgres', 'redis'];
  const of = (cpuMs, name) =>
    name === 'travailleurs'
      ? Object.entries(cpuMs).reduce((sum, [key, ms]) => sum + (key.startsWith('worker') ? ms : 0), 0)
      : cpuMs[name];
  const rows = passages.map(({ travailleurs, parSeconde, cpuMs, cpuServiceMs, validations }) => [
    String(travailleurs),
    number(parSeconde, 1),
    ...names.map((name) => number(of(cpuMs, name), 1)),
    number(cpuServiceMs, 1),
    number(cpuServiceMs / plancher.sommeMs, 1),
    number(cpuMs[APART], 1),
    number(validations, 1),
  ]);
  const floors = plancher.lignes.map(({ nom, cpuMs, dontServeurMs, dureeMs }) => [
    nom,
    number(cpuMs, 2),
    number(dontServeurMs, 2),
    number(dureeMs, 2),
    number(passages[0].cpuServiceMs / cpuMs, 1),
  ]);
  return [
    `Un acte : un PDF de 200 ko, une annexe de 100 ko, du dépôt à l'accusé appliqué ; ${actes} actes par ligne. ${node}, ${processeur}, ${coeurs} cœurs.`,
    'CPU (utilisateur + système) en ms par acte ; la préfecture simulée est à part, hors du total ; le rapport est celui au plancher.',
    '',
    table([['travailleurs', 'actes/s', ...names, 'total', 'rapport', 'préfecture', 'validations'], ...rows]),
    '',
    'Le plancher, mesuré sur les mêmes serveurs dans ce même lancement (ms par acte ; la dernière colonne dit combien de fois il tient dans le total) :',
    table([['travail', 'CPU', 'dont serveur', 'durée', 'rapport'], ...floors]),
    `Somme, sans gzip : ${number(plancher.sommeMs, 1)} ms.`,
    '',
    'Les plus grands coûts de l’API et du travailleur (profil de V8, temps propre, un passage à part) :',
    table([
      ['emploi', 'ms/acte', 'part'],
      ...couts.map(({ nom, msParActe, part }) => [nom, number(msParActe, 2), `${number(part * 100, 0)} %`]),
    ]),
  ].join('\n');
}
