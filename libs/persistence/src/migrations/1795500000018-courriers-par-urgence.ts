import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * L'ordre d'urgence des lettres, rangé en base : une page de la salle des courriers se lit dans l'index, à son rang, sans rien trier.
 * Les lettres qui attendent vont par échéance, les autres de la plus récente à la plus ancienne.
 */
export class CourriersParUrgence1795500000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE correspondances ADD COLUMN rang_urgence smallint GENERATED ALWAYS AS (
        CASE state WHEN 'received' THEN 0 WHEN 'answering' THEN 1 WHEN 'noted' THEN 2 ELSE 3 END) STORED;
      ALTER TABLE correspondances ADD COLUMN jour_urgence int GENERATED ALWAYS AS (
        CASE WHEN state IN ('received', 'answering') THEN coalesce(echeance - date '2000-01-01', 1000000)
          ELSE date '2000-01-01' - (recue_le AT TIME ZONE 'UTC')::date END) STORED;
      CREATE INDEX correspondances_urgence ON correspondances (rang_urgence, jour_urgence, id);
      CREATE INDEX correspondances_urgence_collectivite ON correspondances (collectivite_id, rang_urgence, jour_urgence, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE correspondances DROP COLUMN jour_urgence, DROP COLUMN rang_urgence');
  }
}
