import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { systemCodeOf } from './launch-failure';

/** Ce que fait un processus : il tourne, il est suspendu (Ctrl-Z, `kill -STOP`), ou il n'est plus, fût-il encore un nom chez son parent. */
export type Activity = 'running' | 'suspended' | 'gone';

/** Ce que fait ce processus, même s'il est à un autre compte. */
export function activityOf(pid: number): Activity {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCodeOf(error) !== 'EPERM') return 'gone';
  }
  const state = stateOf(pid);
  // proc(5) : Z, fini, que son parent n'a pas relevé ; X, en train de finir ; T, suspendu (t l'est par un débogueur, qui le reprendra).
  if (/^[ZXx]/.test(state)) return 'gone';
  return state.startsWith('T') ? 'suspended' : 'running';
}

/** Vrai si ce processus vit (même s'il est à un autre compte). */
export function isAlive(pid: number): boolean {
  return activityOf(pid) !== 'gone';
}

/** Les champs de proc(5) après le nom, qui, entre parenthèses, peut contenir des espaces. @throws quand il n'y a pas de `/proc`, ou plus. */
function statOf(pid: number): readonly string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
}

function stateOf(pid: number): string {
  try {
    return statOf(pid)[0] ?? '';
  } catch {
    return spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  }
}

/**
 * L'instant de naissance d'un processus, sous une forme que l'on ne fait que comparer, ou `null` s'il ne vit pas.
 * Un numéro de processus sert plusieurs fois ; le couple numéro-naissance, une seule.
 */
export function birthMarkOf(pid: number): string | null {
  if (!isAlive(pid)) return null;
  try {
    // La naissance est le 20e de ces champs.
    return `proc-${statOf(pid)[19] ?? ''}`;
  } catch {
    const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return `ps-${stdout.trim()}`;
  }
}

/** La ligne de commande d'un processus vivant, arguments séparés par des espaces, ou la chaîne vide. */
export function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  }
}
