import path from 'node:path';
import { ClosingStack } from './closing-stack';
import { parseCommandLine } from './command-line';
import type { CommandLine } from './command-line';
import { LaunchFailure } from './launch-failure';
import { findProjectRoot } from './project-root';
import { compiledPrograms, runInstance } from './run-instance';
import { StopRequest } from './stop-request';
import { HELP_TEXT } from './texts.fr';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const warn = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function main(): Promise<number> {
  // Un tube fermé (« npm start | head ») ne doit pas tuer le lanceur avant qu'il ait tout arrêté.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  const projectRoot = findProjectRoot();
  const parsed = parseCommandLine(process.argv.slice(2), path.join(projectRoot, '.donnees'));
  if (!parsed.ok) {
    for (const { detail } of parsed.problem) warn(detail);
    return EXIT_USAGE;
  }
  if (parsed.value.isHelp) {
    say(HELP_TEXT);
    return 0;
  }
  return launch(parsed.value, projectRoot);
}

async function launch(commandLine: CommandLine, projectRoot: string): Promise<number> {
  const opened = new ClosingStack();
  const stop = new StopRequest(() => {
    warn('Deuxième Ctrl-C : tout est tué.');
    opened.killAll();
    process.exit(EXIT_INTERRUPTED);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stop.signal.aborted) say('\nArrêt demandé…');
      stop.receive(signal);
    });
  }
  let exitCode = 0;
  try {
    const programs = compiledPrograms(path.join(projectRoot, 'dist'));
    await runInstance({
      commandLine,
      env: process.env,
      projectRoot,
      programs,
      opened,
      say,
      warn,
      interruption: stop.signal,
    });
  } catch (error) {
    exitCode = stop.signal.aborted ? EXIT_INTERRUPTED : EXIT_FAILED;
    if (!stop.signal.aborted) warn(textOf(error));
  }
  try {
    await opened.close();
  } catch (error) {
    warn(textOf(error));
    exitCode ||= EXIT_FAILED;
  }
  if (stop.signal.aborted) say('Tout est arrêté.');
  return exitCode;
}

function textOf(error: unknown): string {
  if (error instanceof LaunchFailure) return error.message;
  return `Défaut du lanceur, à signaler : ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

void main().then((exitCode) => process.exit(exitCode));
