import type { CollectiviteId, EnvoisNonPris } from '@teletransmission/teletransmission';
import { DEPARTURE_WAIT_CODES } from '@teletransmission/teletransmission';
import type { Instant } from '@teletransmission/kernel';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { column } from './columns';
import { guichetSql } from './guichet-sql';
import { readRows } from './read-rows';

const NON_PRIS_ROW = z.object({
  departement: column.text,
  nombre: column.integer,
  depuis: column.instant,
  raison: column.text.nullable(),
  cause: z.enum(['totale', 'partielle', 'suspension']),
});

/** Ce qui attend son heure ou son tour partira : ce n'est pas une préfecture qui refuse de prendre. */
const ORDINARY = DEPARTURE_WAIT_CODES.filter(
  (code) => code !== 'prefecture/circuit-open' && code !== 'prefecture/paused',
)
  .map((code) => `'${code}'`)
  .join(', ');

/**
 * Les actes sous enveloppe que leur préfecture ne prend pas, ou vers qui les envois sont suspendus. Le silence se compte du premier envoi
 * manqué : chaque nouvel essai rajeunit l'état, jamais cette date. `$1` : une collectivité, ou toutes ; `$2` : depuis au plus tard.
 */
const SQL = `
  WITH attente AS (
    SELECT t.liaison_id, c.departement, t.since, t.stop_code = 'prefecture/paused' AS suspendu,
      CASE WHEN t.stop_code = 'prefecture/paused' THEN greatest(t.since, p.pause_depuis)
        ELSE coalesce((SELECT min(v.ouvert_le) FROM envois v
          WHERE v.transmission_id = t.id AND v.enveloppe_id = t.enveloppe_id AND v.outcome = 'deferred'), d.first_failure_at, t.since)
        END AS depuis,
      CASE WHEN t.stop_code = 'prefecture/paused' THEN p.pause_motif WHEN t.stop_code <> 'prefecture/circuit-open' THEN t.stop_detail
        END AS raison,
      CASE WHEN t.stop_code <> 'prefecture/paused' THEN d.detail END AS liaison
    FROM transmissions t JOIN collectivites c ON c.id = t.collectivite_id
      LEFT JOIN prefectures p ON p.liaison_id = t.liaison_id AND p.departement = c.departement
      LEFT JOIN disjoncteurs d ON d.liaison_id = t.liaison_id AND d.departement = c.departement AND d.state <> 'closed'
    WHERE t.state = 'sealed' AND t.flux <> '7-1' AND t.stop_code NOT IN (${ORDINARY})
      AND ($1::uuid IS NULL OR t.collectivite_id = $1)
  ), groupe AS (
    SELECT liaison_id, departement, suspendu, count(*)::int AS nombre, min(depuis) AS depuis,
      coalesce(max(liaison), (array_agg(raison ORDER BY since DESC) FILTER (WHERE raison IS NOT NULL))[1]) AS raison
    FROM attente GROUP BY liaison_id, departement, suspendu
  )
  SELECT ${guichetSql('liaison_id', 'departement')} AS departement, nombre, depuis, raison, CASE WHEN suspendu THEN 'suspension'
      WHEN EXISTS (SELECT 1 FROM envois v JOIN collectivites c ON c.id = v.collectivite_id
        WHERE v.ouvert_le >= groupe.depuis AND v.liaison_id = groupe.liaison_id AND c.departement = groupe.departement AND v.outcome IN ('accepted', 'found', 'answered'))
      THEN 'partielle' ELSE 'totale' END AS cause
    FROM groupe WHERE depuis <= $2 ORDER BY groupe.departement, liaison_id, suspendu`;

/** Lit ce que les préfectures ne prennent pas, depuis `before` ou plus longtemps. */
export async function readEnvoisNonPris(
  dataSource: DataSource,
  collectiviteId: CollectiviteId | null,
  before: Instant,
): Promise<readonly EnvoisNonPris[]> {
  const rows = await readRows(dataSource, NON_PRIS_ROW, SQL, [collectiviteId, before]);
  return rows.map(({ departement, nombre, depuis, raison, cause }) => ({
    departement,
    nombre,
    depuis,
    raison: raison ?? '',
    cause,
  }));
}
