import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Une préfecture qui ne prend plus les envois se signale, une alerte pour tous les actes qu'elle fait attendre. */
export class EnvoisNonPris1795500000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO genres_alerte (genre, gravite) VALUES ('envois-non-pris', 1);
      -- Le mot s'ajoute à la liste telle qu'elle est : une autre migration a pu y mettre les siens.
      DO $ajout$
      DECLARE mots text;
      BEGIN
        SELECT string_agg(DISTINCT quote_literal(m[1]), ', ') INTO mots FROM pg_constraint,
          regexp_matches(pg_get_constraintdef(oid), '''([^'']+)''', 'g') AS m
          WHERE conrelid = 'alertes'::regclass AND conname = 'alertes_sujet_check';
        ALTER TABLE alertes DROP CONSTRAINT alertes_sujet_check;
        EXECUTE 'ALTER TABLE alertes ADD CONSTRAINT alertes_sujet_check CHECK (sujet IN (' || mots || ', ''prefecture''))';
      END $ajout$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM alertes WHERE sujet = 'prefecture';
      DELETE FROM genres_alerte WHERE genre = 'envois-non-pris';
      DO $retrait$
      DECLARE mots text;
      BEGIN
        SELECT string_agg(DISTINCT quote_literal(m[1]), ', ') INTO mots FROM pg_constraint,
          regexp_matches(pg_get_constraintdef(oid), '''([^'']+)''', 'g') AS m
          WHERE conrelid = 'alertes'::regclass AND conname = 'alertes_sujet_check' AND m[1] <> 'prefecture';
        ALTER TABLE alertes DROP CONSTRAINT alertes_sujet_check;
        EXECUTE 'ALTER TABLE alertes ADD CONSTRAINT alertes_sujet_check CHECK (sujet IN (' || mots || '))';
      END $retrait$;
    `);
  }
}
