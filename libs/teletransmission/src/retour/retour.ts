import type { Instant } from '@teletransmission/kernel';
import type { Empreinte, RetourId } from '../ids';
import type { RetourState } from './transitions';

/** Ce qui est revenu de la préfecture, brut : les octets sont au dépôt sous leur empreinte, avant toute lecture. */
export interface Retour {
  readonly id: RetourId;
  /** L'identité que lui donne la liaison ; sert à l'acquitter en amont, jamais à le comprendre. */
  readonly sourceId: string;
  readonly nom: string;
  readonly empreinte: Empreinte;
  readonly tailleOctets: number;
  readonly recuLe: Instant;
  readonly state: RetourState;
}
