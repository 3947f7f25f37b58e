import type { BasicOCSPResponse } from 'pkijs';
import type { ListeRevocation } from './read-crl';

/** Ce qu'on sait des révocations : rien de tout cela n'est cru avant d'être vérifié contre l'autorité qui l'a signé. */
export interface Revocations {
  readonly listes: readonly ListeRevocation[];
  readonly reponses: readonly BasicOCSPResponse[];
}

export const SANS_REVOCATION: Revocations = { listes: [], reponses: [] };

/** Les unes et les autres. */
export function both(a: Revocations, b: Revocations): Revocations {
  return { listes: [...a.listes, ...b.listes], reponses: [...a.reponses, ...b.reponses] };
}
