import type { BudgetAnswer, BudgetRequest } from '../../prefecture/budget';

/** Le budget horaire d'un guichet, le même pour tous les travailleurs. Rien ne s'y perd qui ne se recompte depuis la base. */
export interface RateBudget {
  /** Prend une part, ou dit quand revenir. Les parts rares se prennent à tour de rôle entre collectivités. */
  take(request: BudgetRequest): Promise<BudgetAnswer>;
  /** Rend une part prise et non employée. */
  giveBack(request: BudgetRequest): Promise<void>;
}
