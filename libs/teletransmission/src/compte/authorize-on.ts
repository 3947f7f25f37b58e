import type { Problem, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { CollectiviteId } from '../ids';
import type { Compte } from './compte';
import type { Action } from './permissions';
import { authorize } from './permissions';

/** Ce qu'une demande nomme, tel qu'on l'a trouvé ou non. */
export interface Named<T> {
  readonly found: T | null | undefined;
  /** De qui c'est ; `null` : de toute la plateforme. */
  readonly ownerOf: (found: T) => CollectiviteId | null;
  readonly unknown: Problem;
}

/**
 * Dit si ce compte peut faire cette action sur ce qu'il nomme. Le rôle d'abord : qui n'a pas le droit l'apprend sans que rien ne soit dit
 * de ce qui existe. Puis ce qui est d'une autre collectivité n'existe pas, du même refus que ce qui n'existe pas.
 */
export function authorizeOn<T>(
  compte: Compte,
  action: Action,
  { found, ownerOf, unknown }: Named<T>,
): Result<T> {
  const byRole = authorize(compte, action, compte.collectiviteId);
  if (!byRole.ok) return byRole;
  if (found === null || found === undefined) return refuse(unknown);
  return authorize(compte, action, ownerOf(found)).ok ? ok(found) : refuse(unknown);
}
