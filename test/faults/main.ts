import { LaunchFailure } from '../../apps/local/src/launch-failure';
import { StopRequest } from '../../apps/local/src/stop-request';
import { readCommandLine, USAGE } from './command-line';
import type { HammerRequest } from './command-line';
import { describeFault, planFaults } from './fault-plan';
import { Hammer } from './hammer';
import { isClean, reportJson, reportText } from './report';

const FAILED = 1;
const MISUSED = 2;
const INTERRUPTED = 130;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const warn = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

async function main(): Promise<number> {
  const request = readCommandLine(process.argv.slice(2));
  if (request === 'aide') {
    print(USAGE);
    return 0;
  }
  if ('fault' in request) {
    warn(`${request.fault}\n${USAGE}`);
    return MISUSED;
  }
  if (!request.isPlanOnly) return hammer(request);
  for (const fault of planFaults(request.graine, request.actes, request.pannes, () => true))
    print(`${fault.rank}\taprès ${fault.afterActes} actes\t${describeFault(fault)}`);
  return 0;
}

async function hammer(request: HammerRequest): Promise<number> {
  // En JSON, la sortie standard n'est qu'au verdict.
  const say = request.isJson ? warn : print;
  let running: Hammer | null = null;
  const stop = new StopRequest(() => {
    warn('Deuxième Ctrl-C : tout est tué.');
    running?.killAll();
    process.exit(INTERRUPTED);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stop.signal.aborted) warn('\nArrêt demandé ; rien ne sera laissé derrière.');
      stop.receive(signal);
    });
  }
  running = new Hammer(request, say, stop.signal);
  let exitCode = 0;
  try {
    const outcome = await running.run();
    print(request.isJson ? reportJson(request, outcome) : reportText(request, outcome));
    exitCode = isClean(outcome.verdict) ? 0 : FAILED;
  } catch (error) {
    exitCode = stop.signal.aborted ? INTERRUPTED : FAILED;
    if (!stop.signal.aborted) warn(textOf(error));
  }
  await running.close().catch((error: unknown) => {
    warn(textOf(error));
    exitCode ||= FAILED;
  });
  return exitCode;
}

function textOf(error: unknown): string {
  if (error instanceof LaunchFailure) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

void main().then((exitCode) => process.exit(exitCode));
