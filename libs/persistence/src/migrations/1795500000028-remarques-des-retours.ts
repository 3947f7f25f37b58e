import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ce qu'un retour enfreint du schéma, et ce qu'il a fallu d'indulgence pour le lire, se garde avec lui : borné, et montré. */
export class RemarquesDesRetours1795500000028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE retours ADD COLUMN remarques jsonb NOT NULL DEFAULT '[]'
        CONSTRAINT remarques_bornees CHECK (
          jsonb_typeof(remarques) = 'array' AND jsonb_array_length(remarques) <= 60 AND octet_length(remarques::text) <= 262144);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE retours DROP COLUMN remarques');
  }
}
