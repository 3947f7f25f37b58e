import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchApplication, waitUntilApplicationReady } from '../../apps/local/src/applications/application';
import type { ApplicationPlan, RunningApplication } from '../../apps/local/src/applications/application';
import type { Jetons } from '../../apps/local/src/applications/preparation';
import { prepareInstance } from '../../apps/local/src/applications/preparation';
import { runToEnd } from '../../apps/local/src/run-to-end';
import { startPostgres } from '../../apps/local/src/servers/postgres/postgres';
import { startRedis } from '../../apps/local/src/servers/redis/redis';
import { freshBuild } from '../services/fresh-build';
import { freePorts } from './free-ports';
import { Supervised } from './supervised';
import type { Running } from './supervised';

/** Une machine chargée démarre lentement ; cette borne n'arrête que ce qui ne viendra pas. */
const READY_WITHIN_MS = 120_000;
/** Un secret partagé, connu des seuls processus de l'essai. */
const JETON_PREFECTURE = 'secret-partage-avec-la-prefecture';

export interface InstanceRequest {
  readonly workers: number;
  readonly settings: Readonly<Record<string, string>>;
  /** Où le travailleur trouve la préfecture, quand ce n'est pas le simulateur lui-même : un passage que l'on coupe. */
  readonly lineTo?: (prefecturePort: number) => Promise<string>;
  /** Ce qu'un processus reçoit de plus que les autres. */
  readonly nodeArgsOf?: (name: string) => readonly string[];
  readonly envOf?: (name: string) => Readonly<Record<string, string>>;
  /** Le dossier de tout, journaux compris (voir `makeInstanceFolder`) ; l'effacer est l'affaire de qui l'a ouvert. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Une collectivité inscrite, et le jeton de son logiciel. */
export interface Depositor {
  readonly siren: string;
  readonly jeton: string;
}

/** Un dossier neuf pour un service ; `stockage` et `prefecture` y attendent déjà, vides. */
export function makeInstanceFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'tlt-service-'));
  // Sous root, PostgreSQL change de compte et doit pouvoir traverser ce dossier.
  chmodSync(folder, 0o711);
  for (const name of ['journaux', 'stockage', 'prefecture']) mkdirSync(path.join(folder, name));
  return folder;
}

interface Compiled {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly script: (name: string) => string;
}

/**
 * Tout le service en vrais processus, dans un dossier à lui : PostgreSQL et Redis, durables comme en production, l'API, autant de
 * travailleurs qu'on veut, la préfecture simulée. Chacun a un superviseur ; chacun se tue.
 */
export class OwnInstance {
  private constructor(
    private readonly compiled: Compiled,
    readonly parts: ReadonlyMap<string, Supervised>,
    readonly jetons: Jetons,
    readonly addresses: {
      readonly api: string;
      readonly prefecture: string;
      readonly workers: readonly string[];
    },
    /** En propriétaire : un essai lit et falsifie ce que le service ne peut pas. */
    readonly databaseUrl: string,
    readonly redisUrl: string,
  ) {}

  static async start(request: InstanceRequest): Promise<OwnInstance> {
    const script = await freshBuild();
    const { folder } = request;
    const at = (name: string): string => path.join(folder, name);
    const parts = new Map<string, Supervised>();
    const abandon = async (): Promise<void> => {
      await Promise.allSettled([...parts.values()].toReversed().map((one) => one.stop()));
    };
    try {
      const [api = 0, prefecture = 0, ...workers] = await freePorts(2 + request.workers);
      const servers = await openServers(folder, parts);
      const line = (await request.lineTo?.(prefecture)) ?? `http://127.0.0.1:${prefecture}`;
      const env: Record<string, string> = {
        PATH: process.env['PATH'] ?? '',
        DATABASE_URL: servers.serviceUrl,
        REDIS_URL: servers.redisUrl,
        API_PORT: String(api),
        SIMULATEUR_PORT: String(prefecture),
        PREFECTURE_URL: line,
        PREFECTURE_JETON: JETON_PREFECTURE,
        SIMULATEUR_JETON: JETON_PREFECTURE,
        STOCKAGE_DOSSIER: at('stockage'),
        SIMULATEUR_DOSSIER: at('prefecture'),
        ...request.settings,
      };
      const compiled = { folder, env: { ...env, DATABASE_OWNER_URL: servers.databaseUrl }, script };
      const { jetons } = await prepareInstance(
        script('apps/console/src/main.js'),
        at('reference'),
        compiled.env,
        request.signal,
      );
      const open = (name: string, application: string, port: number, own = {}): void => {
        const plan: ApplicationPlan = {
          title: name,
          name,
          script: script(`apps/${application}/src/main.js`),
          env: { ...env, ...own, ...request.envOf?.(name) },
          nodeArgs: request.nodeArgsOf?.(name) ?? [],
          readyUrl: `http://127.0.0.1:${port}/health/ready`,
        };
        parts.set(name, superviseApplication(plan, at('journaux')));
      };
      open('prefecture', 'prefecture-simulator', prefecture);
      open('api', 'api', api);
      for (const [rank, port] of workers.entries())
        open(`worker-${rank + 1}`, 'worker', port, { WORKER_PORT: String(port) });
      const applications = [...parts.values()].filter(({ starts }) => starts === 0);
      await Promise.all(applications.map((one) => one.start()));
      const at127 = (port: number): string => `http://127.0.0.1:${port}`;
      const addresses = { api: at127(api), prefecture: at127(prefecture), workers: workers.map(at127) };
      return new OwnInstance(compiled, parts, jetons, addresses, servers.databaseUrl, servers.redisUrl);
    } catch (error) {
      await abandon();
      throw error;
    }
  }

  get folder(): string {
    return this.compiled.folder;
  }

  get jetonPrefecture(): string {
    return JETON_PREFECTURE;
  }

  part(name: string): Supervised {
    const part = this.parts.get(name);
    if (!part) throw new Error(`Processus inconnu : ${name}`);
    return part;
  }

  /** Inscrit une collectivité et ouvre le compte de son logiciel, par la console, comme en production. */
  async register(rank: number, signal: AbortSignal): Promise<Depositor> {
    const siren = sirenOf(rank);
    const file = path.join(this.folder, `commune-${siren}.json`);
    const description = {
      siren,
      nom: `Commune d'essai ${rank}`,
      departement: '034',
      arrondissement: '3',
      natureCollectivite: '31',
      adressesRetour: [`actes-${rank}@commune.example.org`],
      classificationDateVersion: '2019-08-29',
      tiretsPermis: true,
    };
    writeFileSync(file, JSON.stringify(description));
    await this.console(['collectivite', 'inscrire', file, '--json'], signal);
    const opened = await this.console(
      ['compte', 'ouvrir', '--nom', `Logiciel ${rank}`, '--role', 'deposant', '--siren', siren, '--json'],
      signal,
    );
    return { siren, jeton: (JSON.parse(opened) as { jeton: string }).jeton };
  }

  /** Parle au pilotage de la préfecture simulée, sans passer par la ligne que l'on coupe. */
  async pilot(method: 'GET' | 'PUT' | 'POST' | 'DELETE', route: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${this.addresses.prefecture}${route}`, {
      method,
      headers: { authorization: `Bearer ${JETON_PREFECTURE}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok) throw new Error(`${route} : ${response.status} ${await response.text()}`);
    return response;
  }

  /** Les lignes que les processus ont écrites, tous lancements compris. */
  journals(): readonly { readonly name: string; readonly text: string }[] {
    const folder = path.join(this.folder, 'journaux');
    return readdirSync(folder).map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
  }

  /** Les travailleurs d'abord : ce qu'ils ont commencé s'achève ; les serveurs en dernier. */
  async stop(): Promise<void> {
    const names = [...this.parts.keys()];
    const applications = names.filter((name) => !['postgres', 'redis', 'prefecture'].includes(name));
    await Promise.all(applications.map((name) => this.part(name).stop()));
    await Promise.all(['prefecture', 'redis', 'postgres'].map((name) => this.part(name).stop()));
  }

  killNow(): void {
    for (const part of this.parts.values()) part.killNow();
  }

  /**
   * Joue une commande de la console, avec les réglages du service.
   * @returns sa dernière ligne. @throws quand elle ne sort pas en 0
   */
  async console(
    args: readonly string[],
    signal: AbortSignal,
    own: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { folder, env, script } = this.compiled;
    const run = {
      program: process.execPath,
      args: [script('apps/console/src/main.js'), ...args],
      env: { ...env, ...own },
      cwd: folder,
      signal,
    };
    const { status, stdout, stderr } = await runToEnd(run);
    if (status !== 0) throw new Error(`console ${args.join(' ')} : ${stderr}${stdout}`);
    return stdout.trim().split('\n').at(-1) ?? '';
  }
}

async function openServers(
  folder: string,
  parts: Map<string, Supervised>,
): Promise<{ readonly databaseUrl: string; readonly serviceUrl: string; readonly redisUrl: string }> {
  const at = (name: string): string => path.join(folder, name);
  const journal = (name: string): string => path.join(folder, 'journaux', `${name}.log`);
  let databaseUrl = '';
  let serviceUrl = '';
  let redisUrl = '';
  const launchPostgres = async (): Promise<Running> => {
    const server = await startPostgres({ folder: at('postgres'), journal: journal('postgres') });
    databaseUrl = server.url;
    serviceUrl = server.serviceUrl;
    return server;
  };
  const launchRedis = async (): Promise<Running> => {
    const server = await startRedis({ folder: at('redis'), journal: journal('redis') });
    redisUrl = server.url;
    return server;
  };
  const ready = (): Promise<void> => Promise.resolve();
  parts.set('postgres', new Supervised('postgres', launchPostgres, ready));
  parts.set('redis', new Supervised('redis', launchRedis, ready));
  for (const part of parts.values()) await part.start();
  return { databaseUrl, serviceUrl, redisUrl };
}

function superviseApplication(plan: ApplicationPlan, journals: string): Supervised {
  let start = 0;
  const plans = new WeakMap<Running, RunningApplication>();
  const launch = (): Promise<Running> => {
    start += 1;
    // Un journal par lancement : ce qu'un mort a écrit reste à lire.
    const launched = launchApplication({ ...plan, name: `${plan.name}.${start}` }, journals);
    plans.set(launched, launched);
    return Promise.resolve(launched);
  };
  const waitReady = async (running: Running): Promise<void> => {
    const application = plans.get(running);
    if (application)
      await waitUntilApplicationReady(application, journals, new AbortController().signal, {
        giveUpAfterMs: READY_WITHIN_MS,
      });
  };
  return new Supervised(plan.name, launch, waitReady);
}

/** Un SIREN d'essai dont la clé de Luhn est juste. */
function sirenOf(rank: number): string {
  const stem = `2134${String(rank).padStart(4, '0')}`;
  const sum = stem.split('').reduce((total, digit, index) => {
    const weighted = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return `${stem}${(10 - (sum % 10)) % 10}`;
}
