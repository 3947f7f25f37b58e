import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Une transmission peut aussi porter l'annulation d'un acte : elle a son flux, ses enveloppes, ses envois, comme l'acte. */
export class Annulations1795500000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE transmissions ADD COLUMN flux text NOT NULL DEFAULT '1-1' CHECK (flux IN ('1-1', '6-1'));
      ALTER TABLE transmissions ALTER COLUMN flux DROP DEFAULT;
      DROP INDEX transmissions_vivante;
      CREATE UNIQUE INDEX transmissions_vivante ON transmissions (identifiant_acte)
        WHERE flux = '1-1' AND state NOT IN ('cancelled', 'withdrawn');
      CREATE UNIQUE INDEX transmissions_annulation_ouverte ON transmissions (identifiant_acte)
        WHERE flux = '6-1' AND state NOT IN ('acknowledged', 'withdrawn');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX transmissions_annulation_ouverte;
      DROP INDEX transmissions_vivante;
      DELETE FROM transmissions WHERE flux = '6-1';
      ALTER TABLE transmissions DROP COLUMN flux;
      CREATE UNIQUE INDEX transmissions_vivante ON transmissions (identifiant_acte) WHERE state NOT IN ('cancelled', 'withdrawn');
    `);
  }
}
