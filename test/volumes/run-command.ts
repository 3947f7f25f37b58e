import { ClosingStack } from '../../apps/local/src/closing-stack';
import { StopRequest } from '../../apps/local/src/stop-request';

/** Ce qu'une commande d'essai reçoit. */
export interface CommandRun {
  /** Les valeurs des options, tirets ôtés. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly isJson: boolean;
  /** Où l'on en est : sur la sortie d'erreur en JSON. */
  readonly say: (line: string) => void;
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
  /** Tout ce qui s'ouvre ; la commande n'a rien à fermer elle-même. */
  readonly opened: ClosingStack;
}

/** Joue une commande d'essai : options en nombres, `--json`, `--aide`, Ctrl-C qui arrête tout, code de sortie. */
export function runCommand(
  usage: string,
  defaults: Readonly<Record<string, number>>,
  run: (context: CommandRun) => Promise<number>,
): void {
  void play(usage, defaults, run).then((exitCode) => process.exit(exitCode));
}

async function play(
  usage: string,
  defaults: Readonly<Record<string, number>>,
  run: (context: CommandRun) => Promise<number>,
): Promise<number> {
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const warn = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const args = process.argv.slice(2);
  if (args.some((arg) => ['--aide', '--help', '-h'].includes(arg))) {
    print(usage);
    return 0;
  }
  const read = readNumbers(
    args.filter((arg) => arg !== '--json'),
    defaults,
  );
  if (read === null) {
    warn(usage);
    return 2;
  }
  const opened = new ClosingStack();
  const stop = new StopRequest(() => {
    opened.killAll();
    process.exit(130);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stop.signal.aborted) warn('\nArrêt demandé ; rien ne sera laissé derrière.');
      stop.receive(signal);
    });
  }
  const isJson = args.includes('--json');
  let exitCode = 1;
  try {
    exitCode = await run({
      numbers: read,
      isJson,
      say: isJson ? warn : print,
      print,
      signal: stop.signal,
      opened,
    });
  } catch (error) {
    if (!stop.signal.aborted) warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  await opened.close().catch((error: unknown) => {
    warn(String(error));
    exitCode ||= 1;
  });
  return stop.signal.aborted ? 130 : exitCode;
}

function readNumbers(
  args: readonly string[],
  defaults: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> | null {
  const numbers = Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name.slice(2), value]));
  for (let index = 0; index < args.length; index += 2) {
    const name = args[index] ?? '';
    const value = args[index + 1] ?? '';
    if (!(name in defaults) || !/^\d{1,9}$/.test(value)) return null;
    numbers[name.slice(2)] = Number(value);
  }
  return numbers;
}
