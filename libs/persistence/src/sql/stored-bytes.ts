import type { CollectiviteId } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { column } from './columns';
import { readRows } from './read-rows';

const STORED_ROW = z.object({ collectivite_id: column.id<CollectiviteId>(), octets: column.bigint });

/** Ce que pèsent les documents déposés de chacune de ces collectivités, signatures comprises, en octets ; zéro n'y est pas. */
export async function storedBytesOf(
  dataSource: DataSource,
  ids: readonly CollectiviteId[],
): Promise<ReadonlyMap<CollectiviteId, number>> {
  const rows = await readRows(
    dataSource,
    STORED_ROW,
    `SELECT d.collectivite_id, sum(p.taille_octets + coalesce(p.signature_octets, 0)) AS octets
      FROM pieces p JOIN deliberations d ON d.id = p.deliberation_id
      WHERE d.collectivite_id = ANY($1::uuid[]) GROUP BY d.collectivite_id`,
    [ids],
  );
  return new Map(rows.map(({ collectivite_id: id, octets }) => [id, octets]));
}
