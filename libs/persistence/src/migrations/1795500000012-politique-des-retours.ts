import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Un accusé l'emporte sur une anomalie, une retenue, une remise en file ; un retour se relit et se rattache à la main. */
export class PolitiqueDesRetours1795500000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO transitions (vie, etat_avant, evenement, etat_apres) VALUES
        ('transmission', 'queued', 'ar-received', 'acknowledged'),
        ('transmission', 'sealed', 'ar-received', 'acknowledged'),
        ('transmission', 'rejected', 'ar-received', 'acknowledged'),
        ('transmission', 'held', 'ar-received', 'acknowledged'),
        ('transmission', 'acknowledged', 'ar-annulation-received', 'cancelled');

      -- Une source peut redonner d'autres octets sous la même identité : c'est un autre retour, qu'on garde aussi.
      ALTER TABLE retours DROP CONSTRAINT retours_source_id_key;
      CREATE INDEX retours_source ON retours (source_id);
      ALTER TABLE retours ADD COLUMN lecture int NOT NULL DEFAULT 1 CHECK (lecture > 0);
      ALTER TABLE retours ADD COLUMN rattache_a uuid REFERENCES transmissions;
    `);
  }

  /** Deux retours d'une même source ne tiennent pas dans l'ancienne table : il faut alors choisir avant de revenir. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE retours DROP COLUMN rattache_a, DROP COLUMN lecture;
      DROP INDEX retours_source;
      ALTER TABLE retours ADD CONSTRAINT retours_source_id_key UNIQUE (source_id);
      DELETE FROM transitions WHERE vie = 'transmission' AND (
        (evenement = 'ar-received' AND etat_avant IN ('queued', 'sealed', 'rejected', 'held'))
        OR (evenement = 'ar-annulation-received' AND etat_avant = 'acknowledged'));
    `);
  }
}
