import type { DataSource } from 'typeorm';

/**
 * Vérifie que la base se laisse écrire, disque compris : une table d'un instant, propre à la session, une ligne, et plus rien. Une lecture
 * réussirait encore sur une réplique, sous `default_transaction_read_only`, ou disque plein.
 * @throws l'erreur de PostgreSQL, avec son SQLSTATE pour `code`.
 */
export async function checkWritable(dataSource: DataSource): Promise<void> {
  // Un seul envoi est une seule transaction : la table part avec elle, et aucun autre ne la voit.
  await dataSource.query(
    `CREATE TEMP TABLE sonde_d_ecriture (octets text) ON COMMIT DROP;
      INSERT INTO sonde_d_ecriture VALUES (repeat('x', 1000));`,
  );
}
