import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * L'autre bout de la liaison, par département : ses réglages, son disjoncteur, et les départs accordés sans Redis. Le réglage et le
 * disjoncteur sont deux lignes : une personne change l'un, les travailleurs l'autre, sans se gêner.
 */
export class Prefectures1795500000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE prefectures (
        departement char(3) PRIMARY KEY CHECK (departement ~ '^[0-9]{2}[0-9AB]$'),
        fuseau text NOT NULL,
        actes_par_heure int CHECK (actes_par_heure > 0),
        octets_par_heure bigint CHECK (octets_par_heure > 0),
        fenetres jsonb NOT NULL CHECK (jsonb_typeof(fenetres) = 'array'),
        interruptions jsonb NOT NULL CHECK (jsonb_typeof(interruptions) = 'array'),
        pause_depuis timestamptz(3),
        pause_motif text,
        version int NOT NULL CHECK (version > 0),
        CONSTRAINT pause_motivee CHECK ((pause_depuis IS NULL) = (pause_motif IS NULL))
      );
      CREATE TABLE disjoncteurs (
        departement char(3) PRIMARY KEY CHECK (departement ~ '^[0-9]{2}[0-9AB]$'),
        state text NOT NULL CHECK (state IN ('closed', 'open', 'half-open')),
        failed text[] NOT NULL,
        first_failure_at timestamptz(3),
        openings int NOT NULL CHECK (openings >= 0),
        probe_at timestamptz(3),
        waiting int NOT NULL CHECK (waiting >= 0),
        code text,
        detail text,
        change_le timestamptz(3) NOT NULL,
        CONSTRAINT sonde_datee CHECK ((state = 'closed') = (probe_at IS NULL))
      );
      CREATE TABLE departs (
        departement char(3) NOT NULL,
        transmission_id uuid NOT NULL REFERENCES transmissions,
        tour text NOT NULL,
        siren char(9) NOT NULL,
        octets bigint NOT NULL CHECK (octets >= 0),
        accorde_le timestamptz(3) NOT NULL,
        PRIMARY KEY (transmission_id, tour)
      );
      CREATE INDEX departs_heure ON departs (departement, accorde_le);
      CREATE INDEX envois_heure ON envois (ouvert_le);
      CREATE INDEX collectivites_departement ON collectivites (departement);
      CREATE INDEX transmissions_portillon ON transmissions (collectivite_id, stop_code) WHERE state = 'sealed';
      INSERT INTO transitions (vie, etat_avant, evenement, etat_apres) VALUES
        ('transmission', 'sealed', 'departure-postponed', 'sealed');
      -- Le mot s'ajoute à la liste telle qu'elle est : une autre migration a pu y mettre les siens.
      DO $ajout$
      DECLARE mots text;
      BEGIN
        SELECT string_agg(DISTINCT quote_literal(m[1]), ', ') INTO mots FROM pg_constraint,
          regexp_matches(pg_get_constraintdef(oid), '''([^'']+)''', 'g') AS m
          WHERE conrelid = 'audit_entries'::regclass AND conname = 'audit_entries_sujet_check';
        ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_sujet_check;
        EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_sujet_check CHECK (sujet IN (' || mots || ', ''prefecture''))';
      END $ajout$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_sujet_check;
      ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_sujet_check
        CHECK (sujet IN ('transmission', 'publication', 'retour', 'correspondance', 'compte', 'collectivite'));
      DELETE FROM transitions WHERE vie = 'transmission' AND evenement = 'departure-postponed';
      DROP INDEX transmissions_portillon, collectivites_departement, envois_heure;
      DROP TABLE departs, disjoncteurs, prefectures;
    `);
  }
}
