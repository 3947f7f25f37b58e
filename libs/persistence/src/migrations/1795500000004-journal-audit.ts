import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Le journal d'audit, en ajout seul, enchaîné par empreinte : une chaîne par collectivité, et une pour ce qui n'en a pas encore.
 * La base fait la chaîne elle-même : une ligne écrite hors de notre code y entre ou n'existe pas.
 */
export class JournalAudit1795500000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chaines_audit (
        chaine text PRIMARY KEY,
        rang bigint NOT NULL,
        empreinte char(64) NOT NULL
      );
      CREATE TABLE audit_entries (
        chaine text NOT NULL,
        rang bigint NOT NULL,
        collectivite_id uuid REFERENCES collectivites,
        deliberation_id uuid REFERENCES deliberations,
        sujet text NOT NULL CHECK (sujet IN ('transmission', 'publication', 'retour', 'compte', 'collectivite')),
        sujet_id text NOT NULL,
        evenement text NOT NULL,
        etat_avant text,
        etat_apres text,
        instant timestamptz(3) NOT NULL,
        acteur_genre text NOT NULL CHECK (acteur_genre IN ('compte', 'service', 'prefecture', 'horloge')),
        acteur_id uuid,
        acteur_nom text,
        motif text,
        preuve json NOT NULL,
        empreinte_precedente char(64) NOT NULL,
        empreinte char(64) NOT NULL,
        PRIMARY KEY (chaine, rang),
        CONSTRAINT acte_enchaine CHECK (deliberation_id IS NULL OR collectivite_id IS NOT NULL)
      );
      CREATE INDEX audit_entries_deliberation ON audit_entries (deliberation_id, rang);

      CREATE FUNCTION enchainer_audit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (NEW.etat_avant IS NOT NULL OR NEW.etat_apres IS NOT NULL)
          AND NOT (NEW.etat_avant IS NULL AND (NEW.sujet, NEW.evenement, NEW.etat_apres) IN
            (('transmission', 'deposited', 'queued'), ('retour', 'retour-received', 'received')))
          AND NOT EXISTS (SELECT 1 FROM transitions t WHERE t.vie = NEW.sujet
          AND t.etat_avant = NEW.etat_avant AND t.evenement = NEW.evenement AND t.etat_apres = NEW.etat_apres) THEN
          RAISE EXCEPTION 'transition absente de la table : % % % %', NEW.sujet, NEW.etat_avant, NEW.evenement, NEW.etat_apres
            USING ERRCODE = 'check_violation';
        END IF;
        NEW.chaine := coalesce(NEW.collectivite_id::text, 'plateforme');
        INSERT INTO chaines_audit AS c (chaine, rang, empreinte) VALUES (NEW.chaine, 1, repeat('0', 64))
          ON CONFLICT (chaine) DO UPDATE SET rang = c.rang + 1
          RETURNING c.rang, c.empreinte INTO NEW.rang, NEW.empreinte_precedente;
        NEW.empreinte := encode(sha256(convert_to(json_build_array(
          NEW.chaine, NEW.rang::text, to_char(NEW.instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          NEW.sujet, NEW.sujet_id, NEW.deliberation_id::text, NEW.evenement, NEW.etat_avant, NEW.etat_apres,
          NEW.acteur_genre, NEW.acteur_id::text, NEW.acteur_nom, NEW.motif, NEW.preuve::text, NEW.empreinte_precedente
        )::text, 'UTF8')), 'hex');
        UPDATE chaines_audit SET empreinte = NEW.empreinte WHERE chaine = NEW.chaine;
        RETURN NEW;
      END $$;
      CREATE TRIGGER audit_entries_chaine BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION enchainer_audit();

      CREATE FUNCTION refuser_ecriture_audit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'le journal d''audit ne se modifie pas' USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER audit_entries_scellees BEFORE UPDATE OR DELETE ON audit_entries
        FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_audit();
      CREATE TRIGGER audit_entries_gardees BEFORE TRUNCATE ON audit_entries
        FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture_audit();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit_entries, chaines_audit;
      DROP FUNCTION enchainer_audit, refuser_ecriture_audit;
    `);
  }
}
