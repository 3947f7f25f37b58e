import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Les lettres de la préfecture et nos réponses : chaque réponse est une transmission, chaque lettre a sa petite vie. */
export class Correspondances1795500000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO transitions (vie, etat_avant, evenement, etat_apres) VALUES
        ('transmission', 'sending', 'envoi-delivered', 'delivered'),
        ('transmission', 'uncertain', 'envoi-delivered', 'delivered'),
        ('transmission', 'delivered', 'anomalie-received', 'rejected'),
        ('correspondance', 'received', 'answer-deposited', 'answering'),
        ('correspondance', 'answering', 'answer-delivered', 'answered'),
        ('correspondance', 'answering', 'answer-acknowledged', 'answered'),
        ('correspondance', 'answering', 'answer-failed', 'received');
      ALTER TABLE transmissions DROP CONSTRAINT transmissions_state_check;
      ALTER TABLE transmissions ADD CONSTRAINT transmissions_state_check CHECK (state IN ('queued', 'sealed', 'sending', 'uncertain',
        'awaiting-ack', 'delivered', 'acknowledged', 'rejected', 'held', 'cancelling', 'cancelled', 'withdrawn'));
      ALTER TABLE transmissions DROP CONSTRAINT transmissions_flux_check;
      ALTER TABLE transmissions ADD CONSTRAINT transmissions_flux_check
        CHECK (flux IN ('1-1', '2-2', '3-2', '3-3', '3-4', '4-2', '4-3', '4-4', '6-1', '7-1'));
      ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_sujet_check;
      ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_sujet_check
        CHECK (sujet IN ('transmission', 'publication', 'retour', 'correspondance', 'compte', 'collectivite'));

      -- Les naissances aussi sont une table : une vie nouvelle s'y inscrit sans toucher à la chaîne.
      CREATE TABLE naissances (vie text NOT NULL, evenement text NOT NULL, etat text NOT NULL, PRIMARY KEY (vie, evenement, etat));
      INSERT INTO naissances (vie, evenement, etat) VALUES
        ('transmission', 'deposited', 'queued'),
        ('retour', 'retour-received', 'received'),
        ('correspondance', 'courrier-received', 'received'),
        ('correspondance', 'courrier-received', 'noted');
      CREATE OR REPLACE FUNCTION enchainer_audit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (NEW.etat_avant IS NOT NULL OR NEW.etat_apres IS NOT NULL)
          AND NOT (NEW.etat_avant IS NULL AND EXISTS (SELECT 1 FROM naissances n WHERE n.vie = NEW.sujet
            AND n.evenement = NEW.evenement AND n.etat = NEW.etat_apres))
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

      CREATE TABLE correspondances (
        id uuid PRIMARY KEY,
        collectivite_id uuid NOT NULL REFERENCES collectivites,
        deliberation_id uuid NOT NULL REFERENCES deliberations,
        identifiant_acte text NOT NULL,
        flux text NOT NULL CHECK (flux IN ('2-1', '3-1', '4-1', '5-1')),
        date_courrier date NOT NULL,
        texte text,
        recue_le timestamptz(3) NOT NULL,
        echeance date,
        state text NOT NULL CHECK (state IN ('received', 'answering', 'answered', 'noted')),
        empreinte_message char(64) NOT NULL CHECK (empreinte_message ~ '^[0-9a-f]{64}$'),
        retour_id uuid NOT NULL REFERENCES retours,
        UNIQUE (deliberation_id, empreinte_message)
      );
      CREATE INDEX correspondances_a_traiter ON correspondances (collectivite_id, state, echeance);
      CREATE TABLE lettre_documents (
        correspondance_id uuid NOT NULL REFERENCES correspondances,
        rang int NOT NULL CHECK (rang >= 0),
        nom_fichier text NOT NULL,
        empreinte char(64) NOT NULL CHECK (empreinte ~ '^[0-9a-f]{64}$'),
        taille_octets bigint NOT NULL,
        PRIMARY KEY (correspondance_id, rang)
      );
      ALTER TABLE transmissions ADD COLUMN correspondance_id uuid REFERENCES correspondances;
      ALTER TABLE transmissions ADD CONSTRAINT transmissions_correspondance
        CHECK ((flux IN ('1-1', '6-1', '7-1')) = (correspondance_id IS NULL));
      CREATE INDEX transmissions_correspondances ON transmissions (correspondance_id);
      CREATE TABLE reponse_pieces (
        transmission_id uuid NOT NULL REFERENCES transmissions,
        rang int NOT NULL CHECK (rang >= 0),
        type_piece char(5) NOT NULL,
        nom_fichier text NOT NULL,
        empreinte char(64) NOT NULL CHECK (empreinte ~ '^[0-9a-f]{64}$'),
        taille_octets bigint NOT NULL CHECK (taille_octets > 0),
        format text NOT NULL CHECK (format IN ('pdf', 'png', 'jpg', 'xml')),
        PRIMARY KEY (transmission_id, rang)
      );
    `);
  }

  /** Les lettres et leurs réponses sont des preuves : tant qu'il y en a, on ne revient pas en arrière. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE transmissions DROP CONSTRAINT transmissions_correspondance;
      DROP TABLE reponse_pieces;
      ALTER TABLE transmissions DROP COLUMN correspondance_id;
      DROP TABLE lettre_documents, correspondances;
      ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_sujet_check;
      ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_sujet_check
        CHECK (sujet IN ('transmission', 'publication', 'retour', 'compte', 'collectivite'));
      ALTER TABLE transmissions DROP CONSTRAINT transmissions_flux_check;
      ALTER TABLE transmissions ADD CONSTRAINT transmissions_flux_check CHECK (flux IN ('1-1', '6-1', '7-1'));
      ALTER TABLE transmissions DROP CONSTRAINT transmissions_state_check;
      ALTER TABLE transmissions ADD CONSTRAINT transmissions_state_check CHECK (state IN ('queued', 'sealed', 'sending', 'uncertain',
        'awaiting-ack', 'acknowledged', 'rejected', 'held', 'cancelling', 'cancelled', 'withdrawn'));
      CREATE OR REPLACE FUNCTION enchainer_audit() RETURNS trigger LANGUAGE plpgsql AS $$
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
      DROP TABLE naissances;
      DELETE FROM transitions WHERE vie = 'correspondance' OR etat_avant = 'delivered' OR etat_apres = 'delivered';
    `);
  }
}
