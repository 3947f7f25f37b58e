import type { MigrationInterface, QueryRunner } from 'typeorm';

/** La vie vers la préfecture : la transmission, ses enveloppes, ses envois, ses retours. La table des transitions y est tenue par la base. */
export class Transmissions1795500000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE transitions (
        vie text NOT NULL,
        etat_avant text NOT NULL,
        evenement text NOT NULL,
        etat_apres text NOT NULL,
        PRIMARY KEY (vie, etat_avant, evenement)
      );
      INSERT INTO transitions (vie, etat_avant, evenement, etat_apres) VALUES
        ('transmission', 'queued', 'enveloppe-sealed', 'sealed'),
        ('transmission', 'queued', 'content-refused', 'held'),
        ('transmission', 'queued', 'put-on-hold', 'held'),
        ('transmission', 'queued', 'withdrawn', 'withdrawn'),
        ('transmission', 'sealed', 'envoi-opened', 'sending'),
        ('transmission', 'sealed', 'put-on-hold', 'held'),
        ('transmission', 'sealed', 'withdrawn', 'withdrawn'),
        ('transmission', 'sending', 'envoi-accepted', 'awaiting-ack'),
        ('transmission', 'sending', 'envoi-deferred', 'sealed'),
        ('transmission', 'sending', 'envoi-refused', 'held'),
        ('transmission', 'sending', 'envoi-lost', 'uncertain'),
        ('transmission', 'sending', 'ar-received', 'acknowledged'),
        ('transmission', 'sending', 'anomalie-received', 'rejected'),
        ('transmission', 'uncertain', 'found-at-prefecture', 'awaiting-ack'),
        ('transmission', 'uncertain', 'proven-absent', 'sealed'),
        ('transmission', 'uncertain', 'ar-received', 'acknowledged'),
        ('transmission', 'uncertain', 'anomalie-received', 'rejected'),
        ('transmission', 'awaiting-ack', 'ar-received', 'acknowledged'),
        ('transmission', 'awaiting-ack', 'anomalie-received', 'rejected'),
        ('transmission', 'awaiting-ack', 'ack-deadline-passed', 'awaiting-ack'),
        ('transmission', 'acknowledged', 'annulation-requested', 'cancelling'),
        ('transmission', 'rejected', 'resubmitted', 'queued'),
        ('transmission', 'rejected', 'withdrawn', 'withdrawn'),
        ('transmission', 'held', 'resubmitted', 'queued'),
        ('transmission', 'held', 'withdrawn', 'withdrawn'),
        ('transmission', 'cancelling', 'ar-annulation-received', 'cancelled'),
        ('transmission', 'cancelling', 'annulation-refused', 'acknowledged'),
        ('publication', 'unpublished', 'publication-declared', 'published'),
        ('publication', 'unpublished', 'published-automatically', 'published'),
        ('retour', 'received', 'retour-applied', 'applied'),
        ('retour', 'received', 'retour-duplicate', 'duplicate'),
        ('retour', 'received', 'retour-unmatched', 'unmatched'),
        ('retour', 'received', 'retour-contradictory', 'contradictory'),
        ('retour', 'received', 'retour-unreadable', 'unreadable'),
        ('retour', 'unmatched', 'retour-read-again', 'received'),
        ('retour', 'unmatched', 'retour-set-aside', 'set-aside'),
        ('retour', 'contradictory', 'retour-read-again', 'received'),
        ('retour', 'contradictory', 'retour-set-aside', 'set-aside'),
        ('retour', 'unreadable', 'retour-read-again', 'received'),
        ('retour', 'unreadable', 'retour-set-aside', 'set-aside');

      CREATE TABLE transmissions (
        id uuid PRIMARY KEY,
        deliberation_id uuid NOT NULL REFERENCES deliberations,
        collectivite_id uuid NOT NULL REFERENCES collectivites,
        identifiant_acte text NOT NULL,
        state text NOT NULL CHECK (state IN ('queued', 'sealed', 'sending', 'uncertain', 'awaiting-ack', 'acknowledged',
          'rejected', 'held', 'cancelling', 'cancelled', 'withdrawn')),
        since timestamptz(3) NOT NULL,
        version int NOT NULL CHECK (version > 0),
        cycle int NOT NULL CHECK (cycle > 0),
        turn int NOT NULL CHECK (turn >= 0),
        next_turn_at timestamptz(3),
        ack_due_at timestamptz(3),
        is_overdue boolean NOT NULL DEFAULT false,
        enveloppe_id uuid,
        stop_code text,
        stop_detail text,
        teletransmise_le timestamptz(3),
        date_reception date,
        CONSTRAINT acquittee_datee CHECK (state NOT IN ('acknowledged', 'cancelling') OR date_reception IS NOT NULL),
        CONSTRAINT scellee_enveloppee CHECK (state NOT IN ('sealed', 'sending', 'uncertain', 'awaiting-ack') OR enveloppe_id IS NOT NULL)
      );
      CREATE UNIQUE INDEX transmissions_vivante ON transmissions (identifiant_acte) WHERE state NOT IN ('cancelled', 'withdrawn');
      CREATE INDEX transmissions_deliberation ON transmissions (deliberation_id);
      CREATE INDEX transmissions_etat ON transmissions (collectivite_id, state, since);
      CREATE INDEX transmissions_en_cours ON transmissions (since) WHERE state IN ('queued', 'sealed', 'sending', 'uncertain');
      CREATE INDEX transmissions_accuse_attendu ON transmissions (ack_due_at) WHERE state = 'awaiting-ack' AND NOT is_overdue;

      CREATE FUNCTION transmission_suit_la_table() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.version <> OLD.version + 1 THEN
          RAISE EXCEPTION 'version % après %', NEW.version, OLD.version USING ERRCODE = 'check_violation';
        END IF;
        IF NOT EXISTS (SELECT 1 FROM transitions t
          WHERE t.vie = TG_ARGV[0] AND t.etat_avant = OLD.state AND t.etat_apres = NEW.state) THEN
          RAISE EXCEPTION 'transition absente de la table : % vers %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER transmissions_transition BEFORE UPDATE ON transmissions
        FOR EACH ROW EXECUTE FUNCTION transmission_suit_la_table('transmission');

      CREATE TABLE compteurs_enveloppes (
        siren char(9) NOT NULL,
        jour date NOT NULL,
        dernier int NOT NULL CHECK (dernier BETWEEN 1 AND 9999),
        PRIMARY KEY (siren, jour)
      );
      CREATE TABLE enveloppes (
        id uuid PRIMARY KEY,
        transmission_id uuid NOT NULL REFERENCES transmissions,
        collectivite_id uuid NOT NULL REFERENCES collectivites,
        cycle int NOT NULL,
        siren char(9) NOT NULL,
        jour date NOT NULL,
        numero int NOT NULL,
        nom_archive text UNIQUE,
        empreinte char(64) CHECK (empreinte ~ '^[0-9a-f]{64}$'),
        taille_octets bigint,
        scellee_le timestamptz(3),
        UNIQUE (transmission_id, cycle),
        UNIQUE (siren, jour, numero),
        CONSTRAINT scellee_entiere CHECK ((nom_archive IS NULL) = (empreinte IS NULL) AND (empreinte IS NULL) = (scellee_le IS NULL))
      );
      ALTER TABLE transmissions ADD CONSTRAINT transmissions_enveloppe FOREIGN KEY (enveloppe_id) REFERENCES enveloppes;

      CREATE TABLE envois (
        id uuid PRIMARY KEY,
        transmission_id uuid NOT NULL REFERENCES transmissions,
        collectivite_id uuid NOT NULL REFERENCES collectivites,
        enveloppe_id uuid NOT NULL REFERENCES enveloppes,
        turn int NOT NULL CHECK (turn > 0),
        ouvert_le timestamptz(3) NOT NULL,
        bail_jusqua timestamptz(3) NOT NULL,
        clos_le timestamptz(3),
        outcome text CHECK (outcome IN ('accepted', 'deferred', 'refused', 'lost', 'found', 'absent', 'answered')),
        code text,
        detail text,
        CONSTRAINT clos_entier CHECK ((clos_le IS NULL) = (outcome IS NULL))
      );
      CREATE UNIQUE INDEX envois_ouvert ON envois (transmission_id) WHERE clos_le IS NULL;
      CREATE INDEX envois_transmission ON envois (transmission_id, ouvert_le);

      CREATE TABLE retours (
        id uuid PRIMARY KEY,
        source_id text NOT NULL UNIQUE,
        nom text NOT NULL,
        empreinte char(64) NOT NULL UNIQUE CHECK (empreinte ~ '^[0-9a-f]{64}$'),
        taille_octets bigint NOT NULL,
        recu_le timestamptz(3) NOT NULL,
        presentations int NOT NULL DEFAULT 1,
        state text NOT NULL CHECK (state IN ('received', 'applied', 'duplicate', 'unmatched', 'contradictory', 'unreadable', 'set-aside')),
        flux text,
        collectivite_id uuid REFERENCES collectivites,
        transmission_id uuid REFERENCES transmissions,
        code text,
        detail text,
        traite_le timestamptz(3)
      );
      CREATE INDEX retours_bac ON retours (state, recu_le) WHERE state IN ('received', 'unmatched', 'contradictory', 'unreadable');
      CREATE INDEX retours_transmission ON retours (transmission_id);

      CREATE TABLE publications (
        deliberation_id uuid PRIMARY KEY REFERENCES deliberations,
        collectivite_id uuid NOT NULL REFERENCES collectivites,
        state text NOT NULL CHECK (state IN ('unpublished', 'published')),
        date_publication date,
        adresse text,
        CONSTRAINT publiee_datee CHECK ((state = 'published') = (date_publication IS NOT NULL))
      );
      CREATE INDEX publications_date ON publications (date_publication);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE transmissions DROP CONSTRAINT transmissions_enveloppe;
      DROP TABLE publications, retours, envois, enveloppes, compteurs_enveloppes, transmissions, transitions;
      DROP FUNCTION transmission_suit_la_table;
    `);
  }
}
