import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { FluxLettre } from '../correspondance/correspondance';
import type { CollectiviteId, CompteId, DecisionId, DeliberationId, RetourId, TransmissionId } from '../ids';
import type { RetourState } from '../vies/retour-transitions';

/** Ce qu'une personne peut dire qu'un retour est, après l'avoir lu de ses yeux. */
export const NATURES_DECISION = ['accuse', 'accuse-annulation', 'anomalie', 'lettre', 'information'] as const;
export type NatureDecision = (typeof NATURES_DECISION)[number];

/** Ce qu'elle y lit, selon ce qu'il est. */
export type ContenuLu =
  | {
      readonly nature: 'accuse' | 'accuse-annulation';
      readonly dateReception: CivilDate;
      /** L'identifiant tel qu'il y est écrit ; `null` : il n'y est pas, ou ne se lit pas. */
      readonly identifiant: string | null;
    }
  | { readonly nature: 'anomalie'; readonly code: string; readonly detail: string }
  | {
      readonly nature: 'lettre';
      readonly flux: FluxLettre;
      readonly dateCourrier: CivilDate;
      readonly texte: string | null;
    }
  | { readonly nature: 'information' };

/**
 * La vie d'une décision. Celle qui change une date légale naît proposée et attend une seconde personne ; les autres naissent appliquées.
 * La base porte la même liste.
 */
export const DECISION_STATES = ['proposed', 'applied', 'refused', 'withdrawn'] as const;
export type DecisionState = (typeof DECISION_STATES)[number];

/** Qui a dit quoi, quand, et pourquoi. */
export interface Signature {
  readonly id: CompteId;
  readonly nom: string;
  readonly le: Instant;
  readonly motif: string;
}

/** Ce qu'une personne, ou deux, décident d'un retour que le service n'a pas su appliquer. */
export interface Decision {
  readonly id: DecisionId;
  readonly retourId: RetourId;
  /** L'état et la lecture du retour quand on l'a regardé : relu depuis, il n'est plus le même. */
  readonly retourState: RetourState;
  readonly lecture: number;
  /** La transmission dont le retour parle : un acte, son annulation, ou la réponse à une lettre. */
  readonly transmissionId: TransmissionId;
  readonly collectiviteId: CollectiviteId;
  readonly deliberationId: DeliberationId | null;
  readonly contenu: ContenuLu;
  /** Ce qui se lit dans les octets et fonde la décision, recopié. */
  readonly lu: string;
  readonly auteur: Signature;
  readonly state: DecisionState;
  /** Qui l'a confirmée, refusée ou retirée ; `null` : proposée, ou appliquée par son seul auteur. */
  readonly cloture: Signature | null;
}

/** Vrai quand cette nature fixe une date légale, celle de la réception : il y faut deux personnes. */
export function needsTwo(nature: NatureDecision): boolean {
  return nature === 'accuse' || nature === 'accuse-annulation';
}

/** Vrai quand deux décisions disent la même chose du même retour. */
export function saysTheSame(one: Decision, other: Decision): boolean {
  return (
    one.retourId === other.retourId &&
    one.transmissionId === other.transmissionId &&
    JSON.stringify(Object.entries(one.contenu).sort()) ===
      JSON.stringify(Object.entries(other.contenu).sort())
  );
}
