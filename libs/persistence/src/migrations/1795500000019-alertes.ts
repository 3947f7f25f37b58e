import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Les alertes : une seule ouverte par genre et par sujet, la base y veille. Les genres sont une table : un genre nouveau est une ligne.
 * Le pouls des travaux à rendez-vous et des travailleurs est ici aussi, et non dans Redis : c'est quand Redis a tout perdu qu'on le lit.
 */
export class Alertes1795500000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE genres_alerte (
        genre text PRIMARY KEY,
        gravite smallint NOT NULL CHECK (gravite BETWEEN 1 AND 3)
      );
      INSERT INTO genres_alerte (genre, gravite) VALUES
        ('mise-sous-enveloppe-en-attente', 2), ('envoi-en-attente', 2), ('envoi-interrompu', 1), ('envoi-incertain', 1),
        ('accuse-lent', 3), ('accuse-en-retard', 2), ('annulation-sans-accuse', 2), ('retenue-sans-decision', 2),
        ('anomalie-sans-suite', 2), ('retour-non-applique', 2), ('retour-au-bac', 2), ('courrier-bientot-echu', 3),
        ('courrier-presque-echu', 1), ('courrier-echu', 1), ('releve-absente', 1), ('balayage-absent', 1), ('travailleurs-absents', 1);
      CREATE TABLE alertes (
        id uuid PRIMARY KEY,
        genre text NOT NULL REFERENCES genres_alerte,
        gravite smallint NOT NULL CHECK (gravite BETWEEN 1 AND 3),
        sujet text NOT NULL CHECK (sujet IN ('transmission', 'retour', 'correspondance', 'service')),
        sujet_id text NOT NULL,
        collectivite_id uuid REFERENCES collectivites,
        deliberation_id uuid REFERENCES deliberations,
        depuis timestamptz(3) NOT NULL,
        ouverte_le timestamptz(3) NOT NULL,
        fermee_le timestamptz(3),
        detail text NOT NULL,
        CONSTRAINT fermee_apres CHECK (fermee_le >= ouverte_le),
        CONSTRAINT alerte_d_acte CHECK (deliberation_id IS NULL OR collectivite_id IS NOT NULL)
      );
      CREATE UNIQUE INDEX alertes_une_ouverte ON alertes (genre, sujet_id) WHERE fermee_le IS NULL;
      CREATE INDEX alertes_ouvertes ON alertes (gravite, depuis, id) WHERE fermee_le IS NULL;
      CREATE INDEX alertes_ouvertes_collectivite ON alertes (collectivite_id, gravite, depuis, id) WHERE fermee_le IS NULL;
      CREATE INDEX alertes_deliberation ON alertes (deliberation_id, ouverte_le);
      CREATE INDEX transmissions_silence ON transmissions (state, since, id)
        WHERE state IN ('queued', 'sealed', 'sending', 'uncertain', 'awaiting-ack', 'cancelling', 'held', 'rejected');

      CREATE TABLE pouls (
        travail text PRIMARY KEY,
        suivi_depuis timestamptz(3) NOT NULL,
        reussi_le timestamptz(3),
        echoue_le timestamptz(3),
        code text
      );
      CREATE TABLE travailleurs (
        id uuid PRIMARY KEY,
        depuis timestamptz(3) NOT NULL,
        vu_le timestamptz(3) NOT NULL,
        version text NOT NULL
      );
      CREATE INDEX travailleurs_vus ON travailleurs (vu_le);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP INDEX transmissions_silence; DROP TABLE travailleurs, pouls, alertes, genres_alerte',
    );
  }
}
