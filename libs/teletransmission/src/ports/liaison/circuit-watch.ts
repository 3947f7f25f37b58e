import type { CircuitNews } from '../../prefecture/circuit';

/** Ce que la liaison dit d'elle-même après chaque échange avec une préfecture. */
export interface CircuitWatch {
  report(departement: string, news: CircuitNews): Promise<void>;
}
