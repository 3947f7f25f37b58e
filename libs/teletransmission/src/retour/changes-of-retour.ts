import type { LectureXml } from '@teletransmission/actes';
import type { Instant, Problem, Result } from '@teletransmission/kernel';
import { ok } from '@teletransmission/kernel';
import type { AuditEntry } from '../audit/audit-entry';
import type { Collectivite } from '../collectivite/collectivite';
import type { TransmissionHappening } from '../transmission/state-change';
import { changeState } from '../transmission/state-change';
import type { Transmission } from '../transmission/transmission';
import { followClassification } from './follow-classification';
import type { Retour } from './retour';
import { eventOnActe, happeningOfRetour } from './retour-happening';
import type { RetourState } from '../vies/retour-transitions';
import type { KeptMessage, StateChange } from '../transmission/change';
import type { OpenedEnvoi } from '../transmission/envoi';

/** Ce qu'un message apporte à une transmission, que nous l'ayons lu ou que des personnes l'aient lu pour nous. */
export interface RetourApplication {
  readonly retour: Retour;
  readonly transmission: Transmission;
  /** L'acte que la transmission annule, quand elle est une annulation. */
  readonly acte: Transmission | null;
  readonly lecture: LectureXml;
  readonly sent: OpenedEnvoi | null;
  readonly collectivite: Collectivite;
  readonly at: Instant;
  /** Le message gardé comme document ; absent quand des personnes l'ont lu sur le retour. */
  readonly message?: KeptMessage;
  /** Ce qui s'écrit du retour lui-même ; `audit` nul : il porte d'autres messages. */
  readonly mark: {
    readonly from?: RetourState;
    readonly remarque: Problem | null;
    readonly audit: AuditEntry | null;
  };
  /** Qui a lu, et pourquoi, quand ce sont des personnes. */
  readonly decided?: Required<Pick<TransmissionHappening, 'actor' | 'reason' | 'evidence'>>;
}

/**
 * Ce qui s'écrit ensemble : la transmission, le retour, et pour une annulation l'acte qu'elle visait.
 * @returns le refus `transmission/event-refused` quand la table ne l'admet pas, ou celui de `happeningOfRetour`.
 */
export function changesOfRetour(application: RetourApplication): Result<readonly StateChange[]> {
  const { retour, transmission, acte, lecture, sent, collectivite, at, mark, message, decided } = application;
  const read = happeningOfRetour(retour, transmission, lecture, sent, at);
  if (!read.ok) return read;
  const flux = lecture.type;
  const happening: TransmissionHappening = decided
    ? { ...read.value, ...decided, evidence: { ...read.value.evidence, ...decided.evidence } }
    : read.value;
  const change = changeState(transmission, {
    ...happening,
    ...(message ? { evidence: { ...happening.evidence, empreinteMessage: message.empreinte } } : {}),
    outbox: [...(happening.outbox ?? []), ...followClassification(lecture, transmission, collectivite, at)],
    effects: [
      ...(happening.effects ?? []),
      { kind: 'close-envoi', outcome: 'answered', code: `flux/${flux}`, detail: null },
      ...(message ? [{ kind: 'keep-message' as const, message }] : []),
      { kind: 'apply-retour', retourId: retour.id, flux, ...mark },
    ],
  });
  if (!change.ok || transmission.flux !== '6-1') return change.ok ? ok([change.value]) : change;
  if (!acte) throw new Error('Annulation sans acte');
  const { actor, evidence, reason } = happening;
  const onActe = changeState(acte, {
    event: eventOnActe(lecture),
    at,
    actor,
    ...(evidence ? { evidence } : {}),
    ...(reason ? { reason } : {}),
  });
  return onActe.ok ? ok([change.value, onActe.value]) : onActe;
}
