import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ce qui a fait son temps se trouve par sa date, sans parcourir le reste. */
export class Retention1795500000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX outbox_portes ON outbox (published_at) WHERE published_at IS NOT NULL;
      CREATE INDEX requetes_date ON requetes (faite_le);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX outbox_portes, requetes_date');
  }
}
