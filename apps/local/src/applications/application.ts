import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lastLinesOf, quoteLines } from '../journal-tail';
import { LaunchFailure } from '../launch-failure';

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

const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 20_000;
const POLL_MS = 50;
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

/** Attend que `readyUrl` réponde 200. Échoue (`local/application-not-started`) si l'application meurt, ou se tait 30 secondes. */
export async function waitUntilApplicationReady(
  application: RunningApplication,
  journals: string,
  signal: AbortSignal,
  withinMs: number = READY_WITHIN_MS,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await answersOk(application.plan.readyUrl, signal))) {
    if (application.isEnded())
      throw applicationFailure(
        application.plan,
        `s'est arrêté au démarrage (${await application.ended})`,
        journals,
      );
    if (performance.now() > deadline) {
      throw applicationFailure(
        application.plan,
        `ne répond pas après ${Math.round(withinMs / 1000)} secondes`,
        journals,
      );
    }
    await delay(POLL_MS, undefined, { signal });
  }
}

/** La panne d'une application, avec les vingt dernières lignes de son journal. */
export function applicationFailure(plan: ApplicationPlan, what: string, journals: string): LaunchFailure {
  const journal = path.join(journals, `${plan.name}.log`);
  return new LaunchFailure(
    'local/application-not-started',
    `${plan.title} ${what}.${quoteLines(`Fin de ${journal} :`, lastLinesOf(journal))}`,
  );
}

async function answersOk(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}
