import type { Instant } from '@teletransmission/kernel';
import type { LiaisonId, TransmissionId } from '../../ids';
import type { OpenTransaction } from '../liaison/prefecture-gateway';
import type { Transmission } from '../../transmission/transmission';
import type { OutboxMessage } from '../../travaux/outbox-message';
import type { SubmitAnswer } from '../../outcome/submit-answer';
import type { EnvoiLease, OpenedEnvoi } from '../../transmission/envoi';

/** Les envois : leur bail tant qu'ils durent, ce qu'il en reste après. */
export interface EnvoiRepository {
  /**
   * Prolonge un bail jusqu'à `until`. `false` : il est perdu — échu à `now`, clos, ou l'état de la transmission a changé depuis ce
   * jeton. Un bail perdu ne se reprend jamais.
   */
  renewLease(lease: EnvoiLease, now: Instant, until: Instant): Promise<boolean>;
  /**
   * Garde comme pièce, sur la ligne de l'envoi, une réponse venue après la perte du bail, et demande aussitôt une recherche en face.
   * Ne change aucun état. La première gardée le reste.
   */
  keepLateAnswer(lease: EnvoiLease, answer: SubmitAnswer, at: Instant, outbox: OutboxMessage): Promise<void>;
  /** Le dernier envoi ouvert ; `null` : cette transmission n'a jamais rien envoyé. */
  lastOf(id: TransmissionId): Promise<OpenedEnvoi | null>;
  /** Ce que cette liaison a pris et dont l'accusé est attendu, dans l'ordre de leur naissance. @param after la dernière de la page d'avant. */
  openTransactions(
    liaisonId: LiaisonId,
    after: TransmissionId | null,
    limit: number,
  ): Promise<readonly OpenTransaction[]>;
  /** Vrai si une autre transmission du même message — même acte, même flux, même lettre — a déjà eu un envoi ouvert. */
  wasSentAsAnother(transmission: Transmission): Promise<boolean>;
}
