import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Le dernier rang donné à chaque collectivité dans chaque file : le relais y prend le suivant, et deux collectivités alternent. Ce n'est
 * qu'un ordre de passage : la table se vide avec la file.
 */
export class RangsDeFile1795500000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rangs_de_file (
        job text NOT NULL,
        collectivite_id uuid NOT NULL REFERENCES collectivites ON DELETE CASCADE,
        rang bigint NOT NULL CHECK (rang > 0),
        PRIMARY KEY (job, collectivite_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rangs_de_file');
  }
}
