import type { IdentifiantActe, NatureAbregee, NumeroInterne } from '@teletransmission/actes';
import type { CivilDate } from '@teletransmission/kernel';
import type {
  CollectiviteId,
  CompteId,
  Deliberation,
  DeliberationId,
} from '@teletransmission/teletransmission';
import { fromNullableTimestamp, fromTimestamp } from '../instants';
import type { DeliberationRow, PieceRow } from '../rows/deliberation.row';
import { pieceOf } from './piece-mapping';

/** Une délibération et ses pièces, dans leur ordre. */
export function deliberationOf(row: DeliberationRow, pieces: readonly PieceRow[]): Deliberation {
  return {
    id: row.id as DeliberationId,
    collectiviteId: row.collectiviteId as CollectiviteId,
    identifiantActe: row.identifiantActe as IdentifiantActe,
    numeroInterne: row.numeroInterne as NumeroInterne,
    nature: row.nature as NatureAbregee,
    dateDecision: row.dateDecision as CivilDate,
    objet: row.objet,
    matiere: row.matiere,
    vote: {
      votants: row.votants,
      pour: row.pour,
      contre: row.contre,
      abstentions: row.abstentions,
      blancs: row.blancs,
      nuls: row.nuls,
      voixPreponderante: row.voixPreponderante,
    },
    pieces: pieces.map(pieceOf),
    deposeeLe: fromTimestamp(row.deposeeLe),
    deposeePar: row.deposeePar as CompteId,
    corrigeId: row.corrigeId as DeliberationId | null,
    pasAvant: fromNullableTimestamp(row.pasAvant),
  };
}
