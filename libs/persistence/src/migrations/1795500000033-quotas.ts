import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ce que les documents d'une collectivité pèsent au plus ; absent : rien ne la limite. */
export class Quotas1795500000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE collectivites ADD COLUMN quota_octets bigint CONSTRAINT quota_positif CHECK (quota_octets > 0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE collectivites DROP COLUMN quota_octets');
  }
}
