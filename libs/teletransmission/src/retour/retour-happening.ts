import type { LectureXml } from '@teletransmission/actes';
import { FLUX } from '@teletransmission/actes';
import type { CivilDate, Instant, Result } from '@teletransmission/kernel';
import { civilDateAt, EUROPE_PARIS, ok, refuse } from '@teletransmission/kernel';
import type { Evidence } from '../audit/audit-entry';
import type { Classification } from '../classification/classification';
import { departureOf } from '../transmission/restored';
import type { TransmissionHappening } from '../transmission/state-change';
import { turnAfter } from '../transmission/turn-after';
import type { Transmission } from '../transmission/transmission';
import type { TransmissionEvent } from '../vies/transmission-transitions';
import type { Anomalie } from './anomalie';
import { isAnomalie, stopReasonOf } from './anomalie';
import type { Retour } from './retour';
import type { OpenedEnvoi } from '../transmission/envoi';

/** Les messages qui portent une date de réception. */
const ACCUSES = ['1-2', '3-5', '4-5', '6-2'] as const;

type Accuse = Extract<LectureXml, { type: (typeof ACCUSES)[number] }>;

function isAccuse(lecture: LectureXml): lecture is Accuse {
  return ACCUSES.some((flux) => flux === lecture.type);
}

/** La date d'un accusé, quand ce message en est un. */
export function dateOfAccuse(lecture: LectureXml): CivilDate | undefined {
  return isAccuse(lecture) ? lecture.message.dateReception : undefined;
}

/** Ce qui a été reçu à la place d'une date d'accusé, quand ce n'en est pas une. */
export function dateBruteOf(lecture: LectureXml): string | undefined {
  return isAccuse(lecture) ? lecture.message.dateReceptionBrute : undefined;
}

/** Ce que la préfecture dit de sa nomenclature en répondant à un acte. */
export function classificationEnCours(lecture: LectureXml): CivilDate | undefined {
  return lecture.type === '1-2' || lecture.type === '1-3'
    ? lecture.message.classificationDateVersionEnCours
    : undefined;
}

/**
 * Ce qu'un message de la préfecture fait arriver à une transmission.
 * @returns le refus `retour/date-missing` pour un accusé ou une nomenclature sans date lisible, `retour/flux-unexpected` pour un
 * message qui ne répond pas à cet envoi.
 */
export function happeningOfRetour(
  retour: Retour,
  transmission: Transmission,
  lecture: LectureXml,
  sent: OpenedEnvoi | null,
  at: Instant,
): Result<TransmissionHappening> {
  const proof = {
    retour: retour.nom,
    empreinteRetour: retour.empreinte,
    ...(retour.rattacheA === transmission.id ? { rattacheParMain: true } : {}),
  };
  if (isAnomalie(lecture)) return anomalie(lecture, proof, at);
  const { closPar } = FLUX[transmission.flux];
  if (!closPar.some((flux) => flux === lecture.type)) {
    return refuse({
      code: 'retour/flux-unexpected',
      detail: `Un message ${lecture.type} ne répond pas à un envoi ${transmission.flux}.`,
    });
  }
  if (lecture.type === '7-2' || lecture.type === '7-3')
    return classification(transmission, lecture, proof, at);
  return accuse(transmission, dateOfAccuse(lecture), sent, proof, at);
}

/** Ce que la réponse à une annulation fait à l'acte qu'elle visait. */
export function eventOnActe(lecture: LectureXml): TransmissionEvent {
  return lecture.type === '6-2' ? 'ar-annulation-received' : 'annulation-refused';
}

type Proof = Evidence;

function undated(what: string): Result<never> {
  return refuse({ code: 'retour/date-missing', detail: `${what} ne porte pas de date lisible.` });
}

function accuse(
  transmission: Transmission,
  dateReception: CivilDate | undefined,
  sent: OpenedEnvoi | null,
  proof: Proof,
  at: Instant,
): Result<TransmissionHappening> {
  if (!dateReception) return undated('Cet accusé');
  return ok({
    event: 'ar-received',
    at,
    actor: { kind: 'prefecture' },
    evidence: { ...proof, dateReception },
    patch: closed(transmission, dateReception, sent),
  });
}

function closed(
  transmission: Transmission,
  dateReception: CivilDate,
  sent: OpenedEnvoi | null,
): NonNullable<TransmissionHappening['patch']> {
  return {
    dateReception,
    teletransmiseLe:
      transmission.teletransmiseLe ?? departureOf(transmission, sent?.ouvertLe ?? transmission.since),
    // L'enveloppe accusée est celle qui est partie, non celle d'un renvoi qui n'aura pas lieu.
    ...(sent ? { enveloppeId: sent.enveloppeId } : {}),
    nextTurnAt: null,
    isOverdue: false,
    ackDueAt: null,
    stopReason: null,
  };
}

/** 7-2 apporte une nomenclature entière, 7-3 dit que la nôtre est la bonne : les deux closent la demande. */
function classification(
  transmission: Transmission,
  lecture: Extract<LectureXml, { type: '7-2' | '7-3' }>,
  proof: Proof,
  at: Instant,
): Result<TransmissionHappening> {
  const { dateClassification } = lecture.message;
  if (!dateClassification) return undated('Cette nomenclature');
  const { collectiviteId } = transmission;
  const received: Classification | null =
    lecture.type === '7-2'
      ? {
          collectiviteId,
          dateVersion: dateClassification,
          natures: lecture.message.natures,
          matieres: lecture.message.matieres,
          recueLe: at,
        }
      : null;
  return ok({
    event: 'ar-received',
    at,
    actor: { kind: 'prefecture' },
    evidence: { ...proof, flux: lecture.type, dateClassification },
    // Une nomenclature n'a pas de date de réception : celle de son arrivée en tient lieu.
    patch: closed(transmission, civilDateAt(at, EUROPE_PARIS), null),
    effects: received ? [{ kind: 'store-classification', classification: received }] : [],
    outbox: received
      ? [
          {
            job: 'resubmit-outdated',
            // La demande, non la collectivité : les versions des demandes se ressemblent, et la suivante passerait pour déjà faite.
            targetId: transmission.id,
            turn: turnAfter(transmission),
            notBefore: null,
          },
        ]
      : [],
  });
}

function anomalie(lecture: Anomalie, proof: Proof, at: Instant): Result<TransmissionHappening> {
  const { nature, detail } = lecture.message;
  const stopReason = stopReasonOf(lecture);
  return ok({
    event: 'anomalie-received',
    at,
    actor: { kind: 'prefecture' },
    reason: detail || stopReason.detail,
    evidence: { ...proof, nature, detail },
    patch: { stopReason, isOverdue: false, ackDueAt: null },
  });
}
