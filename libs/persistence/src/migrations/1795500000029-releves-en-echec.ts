import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Un retour annoncé qui ne se relève pas ne retient plus ceux d'à côté : il est passé, gardé ici avec sa raison, et repris après des
 * délais croissants, qu'un processus tué n'oublie pas. L'entrée disparaît quand elle est relevée, ou que la source ne l'annonce plus.
 */
export class RelevesEnEchec1795500000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE releves_en_echec (
        id uuid PRIMARY KEY,
        source text NOT NULL,
        cle text NOT NULL CHECK (length(cle) BETWEEN 1 AND 300),
        source_id text CHECK (length(source_id) BETWEEN 1 AND 200),
        nom text CHECK (length(nom) BETWEEN 1 AND 255),
        extrait text CHECK (length(extrait) <= 300),
        premier_echec_le timestamptz(3) NOT NULL,
        dernier_echec_le timestamptz(3) NOT NULL,
        echecs int NOT NULL CHECK (echecs > 0),
        code text NOT NULL,
        detail text NOT NULL,
        prochaine_le timestamptz(3) NOT NULL,
        CONSTRAINT releves_en_echec_entree UNIQUE (source, cle),
        CONSTRAINT entree_designee CHECK (source_id IS NOT NULL OR extrait IS NOT NULL)
      );
      INSERT INTO genres_alerte (genre, gravite) VALUES ('retour-non-releve', 2);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM alertes WHERE genre = 'retour-non-releve';
      DELETE FROM genres_alerte WHERE genre = 'retour-non-releve';
      DROP TABLE releves_en_echec;
    `);
  }
}
