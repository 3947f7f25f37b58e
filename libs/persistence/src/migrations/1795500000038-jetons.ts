import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Un jeton peut expirer, et montre quand il a servi. Une session du bureau vit autant que le jeton qui l'a ouverte : celles d'avant, dont on ne
 * sait lequel, se ferment.
 */
export class Jetons1795500000038 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE jetons ADD COLUMN expire_le timestamptz(3) CHECK (expire_le >= cree_le), ADD COLUMN employe_le timestamptz(3);
      ALTER TABLE sessions ADD COLUMN jeton char(64) REFERENCES jetons;
      CREATE INDEX sessions_jeton ON sessions (jeton);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sessions DROP COLUMN jeton;
      ALTER TABLE jetons DROP COLUMN employe_le, DROP COLUMN expire_le;
    `);
  }
}
