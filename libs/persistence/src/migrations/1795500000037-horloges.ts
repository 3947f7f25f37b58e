import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ce que chaque processus a vu des horloges, la sienne et celle de la base : une heure fausse se signale au lieu de passer dans une date. */
export class Horloges1795500000037 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE horloges (
        processus text PRIMARY KEY,
        vue_le timestamptz(3) NOT NULL,
        ecart_ms bigint NOT NULL,
        recul_le timestamptz(3),
        recul_ms bigint CHECK (recul_ms > 0),
        CONSTRAINT recul_entier CHECK ((recul_le IS NULL) = (recul_ms IS NULL))
      );
      INSERT INTO genres_alerte (genre, gravite) VALUES ('horloge-ecartee', 1), ('horloge-reculee', 1);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM alertes WHERE genre IN ('horloge-ecartee', 'horloge-reculee');
      DELETE FROM genres_alerte WHERE genre IN ('horloge-ecartee', 'horloge-reculee');
      DROP TABLE horloges;
    `);
  }
}
