import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Un retour est connu par sa source et l'identité qu'elle lui donne, non par ses octets : une anomalie d'enveloppe ne nomme la sienne que
 * par son nom de fichier, et après un nouvel envoi les mêmes octets disent autre chose. Ce qu'ils disent se juge ensuite.
 */
export class IdentiteDesRetours1795500000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE retours ADD COLUMN source text NOT NULL DEFAULT 'directe';
      ALTER TABLE retours DROP CONSTRAINT retours_empreinte_key;
      ALTER TABLE retours ADD CONSTRAINT retours_remise UNIQUE (source, source_id, nom, empreinte);
      DROP INDEX retours_source;
      -- Les documents se cherchent toujours par leur empreinte.
      CREATE INDEX retours_empreinte ON retours (empreinte);
    `);
  }

  /** Deux retours de mêmes octets ne tiennent pas dans l'ancienne table : il faut alors choisir avant de revenir. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX retours_empreinte;
      CREATE INDEX retours_source ON retours (source_id);
      ALTER TABLE retours DROP CONSTRAINT retours_remise;
      ALTER TABLE retours ADD CONSTRAINT retours_empreinte_key UNIQUE (empreinte);
      ALTER TABLE retours DROP COLUMN source;
    `);
  }
}
