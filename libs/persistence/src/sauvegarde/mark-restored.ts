import { SETTLED_STATES } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import type { Manifest } from './manifest';

/**
 * Marque de l'image restaurée tout ce qu'elle porte d'inachevé, retenus et refusés compris : ils ont pu être remis en file depuis. Ce
 * n'est pas un changement d'état, et le déclencheur de la table, qui n'admet qu'eux, se suspend le temps de l'écrire. Refaite, elle ne
 * change rien.
 */
export async function markRestored(
  dataSource: DataSource,
  { imageDu }: Pick<Manifest, 'imageDu'>,
): Promise<void> {
  await dataSource.transaction(async (manager) => {
    await manager.query('SET LOCAL statement_timeout = 0');
    await manager.query('ALTER TABLE transmissions DISABLE TRIGGER USER');
    await manager.query(
      'UPDATE transmissions SET image_du = $1, image_cycle = cycle WHERE state <> ALL($2) AND image_du IS DISTINCT FROM $1',
      // Ce dont l'histoire est finie : rien de ce que le service a pu en faire depuis ne changerait un envoi.
      [imageDu, SETTLED_STATES],
    );
    await manager.query('ALTER TABLE transmissions ENABLE TRIGGER USER');
  });
}
