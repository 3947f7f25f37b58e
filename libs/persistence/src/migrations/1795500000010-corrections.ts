import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Un acte arrêté se corrige : sa transmission est remplacée, celle de la correction naît avec elle, et les deux se connaissent. Un acte
 * peut aussi attendre son heure.
 */
export class Corrections1795500000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO transitions (vie, etat_avant, evenement, etat_apres) VALUES
        ('transmission', 'rejected', 'superseded', 'withdrawn'),
        ('transmission', 'held', 'superseded', 'withdrawn');
      -- Un acte ne se corrige qu'une fois : sa correction se corrige à son tour.
      ALTER TABLE deliberations
        ADD COLUMN corrige_id uuid UNIQUE REFERENCES deliberations CHECK (corrige_id <> id),
        ADD COLUMN pas_avant timestamptz(3) CHECK (pas_avant > deposee_le);
      ALTER TABLE transmissions
        ADD COLUMN corrige_id uuid UNIQUE REFERENCES transmissions CHECK (corrige_id <> id),
        ADD CONSTRAINT transmissions_corrige CHECK (corrige_id IS NULL OR flux = '1-1');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE transmissions DROP COLUMN corrige_id;
      ALTER TABLE deliberations DROP COLUMN pas_avant, DROP COLUMN corrige_id;
      DELETE FROM transitions WHERE vie = 'transmission' AND evenement = 'superseded';
    `);
  }
}
