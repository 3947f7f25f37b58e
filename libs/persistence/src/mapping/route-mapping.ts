import type { SealingRoute } from '@teletransmission/teletransmission';
import type { LiaisonRow } from './liaison-mapping';
import { liaisonOf } from './liaison-mapping';
import type { PrefectureRow } from './prefecture-mapping';
import { prefectureOf } from './prefecture-mapping';

/** La liaison lue et son guichet ; rien quand la jointure n'en a pas trouvé. */
export function routeOf(found: object): SealingRoute | null {
  const { liaison_id: liaison } = found as { readonly liaison_id: string | null };
  if (liaison === null) return null;
  return { liaison: liaisonOf(found as LiaisonRow), prefecture: prefectureOf(found as PrefectureRow) };
}
