import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Ce que personne n'a su lire à leur place, des personnes le décident : une décision par retour à la fois, à deux quand elle fixe une date
 * légale. La base tient la règle des deux personnes, et rien de clos ne change. Un retour mis de côté se reprend.
 */
export class RetoursDecides1795500000043 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO transitions (vie, etat_avant, evenement, etat_apres) VALUES
        ('retour', 'unmatched', 'retour-decided', 'applied'),
        ('retour', 'contradictory', 'retour-decided', 'applied'),
        ('retour', 'unreadable', 'retour-decided', 'applied'),
        ('retour', 'set-aside', 'retour-taken-up', 'received');

      CREATE TABLE decisions_retours (
        id uuid PRIMARY KEY,
        retour_id uuid NOT NULL REFERENCES retours,
        retour_etat text NOT NULL,
        lecture int NOT NULL CHECK (lecture > 0),
        transmission_id uuid NOT NULL REFERENCES transmissions,
        collectivite_id uuid NOT NULL REFERENCES collectivites,
        deliberation_id uuid REFERENCES deliberations,
        nature text NOT NULL CHECK (nature IN ('accuse', 'accuse-annulation', 'anomalie', 'lettre', 'information')),
        date_reception date,
        identifiant_lu text,
        code_anomalie text,
        detail_anomalie text,
        flux_lettre text CHECK (flux_lettre IN ('2-1', '3-1', '4-1', '5-1')),
        date_courrier date,
        texte_lettre text,
        lu text NOT NULL CHECK (length(lu) <= 1000),
        state text NOT NULL CHECK (state IN ('proposed', 'applied', 'refused', 'withdrawn')),
        auteur_id uuid NOT NULL REFERENCES comptes,
        auteur_nom text NOT NULL,
        auteur_le timestamptz(3) NOT NULL,
        auteur_motif text NOT NULL,
        cloture_id uuid REFERENCES comptes,
        cloture_nom text,
        cloture_le timestamptz(3),
        cloture_motif text,
        CONSTRAINT contenu_de_sa_nature CHECK (
          (nature IN ('accuse', 'accuse-annulation')) = (date_reception IS NOT NULL)
          AND (nature = 'anomalie') = (code_anomalie IS NOT NULL) AND (code_anomalie IS NULL) = (detail_anomalie IS NULL)
          AND (nature = 'lettre') = (flux_lettre IS NOT NULL) AND (flux_lettre IS NULL) = (date_courrier IS NULL)),
        CONSTRAINT cloture_entiere CHECK ((cloture_id IS NULL) = (cloture_nom IS NULL)
          AND (cloture_id IS NULL) = (cloture_le IS NULL) AND (cloture_id IS NULL) = (cloture_motif IS NULL)),
        CONSTRAINT close_par_quelqu_un CHECK (state NOT IN ('refused', 'withdrawn') OR cloture_id IS NOT NULL),
        CONSTRAINT date_a_deux CHECK (state <> 'applied' OR date_reception IS NULL OR cloture_id IS NOT NULL),
        CONSTRAINT deux_personnes CHECK (cloture_id IS NULL OR (cloture_id = auteur_id) = (state = 'withdrawn'))
      );
      CREATE UNIQUE INDEX decisions_retours_proposee ON decisions_retours (retour_id) WHERE state = 'proposed';
      CREATE INDEX decisions_retours_retour ON decisions_retours (retour_id, id);
      CREATE INDEX decisions_retours_collectivite ON decisions_retours (collectivite_id, state, id);

      CREATE FUNCTION decision_permanente() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.state <> 'proposed' OR to_jsonb(NEW) - '{state,cloture_id,cloture_nom,cloture_le,cloture_motif}'::text[]
          <> to_jsonb(OLD) - '{state,cloture_id,cloture_nom,cloture_le,cloture_motif}'::text[] THEN
          RAISE EXCEPTION 'une décision ne se récrit pas' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER decisions_permanentes BEFORE UPDATE ON decisions_retours
        FOR EACH ROW EXECUTE FUNCTION decision_permanente();

      -- Sur la ligne du retour, non déduite de l'autre table : deux gestes simultanés s'y arrêtent l'un l'autre.
      ALTER TABLE retours ADD COLUMN decision_en_cours boolean NOT NULL DEFAULT false
        CONSTRAINT decision_au_bac CHECK (NOT decision_en_cours OR state IN ('unmatched', 'contradictory', 'unreadable'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE retours DROP COLUMN decision_en_cours;
      DROP TABLE decisions_retours;
      DROP FUNCTION decision_permanente;
      DELETE FROM transitions WHERE vie = 'retour' AND evenement IN ('retour-decided', 'retour-taken-up');
    `);
  }
}
