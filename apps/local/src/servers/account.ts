import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Un compte du système sous lequel lancer un serveur. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Le compte sous lequel lancer PostgreSQL, qui refuse root : `postgres` s'il existe, sinon `nobody`.
 * `null` quand on n'est pas root (il n'y a rien à quitter) ou quand aucun des deux n'existe.
 */
export function accountForPostgres(
  passwd: string = readPasswd(),
  uid: number | undefined = process.getuid?.(),
): Account | null {
  if (uid !== 0) return null;
  return accountNamed('postgres', passwd) ?? accountNamed('nobody', passwd);
}

function accountNamed(name: string, passwd: string): Account | null {
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([login]) => login === name);
  const uid = Number(fields?.[2]);
  const gid = Number(fields?.[3]);
  if (!Number.isInteger(uid) || !Number.isInteger(gid) || uid <= 0) return null;
  return { name, uid, gid };
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}

/**
 * Vrai si ce compte peut lire (`r`), écrire (`w`) ou exécuter et traverser (`x`) ce chemin, dossiers parents compris.
 * On le demande au noyau en devenant ce compte : les droits étendus, les montages et les parents fermés sont jugés par lui.
 */
export function canReach(account: Account | null, file: string, right: 'r' | 'w' | 'x'): boolean {
  const identity = account ? { uid: account.uid, gid: account.gid } : {};
  return (
    spawnSync('/bin/sh', ['-c', `test -${right} "$1"`, 'sh', file], { cwd: '/', ...identity }).status === 0
  );
}
