import path from 'node:path';
import type { Result, Violation } from '@teletransmission/kernel';

/** Ce que la personne a demandé sur la ligne de commande. */
export interface CommandLine {
  /** Faire vivre la délibération de référence, l'imprimer, puis s'arrêter. */
  readonly isDemo: boolean;
  /** Effacer d'abord le dossier de l'instance. */
  readonly isFresh: boolean;
  readonly isHelp: boolean;
  /** Dossier de l'instance, chemin absolu. */
  readonly folder: string;
  /** Premier des quatre ports ; absent : les ports habituels, ou ceux de l'environnement. */
  readonly portBase?: number;
}

const FLAGS = new Set(['--demo', '--fresh', '--help', '--aide', '-h']);
const HIGHEST_BASE = 65_532;

/** Lit les arguments (sans `node` ni le script). Le refus porte toutes les fautes à la fois. */
export function parseCommandLine(
  args: readonly string[],
  defaultFolder: string,
  cwd: string = process.cwd(),
): Result<CommandLine, readonly Violation[]> {
  const faults: Violation[] = [];
  const flags = new Set<string>();
  let folder = defaultFolder;
  let portBase: number | undefined;
  const rest = args.flatMap((arg) => (arg.startsWith('--') && arg.includes('=') ? splitOnce(arg) : [arg]));
  while (rest.length > 0) {
    const option = rest.shift() ?? '';
    if (FLAGS.has(option)) {
      flags.add(option);
      continue;
    }
    if (option !== '--data' && option !== '--port-base') {
      faults.push(
        fault(option, 'unknown-option', `« ${option} » n'est pas une option. Voyez « npm start -- --help ».`),
      );
      continue;
    }
    const value = rest[0] === undefined || rest[0].startsWith('--') ? '' : (rest.shift() ?? '');
    if (option === '--data' && value === '') {
      faults.push(fault(option, 'missing-value', '« --data » attend un dossier.'));
      continue;
    }
    if (option === '--data') {
      folder = path.resolve(cwd, value);
      continue;
    }
    portBase = Number(value);
    if (!Number.isInteger(portBase) || portBase < 1 || portBase > HIGHEST_BASE || value === '') {
      faults.push(fault(option, 'bad-value', `« --port-base » attend un nombre entre 1 et ${HIGHEST_BASE}.`));
    }
  }
  if (faults.length > 0) return { ok: false, problem: faults };
  return {
    ok: true,
    value: {
      isDemo: flags.has('--demo'),
      isFresh: flags.has('--fresh'),
      isHelp: ['--help', '--aide', '-h'].some((flag) => flags.has(flag)),
      folder,
      ...(portBase === undefined ? {} : { portBase }),
    },
  };
}

function splitOnce(arg: string): readonly [string, string] {
  const at = arg.indexOf('=');
  return [arg.slice(0, at), arg.slice(at + 1)];
}

function fault(option: string, code: string, detail: string): Violation {
  return { pointer: `/${option}`, code: `local/${code}`, detail };
}
