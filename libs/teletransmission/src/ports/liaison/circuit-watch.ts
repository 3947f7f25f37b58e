import type { Guichet } from '../../liaison/guichet';
import type { CircuitNews } from '../../prefecture/circuit';

/** Ce que la liaison dit d'elle-même après chaque échange à un guichet. */
export interface CircuitWatch {
  report(guichet: Guichet, news: CircuitNews): Promise<void>;
}
