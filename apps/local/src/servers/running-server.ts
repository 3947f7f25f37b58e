import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import { LaunchFailure } from '../launch-failure';
import { waitUntilReady } from '../patience';
import type { Patience } from '../patience';
import type { Account } from './account';
import { guardAgainstOrphan } from './orphan-guard';
import type { OrphanGuard } from './orphan-guard';

/** Un serveur que nous avons lancé. */
export interface RunningServer {
  /** L'adresse pour les clients (`postgres://…`, `unix:…`). */
  readonly url: string;
  readonly pid: number;
  /** S'accomplit quand le processus est mort, quelle qu'en soit la cause. */
  readonly ended: Promise<void>;
  /** Arrêt en ordre : le serveur écrit ce qu'il tient, puis s'en va. Répéter ne change rien. */
  stop(): Promise<void>;
  /** Un signal brut, sans attendre : pour les essais de panne et pour le deuxième Ctrl-C. */
  kill(signal: NodeJS.Signals): void;
}

/** Ce qu'il faut pour lancer un serveur et savoir qu'il répond. */
export interface ServerLaunch {
  readonly title: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly account?: Account | null;
  readonly journal: string;
  readonly url: string;
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  /** Vrai quand le serveur répond ; faux tant qu'il se prépare ; une exception quand il ne répondra jamais. */
  readonly isReady: () => Promise<boolean>;
  readonly signal?: AbortSignal | undefined;
  readonly patience?: Partial<Patience> | undefined;
  /** Dossier de la prise, effacé à l'arrêt, ou par le gardien si nous mourons sans prévenir. */
  readonly socketFolder: string;
  /** Autres dossiers que le gardien efface (essais). */
  readonly erasedIfOrphan?: readonly string[] | undefined;
}

const STOP_WITHIN_MS = 20_000;

/**
 * Lance un serveur et attend qu'il réponde. Il a sa propre session : le Ctrl-C du terminal va au seul lanceur, qui l'arrête
 * après ceux qui s'en servent. Échoue (`local/server-not-started`) en montrant la fin de son journal ; rien ne reste alors.
 */
export async function launchServer(launch: ServerLaunch): Promise<RunningServer> {
  launch.signal?.throwIfAborted();
  const child = spawnDetached(launch);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  const { pid } = child;
  if (pid === undefined) throw await spawnFailure(child, launch);
  const guard = guardAgainstOrphan(pid, launch.stopSignal === 'SIGINT' ? 'INT' : 'TERM', [
    launch.socketFolder,
    ...(launch.erasedIfOrphan ?? []),
  ]);
  const server = runningServer(child, pid, ended, launch, guard);
  try {
    await waitUntilServing(child, launch);
    child.unref();
    return server;
  } catch (error) {
    await server.stop();
    rmSync(launch.socketFolder, { recursive: true, force: true });
    throw error;
  }
}

function spawnDetached(launch: ServerLaunch): ChildProcess {
  mkdirSync(path.dirname(launch.journal), { recursive: true });
  const journal = openSync(launch.journal, 'a', 0o600);
  try {
    return spawn(launch.program, launch.args, {
      detached: true,
      cwd: '/',
      stdio: ['ignore', journal, journal],
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC', ...launch.env },
      ...(launch.account ? { uid: launch.account.uid, gid: launch.account.gid } : {}),
    });
  } finally {
    closeSync(journal);
  }
}

async function spawnFailure(child: ChildProcess, launch: ServerLaunch): Promise<LaunchFailure> {
  const cause = await new Promise<Error>((resolve) => child.once('error', resolve));
  return new LaunchFailure(
    'local/server-not-started',
    `${launch.title} ne peut pas être exécuté : ${cause.message}.`,
    { cause },
  );
}

function runningServer(
  child: ChildProcess,
  pid: number,
  ended: Promise<void>,
  launch: ServerLaunch,
  guard: OrphanGuard,
): RunningServer {
  let isEnded = false;
  void ended.then(() => {
    isEnded = true;
    guard.dismiss();
  });
  const kill = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  const stop = async (): Promise<void> => {
    // Déjà mort : un autre serveur a pu reprendre ses fichiers et sa prise.
    if (isEnded) return;
    child.ref();
    kill(launch.stopSignal);
    const lastResort = setTimeout(kill, STOP_WITHIN_MS, 'SIGKILL' as const);
    await ended;
    clearTimeout(lastResort);
    rmSync(launch.socketFolder, { recursive: true, force: true });
  };
  return { url: launch.url, pid, ended, stop, kill };
}

function waitUntilServing(child: ChildProcess, launch: ServerLaunch): Promise<void> {
  const isEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return waitUntilReady(
    {
      title: launch.title,
      journal: launch.journal,
      failureCode: 'local/server-not-started',
      missing: async () => ((await launch.isReady()) ? null : 'sa prise ne répond pas'),
      death: () => Promise.resolve(isEnded() ? "s'est arrêté aussitôt" : null),
    },
    launch.patience,
    launch.signal,
  );
}
