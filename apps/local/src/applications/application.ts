import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { LaunchFailure } from '../launch-failure';
import { failureOf, waitUntilReady } from '../patience';
import type { Patience } from '../patience';

/** Une application de la maison à lancer. */
export interface ApplicationPlan {
  /** Nom en français dans les messages, par exemple « le bureau ». */
  readonly title: string;
  /** Nom du journal, par exemple `admin`. */
  readonly name: string;
  /** Script compilé, chemin absolu. */
  readonly script: string;
  readonly args?: readonly string[];
  /** Options de Node lui-même, devant le script : une borne de mémoire, un profil (mesures et essais). */
  readonly nodeArgs?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Adresse qui répond 200 quand l'application est prête. */
  readonly readyUrl: string;
}

/** Une application lancée. */
export interface RunningApplication {
  readonly plan: ApplicationPlan;
  readonly pid: number;
  /** S'accomplit à la mort du processus, avec de quoi la dire : `code 1`, `SIGKILL`. */
  readonly ended: Promise<string>;
  isEnded(): boolean;
  /** SIGTERM, puis SIGKILL après 20 secondes. Répéter ne change rien. */
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

const STOP_WITHIN_MS = 20_000;
const PRELOADED = path.join(__dirname, 'attached-child.cjs');

/** Lance l'application, son journal dans `journals/<name>.log` (recommencé à chaque démarrage). N'attend pas qu'elle soit prête. */
export function launchApplication(plan: ApplicationPlan, journals: string): RunningApplication {
  const journal = openSync(path.join(journals, `${plan.name}.log`), 'w', 0o600);
  const options = ['--require', PRELOADED, ...(plan.nodeArgs ?? [])];
  const child = spawn(process.execPath, [...options, plan.script, ...(plan.args ?? [])], {
    stdio: ['ignore', journal, journal, 'ipc'],
    env: plan.env,
  });
  closeSync(journal);
  if (child.pid === undefined) {
    child.on('error', () => undefined);
    throw new LaunchFailure(
      'local/application-not-started',
      `${plan.title} ne peut pas être lancé (${plan.script}).`,
    );
  }
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal ?? `code ${String(code)}`);
    });
  });
  child.on('error', () => undefined);
  const kill = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  const stop = async (): Promise<void> => {
    kill('SIGTERM');
    const lastResort = setTimeout(kill, STOP_WITHIN_MS, 'SIGKILL' as const);
    await ended;
    clearTimeout(lastResort);
  };
  return {
    plan,
    pid: child.pid,
    ended,
    isEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop,
    kill,
  };
}

/**
 * Attend que `readyUrl` réponde 200, tant que l'application vit. Échoue (`local/application-not-started`) si elle meurt, ou
 * quand la patience est à bout ; cinq minutes, à défaut d'autre chose.
 */
export function waitUntilApplicationReady(
  application: RunningApplication,
  journals: string,
  signal: AbortSignal,
  patience: Partial<Patience> = {},
): Promise<void> {
  const { plan } = application;
  return waitUntilReady(
    {
      ...identityOf(plan, journals),
      missing: () => whatIsMissing(plan.readyUrl, signal),
      death: async () =>
        application.isEnded() ? `s'est arrêté au démarrage (${await application.ended})` : null,
    },
    patience,
    signal,
  );
}

/** La panne d'une application, avec les vingt dernières lignes de son journal. */
export function applicationFailure(plan: ApplicationPlan, what: string, journals: string): LaunchFailure {
  return failureOf(identityOf(plan, journals), what);
}

function identityOf(
  { title, name }: ApplicationPlan,
  journals: string,
): { readonly title: string; readonly journal: string; readonly failureCode: LaunchFailure['code'] } {
  return { title, journal: path.join(journals, `${name}.log`), failureCode: 'local/application-not-started' };
}

async function whatIsMissing(url: string, signal: AbortSignal): Promise<string | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) });
    await answer.arrayBuffer();
    return answer.status === 200 ? null : `${url} répond ${answer.status}`;
  } catch {
    signal.throwIfAborted();
    return `${url} ne répond pas`;
  }
}
