import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Le service écrit au journal sans pouvoir écrire ses têtes : la fonction qui enchaîne tient ses droits du propriétaire, cherche ses noms là où
 * elle le dit, et personne d'autre ne peut la poser sur une table à lui. Les droits du rôle lui-même se donnent hors des migrations
 * (`admitServiceRole`) : son nom est un réglage.
 */
export class Roles1795500000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER FUNCTION enchainer_audit() SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
      REVOKE ALL ON FUNCTION enchainer_audit() FROM PUBLIC;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      GRANT EXECUTE ON FUNCTION enchainer_audit() TO PUBLIC;
      ALTER FUNCTION enchainer_audit() SECURITY INVOKER RESET search_path;
    `);
  }
}
