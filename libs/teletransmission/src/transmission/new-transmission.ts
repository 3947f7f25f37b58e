import type { IdentifiantActe } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import type { AuditEntry } from '../audit/audit-entry';
import type { CollectiviteId, CorrespondanceId, DeliberationId, TransmissionId } from '../ids';
import type { OutboxMessage } from '../travaux/outbox-message';
import type { FluxTransmis, Transmission } from './transmission';
import { INITIAL_TRANSMISSION_STATE } from '../vies/transmission-transitions';

/** Ce qui distingue une transmission à sa naissance ; le reste y est toujours pareil. */
export interface NewTransmission {
  readonly id: TransmissionId;
  readonly deliberationId: DeliberationId | null;
  readonly collectiviteId: CollectiviteId;
  readonly identifiantActe: IdentifiantActe | null;
  readonly correspondanceId?: CorrespondanceId;
  readonly corrigeId?: TransmissionId | null;
  readonly flux: FluxTransmis;
  readonly since: Instant;
  /** Avant cet instant, personne n'y touche. */
  readonly notBefore?: Instant | null;
}

/** Une transmission qui vient d'être mise en file. */
export function newTransmission({ notBefore = null, ...birth }: NewTransmission): Transmission {
  return {
    correspondanceId: null,
    corrigeId: null,
    ...birth,
    state: INITIAL_TRANSMISSION_STATE,
    version: 1,
    cycle: 1,
    turn: 0,
    nextTurnAt: notBefore,
    notBefore,
    ackDueAt: null,
    isOverdue: false,
    enveloppeId: null,
    liaisonId: null,
    stopReason: null,
    classificationEnvoyee: null,
    teletransmiseLe: null,
    dateReception: null,
    restored: null,
  };
}

/** Ce qui s'écrit ensemble quand une transmission naît : elle, son entrée d'audit, et le travail qui la mettra sous enveloppe. */
export interface TransmissionBirth {
  readonly transmission: Transmission;
  readonly audit: AuditEntry;
  readonly outbox: OutboxMessage;
}

/** Fait naître une transmission, par qui, pourquoi, et avec quelle preuve. */
export function bearTransmission(
  birth: NewTransmission,
  because: Pick<AuditEntry, 'acteur' | 'motif' | 'preuve'>,
): TransmissionBirth {
  const transmission = newTransmission(birth);
  return {
    transmission,
    audit: {
      collectiviteId: birth.collectiviteId,
      deliberationId: birth.deliberationId,
      sujet: 'transmission',
      sujetId: birth.id,
      evenement: 'deposited',
      etatAvant: null,
      etatApres: INITIAL_TRANSMISSION_STATE,
      instant: birth.since,
      ...because,
    },
    outbox: {
      job: 'seal-enveloppe',
      targetId: birth.id,
      turn: transmission.version,
      notBefore: birth.notBefore ?? null,
    },
  };
}
