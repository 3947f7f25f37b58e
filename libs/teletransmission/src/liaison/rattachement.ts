import type { Instant } from '@teletransmission/kernel';
import type { CollectiviteId, LiaisonId } from '../ids';

/** Une collectivité reliée à une liaison, de `depuis` inclus à `jusqua` exclu. */
export interface Rattachement {
  readonly collectiviteId: CollectiviteId;
  readonly liaisonId: LiaisonId;
  /** `null` : depuis toujours. */
  readonly depuis: Instant | null;
  /** `null` : sans fin connue. */
  readonly jusqua: Instant | null;
}

/** Celui qui vaut à cet instant. */
export function rattachementAt(all: readonly Rattachement[], at: Instant): Rattachement | null {
  return (
    all.find(({ depuis, jusqua }) => (depuis === null || depuis <= at) && (jusqua === null || at < jusqua)) ??
    null
  );
}

/**
 * Les rattachements d'une collectivité une fois reliée à `liaisonId` à partir de `depuis` : celui d'avant s'arrête là, ceux qui étaient
 * prévus pour plus tard ne valent plus. Jamais deux à la fois.
 */
export function rebind(
  all: readonly Rattachement[],
  collectiviteId: CollectiviteId,
  liaisonId: LiaisonId,
  depuis: Instant,
): readonly Rattachement[] {
  const before = all
    .filter((known) => known.depuis === null || known.depuis < depuis)
    .map((known) => (known.jusqua === null || known.jusqua > depuis ? { ...known, jusqua: depuis } : known));
  return [...before, { collectiviteId, liaisonId, depuis, jusqua: null }];
}
