import type { Instant, Problem } from '@teletransmission/kernel';
import type { RegistreView } from '../http/registre-view';

/** Ce que la page montre. */
export interface PageView {
  readonly registre: RegistreView;
  /** Les actes accusés, à qui l'on peut écrire. */
  readonly actes: readonly string[];
  readonly sirens: readonly string[];
  readonly maintenant: Instant;
  readonly isGuarded: boolean;
  /** Ce qui vient d'être fait. */
  readonly message?: string | undefined;
  /** Pourquoi rien n'a été fait. */
  readonly problem?: Problem | undefined;
}
