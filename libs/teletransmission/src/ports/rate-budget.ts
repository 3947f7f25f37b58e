import type { Instant } from '@teletransmission/kernel';
import type { TransmissionId } from '../ids';

/** Un acte qui demande sa part du budget de l'heure. */
export interface BudgetRequest {
  readonly departement: string;
  readonly siren: string;
  readonly transmissionId: TransmissionId;
  /** Distingue deux envois du même acte ; redemander pour le même tour ne compte pas deux fois. */
  readonly tour: string;
  readonly tailleOctets: number;
  /** L'acte a déjà été renvoyé faute de budget : il garde sa place, même si l'on a oublié qu'il attendait. */
  readonly isReturning: boolean;
  readonly actesParHeure: number | null;
  readonly octetsParHeure: number | null;
  readonly at: Instant;
}

export type BudgetAnswer = { readonly kind: 'taken' } | { readonly kind: 'wait'; readonly until: Instant };

/** Un départ compté : l'heure d'avant sa demande borne celui d'après. */
export interface BudgetDeparture {
  readonly transmissionId: string;
  readonly tour: string;
  readonly siren: string;
  readonly tailleOctets: number;
  readonly at: Instant;
}

/** Un acte déjà renvoyé à plus tard faute de budget. */
export interface BudgetWaiter {
  readonly transmissionId: string;
  readonly siren: string;
  readonly tailleOctets: number;
  /** La date qui lui a été promise. */
  readonly dueAt: Instant;
}

/** Le budget horaire d'une préfecture, le même pour tous les travailleurs. Rien ne s'y perd qui ne se recompte depuis la base. */
export interface RateBudget {
  /** Prend une part, ou dit quand revenir. Les parts rares se prennent à tour de rôle entre collectivités. */
  take(request: BudgetRequest): Promise<BudgetAnswer>;
  /** Rend une part prise et non employée. */
  giveBack(request: BudgetRequest): Promise<void>;
}

/** Ce que la base sait des départs : de quoi compter sans Redis, et l'amorcer quand il a tout perdu. */
export interface DepartureCounts {
  since(departement: string, since: Instant): Promise<readonly BudgetDeparture[]>;
}
