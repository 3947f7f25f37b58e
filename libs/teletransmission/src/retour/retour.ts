import type { Instant } from '@teletransmission/kernel';
import type { Empreinte, LiaisonId, RetourId, TransmissionId } from '../ids';
import type { Remarque } from './remarque';
import type { RetourState } from '../vies/retour-transitions';

/** Ce qui est revenu de la préfecture, brut : les octets sont au dépôt sous leur empreinte, avant toute lecture. */
export interface Retour {
  readonly id: RetourId;
  /** La liaison par laquelle il est venu. */
  readonly liaisonId: LiaisonId;
  /** D'où cette liaison l'a relevé : sa boîte, ou les transactions qu'elle interroge. */
  readonly source: string;
  /** L'identité que lui donne cette source ; sert à l'acquitter en amont, jamais à le comprendre. */
  readonly sourceId: string;
  readonly nom: string;
  readonly empreinte: Empreinte;
  readonly tailleOctets: number;
  readonly recuLe: Instant;
  readonly state: RetourState;
  /** Combien de fois il a été donné à lire : fait le tour de son travail. */
  readonly lecture: number;
  /** La transmission à laquelle une personne l'a rattaché, s'il ne se rattachait à rien. */
  readonly rattacheA: TransmissionId | null;
  /** Ce que la relève et la dernière lecture y ont remarqué. */
  readonly remarques: readonly Remarque[];
}
