import type { TransmissionId } from '../ids';
import type { Guichet } from '../liaison/guichet';
import type { Instant } from '@teletransmission/kernel';

/** Un acte qui demande sa part du budget de l'heure. */
export interface BudgetRequest {
  readonly guichet: Guichet;
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
