import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Ce qu'une restauration a trouvé en chemin garde l'instant de l'image d'où il vient : il a pu partir depuis sous un nom perdu avec le
 * reste, et l'absence de son archive en face ne prouve donc rien.
 */
export class ImagesRestaurees1795500000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE transmissions ADD COLUMN image_du timestamptz(3), ADD COLUMN image_cycle int,
        ADD CONSTRAINT image_entiere CHECK ((image_du IS NULL) = (image_cycle IS NULL) AND image_cycle > 0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE transmissions DROP COLUMN image_du, DROP COLUMN image_cycle');
  }
}
