import { spawn } from 'node:child_process';
import type { StdioOptions } from 'node:child_process';

/** Un programme à faire tourner jusqu'à sa fin. */
export interface ShortRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly account?: { readonly uid: number; readonly gid: number } | null;
  readonly input?: string;
  /** Ouvrir un tuyau avec le programme, par lequel il saura notre mort (voir `attached-child.cjs`). */
  readonly isAttached?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly withinMs?: number;
}

/** Ce qu'a donné un programme. `status` est `null` quand il a été tué, ou n'a pas pu être lancé. */
export interface ShortRunOutcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Lance un programme et attend sa mort, même quand on l'interrompt : rien ne reste derrière.
 * Échoue par la raison de `signal` s'il est abandonné ; jamais autrement.
 */
export async function runToEnd(run: ShortRun): Promise<ShortRunOutcome> {
  run.signal?.throwIfAborted();
  const stdio: StdioOptions =
    run.isAttached === true ? ['pipe', 'pipe', 'pipe', 'ipc'] : ['pipe', 'pipe', 'pipe'];
  const child = spawn(run.program, run.args, {
    cwd: run.cwd ?? '/',
    env: run.env,
    stdio,
    ...(run.account ? { uid: run.account.uid, gid: run.account.gid } : {}),
    ...(run.withinMs === undefined ? {} : { timeout: run.withinMs }),
  });
  const terminate = (): void => {
    child.kill('SIGTERM');
  };
  run.signal?.addEventListener('abort', terminate, { once: true });
  const outcome = { status: null as number | null, stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (outcome.stdout += chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => (outcome.stderr += chunk.toString('utf8')));
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(run.input ?? '');
  outcome.status = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      outcome.stderr += error.message;
      if (child.pid === undefined) resolve(null);
    });
    child.once('close', resolve);
  });
  run.signal?.removeEventListener('abort', terminate);
  run.signal?.throwIfAborted();
  return outcome;
}
