import { spawn } from 'node:child_process';
import { freshBuild } from '../../../test/services/fresh-build';

/** Ce qu'une commande a rendu. */
export interface ConsoleRun {
  /** 0 fait, 1 refusé, 2 mal employée. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Sa sortie, lue en JSON : une seule ligne, comme une machine l'attend. */
  json(): Readonly<Record<string, unknown>>;
}

/** Une vérification par suite : elle parcourt toutes les sources. */
let build: ReturnType<typeof freshBuild> | undefined;

/** Lance la vraie ligne de commande, dans un vrai processus, avec ces seules variables d'environnement, et `input` sur son entrée. */
export async function runConsole(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd?: string,
  input?: string,
): Promise<ConsoleRun> {
  build ??= freshBuild();
  const compiled = await build;
  const child = spawn(process.execPath, [compiled('apps/console/src/main.js'), ...args], {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  child.stdin?.end(input);
  const read = (stream: NodeJS.ReadableStream | null): Promise<string> =>
    new Promise((resolve) => {
      const chunks: Buffer[] = [];
      stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream?.once('close', () => {
        resolve(Buffer.concat(chunks).toString('utf8'));
      });
    });
  const status = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([read(child.stdout), read(child.stderr)]);
  return { status: await status, stdout, stderr, json: () => readOneLine(stdout) };
}

function readOneLine(stdout: string): Readonly<Record<string, unknown>> {
  const lines = stdout.split('\n');
  if (lines.length !== 2 || lines[1] !== '') throw new Error(`Une ligne attendue, reçu : ${stdout}`);
  return JSON.parse(lines[0] ?? '') as Readonly<Record<string, unknown>>;
}
