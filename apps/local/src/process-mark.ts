import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { systemCodeOf } from './launch-failure';

/** Vrai si ce processus vit (même s'il est à un autre compte). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) === 'EPERM';
  }
}

/**
 * L'instant de naissance d'un processus, sous une forme que l'on ne fait que comparer, ou `null` s'il ne vit pas.
 * Un numéro de processus sert plusieurs fois ; le couple numéro-naissance, une seule.
 */
export function birthMarkOf(pid: number): string | null {
  if (!isAlive(pid)) return null;
  try {
    // proc(5) : le nom, entre parenthèses, peut contenir des espaces ; la naissance est le 20e champ après lui.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return `proc-${fields[19] ?? ''}`;
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
