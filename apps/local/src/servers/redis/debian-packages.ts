import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Result } from '@teletransmission/kernel';
import { lastLines } from '../../journal-tail';
import { runToEnd } from '../../run-to-end';
import { executableIn } from './redis-program';

const WITHIN_MS = 90_000;

/** Ce qu'on prend dans les paquets de la distribution. */
export interface DebianPackages {
  /** Sans ceux-là, rien. */
  readonly required: readonly string[];
  /** Presque toujours déjà là, et de noms qui changent d'une version à l'autre : chacun est pris s'il existe. */
  readonly optional: readonly string[];
  /** Le fichier qui doit s'y trouver, depuis la racine. */
  readonly witness: readonly string[];
}

/**
 * Prend des paquets de la distribution et les déplie dans `folder`, sans root et sans rien installer :
 * `apt-get` tient son état dans un dossier à lui. Un refus dit en français ce qui a manqué ; rien n'est alors laissé.
 */
export async function unpackDebianPackages(
  folder: string,
  { required, optional, witness }: DebianPackages,
  signal?: AbortSignal,
): Promise<Result<string, string>> {
  const aptGet = executableIn(process.env['PATH'] ?? '', 'apt-get');
  const dpkgDeb = executableIn(process.env['PATH'] ?? '', 'dpkg-deb');
  if (aptGet === null || dpkgDeb === null) return refusal("apt-get ou dpkg-deb n'est pas sur cette machine");
  mkdirSync(path.dirname(folder), { recursive: true });
  const workshop = mkdtempSync(`${folder}.`);
  try {
    const { packages, state, root } = roomsOf(workshop);
    // Un dépôt tiers en panne ne doit pas nous arrêter : c'est la suite qui dira s'il manque quelque chose.
    const updated = await run(
      aptGet,
      ['update', '-o', 'APT::Update::Error-Mode=any', ...state],
      packages,
      signal,
    );
    const fetched = await run(aptGet, ['download', ...state, ...required], packages, signal);
    if (!fetched.ok)
      return refusal(
        updated.ok ? `apt-get download : ${fetched.problem}` : `apt-get update : ${updated.problem}`,
      );
    for (const name of optional) await run(aptGet, ['download', ...state, name], packages, signal);
    for (const file of readdirSync(packages).filter((name) => name.endsWith('.deb'))) {
      const unpacked = await run(dpkgDeb, ['-x', path.join(packages, file), root], packages, signal);
      if (!unpacked.ok) return refusal(`dpkg-deb : ${unpacked.problem}`);
    }
    if (!existsSync(path.join(root, ...witness)))
      return refusal(`les paquets ne contiennent pas ${String(witness.at(-1))}`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(root, folder);
    return { ok: true, value: folder };
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

function roomsOf(workshop: string): { packages: string; root: string; state: readonly string[] } {
  const room = (...names: readonly string[]): string => {
    const made = path.join(workshop, ...names);
    mkdirSync(made, { recursive: true });
    return made;
  };
  room('cache', 'archives', 'partial');
  const lists = room('state', 'lists');
  room('state', 'lists', 'partial');
  return {
    packages: room('paquets'),
    root: room('racine'),
    state: [
      ...['-o', `Dir::State=${path.join(workshop, 'state')}`, '-o', `Dir::State::lists=${lists}`],
      ...[
        '-o',
        'Dir::State::status=/var/lib/dpkg/status',
        '-o',
        `Dir::Cache=${path.join(workshop, 'cache')}`,
      ],
      ...['-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User=', '-o', 'Acquire::Languages=none'],
      ...[
        '-o',
        'Acquire::Retries=1',
        '-o',
        'Acquire::http::Timeout=15',
        '-o',
        'Acquire::https::Timeout=15',
        '-q',
      ],
    ],
  };
}

async function run(
  program: string,
  args: readonly string[],
  cwd: string,
  signal: AbortSignal | undefined,
): Promise<Result<true, string>> {
  const outcome = await runToEnd({
    program,
    args,
    cwd,
    env: { ...process.env, LC_ALL: 'C' },
    signal,
    withinMs: WITHIN_MS,
  });
  if (outcome.status === 0) return { ok: true, value: true };
  return { ok: false, problem: causeIn(outcome.stderr) };
}

/** La ligne qui dit la cause : celle d'une adresse injoignable, plutôt que la conclusion générale d'apt. */
function causeIn(complaint: string): string {
  const lines = lastLines(complaint);
  return (
    lines.find((line) => line.includes('Failed to fetch')) ??
    lines.at(-1) ??
    'interrompu, ou sans réponse du réseau'
  );
}

function refusal(problem: string): Result<string, string> {
  return { ok: false, problem };
}
