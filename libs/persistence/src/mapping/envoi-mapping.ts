import type { EnveloppeId, OpenedEnvoi } from '@teletransmission/teletransmission';
import { fromTimestamp } from '../instants';

/** Le dernier envoi d'une transmission, tel que `lastEnvoiSql` le rend. */
export interface LastEnvoiRow {
  readonly enveloppe_id: string;
  readonly ouvert_le: Date;
  readonly premier: Date;
}

/** Le dernier envoi de cette transmission, et l'ouverture du premier. @param transmission une colonne ou un paramètre. */
export function lastEnvoiSql(transmission: string): string {
  return `SELECT enveloppe_id, ouvert_le, min(ouvert_le) OVER () AS premier FROM envois
    WHERE transmission_id = ${transmission} ORDER BY jeton DESC LIMIT 1`;
}

export function openedEnvoiOf(row: LastEnvoiRow): OpenedEnvoi {
  return {
    enveloppeId: row.enveloppe_id as EnveloppeId,
    ouvertLe: fromTimestamp(row.ouvert_le),
    premierOuvertLe: fromTimestamp(row.premier),
  };
}
