import type { DeliberationId, TravailView } from '@teletransmission/teletransmission';
import { JOBS } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { column } from '../sql/columns';
import { readRows } from '../sql/read-rows';

const TRAVAIL_ROW = z.object({
  job: column.word(JOBS),
  target_id: column.text,
  turn: column.integer,
  created_at: column.instant,
  not_before: column.instant.nullable(),
  published_at: column.instant.nullable(),
});

// L'index de la boîte d'envoi commence par le travail : les nommer tous évite de la parcourir entière.
const TRAVAUX_SQL = `
  SELECT job, target_id, turn, created_at, not_before, published_at FROM outbox
  WHERE job IN ('seal-enveloppe', 'submit-enveloppe', 'reconcile-envoi', 'apply-retour', 'track-publication')
    AND target_id = ANY (ARRAY(
      SELECT $1::uuid
      UNION ALL SELECT id FROM transmissions WHERE deliberation_id = $1
      UNION ALL SELECT r.id FROM retours r JOIN transmissions t ON t.id = r.transmission_id WHERE t.deliberation_id = $1
    ))
  ORDER BY id`;

/** Les travaux que la boîte d'envoi porte encore pour une délibération. */
export async function readTravaux(
  dataSource: DataSource,
  id: DeliberationId,
): Promise<readonly TravailView[]> {
  const rows = await readRows(dataSource, TRAVAIL_ROW, TRAVAUX_SQL, [id]);
  return rows.map((row) => ({
    job: row.job,
    targetId: row.target_id,
    turn: row.turn,
    demandeLe: row.created_at,
    notBefore: row.not_before,
    porteLe: row.published_at,
  }));
}
