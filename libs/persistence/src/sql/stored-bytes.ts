import type { CollectiviteId } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';

/** Ce que pèsent les documents déposés de chacune de ces collectivités, signatures comprises, en octets ; zéro n'y est pas. */
export async function storedBytesOf(
  dataSource: DataSource,
  ids: readonly CollectiviteId[],
): Promise<ReadonlyMap<CollectiviteId, number>> {
  const rows: { collectivite_id: CollectiviteId; octets: string }[] = await dataSource.query(
    `SELECT d.collectivite_id, sum(p.taille_octets + coalesce(p.signature_octets, 0)) AS octets
      FROM pieces p JOIN deliberations d ON d.id = p.deliberation_id
      WHERE d.collectivite_id = ANY($1::uuid[]) GROUP BY d.collectivite_id`,
    [ids],
  );
  return new Map(rows.map(({ collectivite_id: id, octets }) => [id, Number(octets)]));
}
