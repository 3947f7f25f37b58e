import { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  launchApplication,
  waitUntilApplicationReady,
} from '../../../apps/local/src/applications/application';
import type { ApplicationPlan, RunningApplication } from '../../../apps/local/src/applications/application';
import type { Jetons } from '../../../apps/local/src/applications/preparation';
import { prepareInstance } from '../../../apps/local/src/applications/preparation';
import { freePorts } from '../../processes/free-ports';
import { freshBuild } from '../../services/fresh-build';
import type { OwnDatabase } from '../../services/own-database';
import { createOwnDatabase } from '../../services/own-database';
import type { TestServices } from '../../services/start-services';
import { startTestServices } from '../../services/start-services';

export type ApplicationName = 'api' | 'worker' | 'prefecture-simulator';

const NAMES: readonly ApplicationName[] = ['prefecture-simulator', 'api', 'worker'];
/** Une machine chargée démarre lentement : la borne arrête ce qui est figé, elle ne mesure rien. */
const READY_WITHIN_MS = 60_000;
const JETON_PREFECTURE = 'secret-partage-avec-la-prefecture';
const JETON_METRIQUES = 'secret-que-prometheus-presente';
/** Tout va vite : un parcours attend des événements, pas des périodes. */
const QUICK = {
  RELEVE_PERIODE_MS: '300',
  BALAYAGE_PERIODE_MS: '500',
  RECONCILIATION_DELAI_MS: '3000',
  RENVOI_DELAI_MS: '500',
  OUBLI_DELAI_MS: '3000',
  SIMULATEUR_DELAI_MS: '300',
};

/** De vrais processus : la base, les files, l'API, le travailleur et la préfecture simulée, chacun le sien. */
export class Stage {
  private readonly running = new Map<ApplicationName, RunningApplication>();
  private readonly written: string[] = [];

  private constructor(
    private readonly folder: string,
    private readonly services: TestServices,
    private readonly database: OwnDatabase,
    private readonly queuePrefix: string,
    private readonly plans: ReadonlyMap<ApplicationName, ApplicationPlan>,
    readonly jetons: Jetons,
    readonly addresses: Readonly<Record<ApplicationName, string>>,
  ) {}

  static async start(settings: Readonly<Record<string, string>>): Promise<Stage> {
    const compiled = await freshBuild();
    const folder = mkdtempSync(path.join(tmpdir(), 'parcours-'));
    const at = (name: string): string => path.join(folder, name);
    mkdirSync(at('journaux'));
    const services = await startTestServices();
    const database = await createOwnDatabase();
    const [api = 0, worker = 0, prefecture = 0] = await freePorts(3);
    const queuePrefix = `parcours-${randomBytes(6).toString('hex')}`;
    const env: Record<string, string> = {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: database.url,
      REDIS_URL: process.env['TEST_REDIS_URL'] ?? '',
      // Deux parcours joués ensemble partagent un Redis, jamais une file.
      QUEUE_PREFIX: queuePrefix,
      API_PORT: String(api),
      WORKER_PORT: String(worker),
      SIMULATEUR_PORT: String(prefecture),
      PREFECTURE_URL: `http://127.0.0.1:${prefecture}`,
      PREFECTURE_JETON: JETON_PREFECTURE,
      SIMULATEUR_JETON: JETON_PREFECTURE,
      METRIQUES_JETON: JETON_METRIQUES,
      STOCKAGE_DOSSIER: at('stockage'),
      SIMULATEUR_DOSSIER: at('prefecture'),
      ...QUICK,
      ...settings,
    };
    const consoleScript = compiled('apps/console/src/main.js');
    const { jetons } = await prepareInstance(
      consoleScript,
      at('reference'),
      { ...env, DATABASE_OWNER_URL: database.ownerUrl },
      new AbortController().signal,
    );
    const addresses = {
      api: `http://127.0.0.1:${api}`,
      worker: `http://127.0.0.1:${worker}`,
      'prefecture-simulator': `http://127.0.0.1:${prefecture}`,
    };
    const planOf = (name: ApplicationName): ApplicationPlan => ({
      title: name,
      name,
      script: compiled(`apps/${name}/src/main.js`),
      env,
      readyUrl: `${addresses[name]}/health/ready`,
    });
    const plans = new Map(NAMES.map((name) => [name, planOf(name)] as const));
    const stage = new Stage(folder, services, database, queuePrefix, plans, jetons, addresses);
    try {
      await Promise.all(NAMES.map((name) => stage.launch(name)));
      return stage;
    } catch (error) {
      await stage.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.running.get('worker')?.stop();
    await Promise.all([...this.running.values()].map((one) => one.stop()));
    await this.database.drop();
    await this.services.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Lance une application et attend qu'elle soit prête. */
  async launch(name: ApplicationName): Promise<void> {
    const plan = this.plans.get(name);
    if (!plan) throw new Error(`Application inconnue : ${name}`);
    // Un relancement recommence le journal ; ce qui y était écrit doit rester à lire.
    if (this.running.has(name)) this.written.push(this.journalOf(name));
    const launched = launchApplication(plan, this.journals);
    this.running.set(name, launched);
    await waitUntilApplicationReady(launched, this.journals, new AbortController().signal, {
      giveUpAfterMs: READY_WITHIN_MS,
    });
  }

  /** Envoie un signal ; SIGKILL attend que le processus soit mort. */
  async signal(name: ApplicationName, signal: NodeJS.Signals): Promise<void> {
    const one = this.running.get(name);
    one?.kill(signal);
    if (signal === 'SIGKILL') await one?.ended;
  }

  /** Redis a tout perdu de ce service, comme dans une panne sans sauvegarde, et rien des autres parcours. */
  async flushRedis(): Promise<void> {
    const redis = new Redis({ path: (process.env['TEST_REDIS_URL'] ?? '').replace(/^unix:/, '') });
    await redis.eval(
      `for _, key in ipairs(redis.call('keys', ARGV[1])) do redis.call('del', key) end`,
      0,
      `${this.queuePrefix}:*`,
    );
    await redis.quit();
  }

  /** Le plus de mémoire vive qu'un processus a tenu, en octets (`VmHWM`) ; `null` là où le système ne le dit pas. */
  peakMemoryOf(name: ApplicationName): number | null {
    if (process.platform !== 'linux') return null;
    const status = readFileSync(`/proc/${this.running.get(name)?.pid ?? 0}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) * 1024;
  }

  /** Tout ce que les processus ont écrit, arrêtés compris. */
  writtenSoFar(): string {
    return [...this.written, ...NAMES.map((name) => this.journalOf(name))].join('\n');
  }

  /** Les métriques d'un processus, telles que Prometheus les lit. */
  async metriquesOf(name: 'api' | 'worker'): Promise<string> {
    const response = await fetch(`${this.addresses[name]}/metrics`, {
      headers: { authorization: `Bearer ${JETON_METRIQUES}` },
    });
    if (response.status !== 200) throw new Error(`${name} : ${response.status} ${await response.text()}`);
    return response.text();
  }

  get databaseUrl(): string {
    return this.database.ownerUrl;
  }

  get jetonMetriques(): string {
    return JETON_METRIQUES;
  }

  get jetonPrefecture(): string {
    return JETON_PREFECTURE;
  }

  /** Un chemin où poser un fichier pour la durée des parcours. */
  placeFor(name: string): string {
    return path.join(this.folder, name);
  }

  private get journals(): string {
    return path.join(this.folder, 'journaux');
  }

  private journalOf(name: ApplicationName): string {
    return readFileSync(path.join(this.journals, `${name}.log`), 'utf8');
  }
}
