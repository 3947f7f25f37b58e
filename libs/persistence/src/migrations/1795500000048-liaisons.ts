import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Une passerelle devient des liaisons : des lignes, et chaque collectivité y est reliée à une seule à la fois, par dates. La passerelle
 * d'avant est la première, « directe » ; toute collectivité déjà inscrite y est reliée depuis toujours, et une nouvelle reçoit celle par
 * défaut à son inscription.
 *
 * Deux rattachements de la même collectivité ne se recouvrent jamais : la base l'exclut. Un index GiST ne sait pas comparer deux uuid sans
 * l'extension `btree_gist`, que toute installation n'a pas ; il sait comparer deux étendues, et un uuid est l'étendue de lui-même à lui-même.
 */
export class Liaisons1795500000048 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE liaisons (
        id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{0,31}$'),
        genre text NOT NULL CHECK (genre IN ('directe')),
        nom text NOT NULL,
        compte text,
        prend text NOT NULL CHECK (prend IN ('archive', 'pieces')),
        releve text NOT NULL CHECK (releve IN ('boite', 'transaction')),
        prouve_absence boolean NOT NULL,
        accuse_lettres boolean NOT NULL,
        brule_numeros boolean NOT NULL,
        regles jsonb NOT NULL CHECK (jsonb_typeof(regles) = 'object'),
        reglages jsonb NOT NULL CHECK (jsonb_typeof(reglages) = 'object'),
        etat text NOT NULL CHECK (etat IN ('ouverte', 'fermee')),
        par_defaut boolean NOT NULL,
        CONSTRAINT par_defaut_ouverte CHECK (NOT par_defaut OR etat = 'ouverte')
      );
      CREATE UNIQUE INDEX liaisons_une_par_defaut ON liaisons (par_defaut) WHERE par_defaut;
      INSERT INTO liaisons (id, genre, nom, prend, releve, prouve_absence, accuse_lettres, brule_numeros, regles, reglages, etat, par_defaut)
        VALUES ('directe', 'directe', 'Liaison directe', 'archive', 'boite', true, false, false,
          '{"sansTiret":false,"objetMax":null,"latin1":false,"fichiersMax":null}', '{"url":null,"sondagePeriodeMs":null}', 'ouverte', true);

      CREATE TYPE etendue_uuid AS RANGE (subtype = uuid);
      CREATE TABLE rattachements (
        collectivite_id uuid NOT NULL REFERENCES collectivites,
        liaison_id text NOT NULL REFERENCES liaisons,
        depuis timestamptz(3) NOT NULL DEFAULT '-infinity',
        jusqua timestamptz(3) NOT NULL DEFAULT 'infinity',
        PRIMARY KEY (collectivite_id, depuis),
        CONSTRAINT rattachement_dure CHECK (depuis < jusqua),
        CONSTRAINT un_seul_rattachement EXCLUDE USING gist (
          etendue_uuid(collectivite_id, collectivite_id, '[]') WITH &&, tstzrange(depuis, jusqua) WITH &&)
      );
      CREATE INDEX rattachements_liaison ON rattachements (liaison_id);
      INSERT INTO rattachements (collectivite_id, liaison_id) SELECT id, 'directe' FROM collectivites;

      CREATE FUNCTION collectivite_reliee() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO rattachements (collectivite_id, liaison_id) SELECT NEW.id, id FROM liaisons WHERE par_defaut;
        RETURN NULL;
      END $$;
      CREATE TRIGGER collectivites_reliees AFTER INSERT ON collectivites
        FOR EACH ROW EXECUTE FUNCTION collectivite_reliee();

      -- Le mot s'ajoute à la liste telle qu'elle est : une autre migration a pu y mettre les siens.
      DO $ajout$
      DECLARE mots text;
      BEGIN
        SELECT string_agg(DISTINCT quote_literal(m[1]), ', ') INTO mots FROM pg_constraint,
          regexp_matches(pg_get_constraintdef(oid), '''([^'']+)''', 'g') AS m
          WHERE conrelid = 'audit_entries'::regclass AND conname = 'audit_entries_sujet_check';
        ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_sujet_check;
        EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_sujet_check CHECK (sujet IN (' || mots || ', ''liaison''))';
      END $ajout$;
    `);
  }

  /** Le journal garde ce qu'il a dit d'une liaison : on ne revient en arrière que s'il n'en a rien dit. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $retrait$
      DECLARE mots text;
      BEGIN
        SELECT string_agg(DISTINCT quote_literal(m[1]), ', ') INTO mots FROM pg_constraint,
          regexp_matches(pg_get_constraintdef(oid), '''([^'']+)''', 'g') AS m
          WHERE conrelid = 'audit_entries'::regclass AND conname = 'audit_entries_sujet_check' AND m[1] <> 'liaison';
        ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_sujet_check;
        EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_sujet_check CHECK (sujet IN (' || mots || '))';
      END $retrait$;
      DROP TRIGGER collectivites_reliees ON collectivites;
      DROP FUNCTION collectivite_reliee;
      DROP TABLE rattachements;
      DROP TYPE etendue_uuid;
      DROP TABLE liaisons;
    `);
  }
}
