import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ce que l'ouverture d'une pièce a montré. Nul : la pièce a été déposée avant qu'on les ouvre. */
export class RemarquesDesPieces1795500000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['pieces', 'reponse_pieces']) {
      await runner.query(`
        ALTER TABLE ${table} ADD COLUMN remarques text[] CONSTRAINT ${table}_remarques_check CHECK (
          remarques <@ ARRAY['octets-avant-le-pdf', 'octets-apres-la-fin', 'table-reconstruite', 'sceau-non-verifie']::text[]);
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['pieces', 'reponse_pieces'])
      await runner.query(`ALTER TABLE ${table} DROP COLUMN remarques;`);
  }
}
