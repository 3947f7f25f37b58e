import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Un déféré naît sous son propre événement, se signale avant tout le reste (gravité 0), et attend qu'une personne le prenne en charge. Ceux
 * d'avant se signalent au premier balayage.
 */
export class Deferes1795500000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO naissances (vie, evenement, etat) VALUES ('correspondance', 'defere-received', 'noted');
      INSERT INTO transitions (vie, etat_avant, evenement, etat_apres) VALUES ('correspondance', 'noted', 'defere-taken', 'taken');
      ALTER TABLE correspondances DROP CONSTRAINT correspondances_state_check;
      ALTER TABLE correspondances ADD CONSTRAINT correspondances_state_check
        CHECK (state IN ('received', 'answering', 'answered', 'noted', 'taken'));
      CREATE INDEX correspondances_deferes ON correspondances (recue_le, id) WHERE state = 'noted';
      ALTER TABLE genres_alerte DROP CONSTRAINT genres_alerte_gravite_check;
      ALTER TABLE genres_alerte ADD CONSTRAINT genres_alerte_gravite_check CHECK (gravite BETWEEN 0 AND 3);
      ALTER TABLE alertes DROP CONSTRAINT alertes_gravite_check;
      ALTER TABLE alertes ADD CONSTRAINT alertes_gravite_check CHECK (gravite BETWEEN 0 AND 3);
      INSERT INTO genres_alerte (genre, gravite) VALUES ('defere', 0), ('defere-au-bac', 0);
    `);
  }

  /** Un déféré pris en charge redevient à transmettre : l'ancien code ne connaît que cela. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM alertes WHERE genre IN ('defere', 'defere-au-bac');
      DELETE FROM genres_alerte WHERE genre IN ('defere', 'defere-au-bac');
      ALTER TABLE alertes DROP CONSTRAINT alertes_gravite_check;
      ALTER TABLE alertes ADD CONSTRAINT alertes_gravite_check CHECK (gravite BETWEEN 1 AND 3);
      ALTER TABLE genres_alerte DROP CONSTRAINT genres_alerte_gravite_check;
      ALTER TABLE genres_alerte ADD CONSTRAINT genres_alerte_gravite_check CHECK (gravite BETWEEN 1 AND 3);
      DROP INDEX correspondances_deferes;
      UPDATE correspondances SET state = 'noted' WHERE state = 'taken';
      ALTER TABLE correspondances DROP CONSTRAINT correspondances_state_check;
      ALTER TABLE correspondances ADD CONSTRAINT correspondances_state_check CHECK (state IN ('received', 'answering', 'answered', 'noted'));
      DELETE FROM transitions WHERE vie = 'correspondance' AND evenement = 'defere-taken';
      DELETE FROM naissances WHERE vie = 'correspondance' AND evenement = 'defere-received';
    `);
  }
}
