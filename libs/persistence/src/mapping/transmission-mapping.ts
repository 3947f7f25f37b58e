import type { IdentifiantActe } from '@teletransmission/actes';
import type { CivilDate } from '@teletransmission/kernel';
import type {
  CollectiviteId,
  CorrespondanceId,
  DeliberationId,
  Empreinte,
  Enveloppe,
  EnveloppeId,
  FluxTransmis,
  LiaisonId,
  Transmission,
  TransmissionId,
  TransmissionState,
} from '@teletransmission/teletransmission';
import { fromNullableTimestamp, fromTimestamp } from '../instants';
import type { EnveloppeRow, TransmissionRow } from '../rows/transmission.row';

export function transmissionOf(row: TransmissionRow): Transmission {
  return {
    id: row.id as TransmissionId,
    deliberationId: row.deliberationId as DeliberationId | null,
    collectiviteId: row.collectiviteId as CollectiviteId,
    identifiantActe: row.identifiantActe as IdentifiantActe | null,
    correspondanceId: row.correspondanceId as CorrespondanceId | null,
    corrigeId: row.corrigeId as TransmissionId | null,
    flux: row.flux as FluxTransmis,
    // Le CHECK de la colonne tient la même liste que le type.
    state: row.state as TransmissionState,
    since: fromTimestamp(row.since),
    version: row.version,
    cycle: row.cycle,
    turn: row.turn,
    nextTurnAt: fromNullableTimestamp(row.nextTurnAt),
    notBefore: fromNullableTimestamp(row.pasAvant),
    ackDueAt: fromNullableTimestamp(row.ackDueAt),
    isOverdue: row.isOverdue,
    enveloppeId: row.enveloppeId as EnveloppeId | null,
    liaisonId: row.liaisonId as LiaisonId | null,
    stopReason: row.stopCode === null ? null : { code: row.stopCode, detail: row.stopDetail ?? '' },
    classificationEnvoyee: row.classificationEnvoyee as CivilDate | null,
    teletransmiseLe: fromNullableTimestamp(row.teletransmiseLe),
    dateReception: row.dateReception as CivilDate | null,
    restored:
      row.imageDu === null ? null : { imageDu: fromTimestamp(row.imageDu), cycle: row.imageCycle ?? 0 },
  };
}

/** Les colonnes d'une transmission, dans l'écriture de la base. */
export function transmissionColumns(transmission: Transmission): Readonly<Record<string, unknown>> {
  return {
    id: transmission.id,
    deliberation_id: transmission.deliberationId,
    collectivite_id: transmission.collectiviteId,
    identifiant_acte: transmission.identifiantActe,
    correspondance_id: transmission.correspondanceId,
    corrige_id: transmission.corrigeId,
    flux: transmission.flux,
    state: transmission.state,
    since: transmission.since,
    version: transmission.version,
    cycle: transmission.cycle,
    turn: transmission.turn,
    next_turn_at: transmission.nextTurnAt,
    pas_avant: transmission.notBefore,
    ack_due_at: transmission.ackDueAt,
    is_overdue: transmission.isOverdue,
    enveloppe_id: transmission.enveloppeId,
    liaison_id: transmission.liaisonId,
    stop_code: transmission.stopReason?.code ?? null,
    stop_detail: transmission.stopReason?.detail ?? null,
    classification_envoyee: transmission.classificationEnvoyee,
    teletransmise_le: transmission.teletransmiseLe,
    date_reception: transmission.dateReception,
    image_du: transmission.restored?.imageDu ?? null,
    image_cycle: transmission.restored?.cycle ?? null,
  };
}

export function enveloppeOf(row: EnveloppeRow): Enveloppe {
  return {
    id: row.id as EnveloppeId,
    transmissionId: row.transmissionId as TransmissionId,
    cycle: row.cycle,
    jour: row.jour as CivilDate,
    numero: row.numero,
    archive: archiveOf(row.nomArchive, row.empreinte, row.tailleOctets),
  };
}

/** L'archive d'une enveloppe ; aucune tant qu'elle n'est pas scellée. */
export function archiveOf(
  nom: string | null,
  empreinte: string | null,
  tailleOctets: string | null,
): Enveloppe['archive'] {
  return nom === null || empreinte === null
    ? null
    : { nom, empreinte: empreinte as Empreinte, tailleOctets: Number(tailleOctets) };
}
