import type { CorrespondanceId, Empreinte, EnveloppeId, EnvoiId, LiaisonId, RetourId } from '../ids';
import type { EnvoiOutcome, SealedArchive } from './enveloppe';
import type { CivilDate, Instant, Problem } from '@teletransmission/kernel';
import type { CorrespondanceState } from '../vies/correspondance-transitions';
import type { AuditEntry } from '../audit/audit-entry';
import type { Classification } from '../classification/classification';
import type { StopReason, Transmission } from './transmission';
import type { RetourState } from '../vies/retour-transitions';
import type { TransmissionState } from '../vies/transmission-transitions';
import type { OutboxMessage } from '../travaux/outbox-message';

/**
 * Un message tiré d'un retour, rangé au dépôt comme un document à lui : l'accusé, l'anomalie, la nomenclature, à l'octet près. Le retour brut
 * reste la source ; celui-ci est ce qu'on montre et ce qu'on prouve. `type` : le flux, ou `anomalie-enveloppe`.
 */
export interface KeptMessage {
  readonly retourId: RetourId;
  readonly type: string;
  readonly nom: string;
  readonly empreinte: Empreinte;
  readonly tailleOctets: number;
}

/** Ce qui s'écrit avec le changement d'état, dans la même transaction. */
export type Effect =
  | { readonly kind: 'seal'; readonly enveloppeId: EnveloppeId; readonly archive: SealedArchive }
  | {
      readonly kind: 'open-envoi';
      readonly envoiId: EnvoiId;
      readonly enveloppeId: EnveloppeId;
      readonly turn: number;
      readonly leaseUntil: Instant;
    }
  /** La lettre à laquelle cette transmission répond change avec elle ; dans un autre état que prévu, elle reste. */
  | {
      readonly kind: 'move-correspondance';
      readonly correspondanceId: CorrespondanceId;
      readonly from: CorrespondanceState;
      readonly to: CorrespondanceState;
      /** La transmission ne change que si la lettre est bien dans cet état. */
      readonly isRequired: boolean;
      readonly audit: AuditEntry;
    }
  /** La nomenclature reçue devient celle de la collectivité. */
  | { readonly kind: 'store-classification'; readonly classification: Classification }
  /** Le message lui-même, gardé comme document. */
  | { readonly kind: 'keep-message'; readonly message: KeptMessage }
  | { readonly kind: 'create-transmission'; readonly transmission: Transmission; readonly audit: AuditEntry }
  | {
      readonly kind: 'close-envoi';
      readonly outcome: EnvoiOutcome;
      readonly code: string;
      readonly detail: string | null;
      /** Celle que l'autre bout lui a donnée. */
      readonly reference?: string | null;
    }
  /** L'envoi de ce cycle, qu'on croyait pris, ne l'était pas : deux personnes l'ont établi. */
  | { readonly kind: 'disprove-envoi'; readonly code: string; readonly detail: string | null }
  /**
   * Le retour d'où vient ce changement. Qu'un autre l'ait déjà appliqué, et rien ne s'écrit : l'acte a pu repartir depuis, et ce que dit
   * ce retour ne vaut plus. `audit` nul : il porte d'autres messages, et n'est pas encore appliqué avec celui-ci.
   */
  | {
      readonly kind: 'apply-retour';
      readonly retourId: RetourId;
      /** L'état d'où il s'applique ; `received` quand il vient d'être lu. */
      readonly from?: RetourState;
      readonly flux: string;
      /** Ce qui se remarque d'un retour appliqué, et reste avec lui. */
      readonly remarque?: Problem | null;
      readonly audit: AuditEntry | null;
    };

/** Les colonnes qui changent avec l'état. Absente : inchangée. */
export interface TransmissionPatch {
  readonly cycle?: number;
  readonly turn?: number;
  readonly nextTurnAt?: Instant | null;
  readonly ackDueAt?: Instant | null;
  readonly isOverdue?: boolean;
  readonly enveloppeId?: EnveloppeId | null;
  readonly liaisonId?: LiaisonId | null;
  readonly stopReason?: StopReason | null;
  readonly classificationEnvoyee?: CivilDate | null;
  readonly teletransmiseLe?: Instant | null;
  readonly dateReception?: CivilDate | null;
}

/** Un changement d'état et tout ce qui s'écrit avec lui. */
export interface StateChange {
  readonly transmission: Transmission;
  readonly to: TransmissionState;
  readonly patch: TransmissionPatch;
  readonly audit: AuditEntry;
  readonly effects: readonly Effect[];
  readonly outbox: readonly OutboxMessage[];
}
