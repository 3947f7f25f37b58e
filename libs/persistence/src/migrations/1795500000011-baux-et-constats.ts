import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Un envoi a un bail et un jeton ; un envoi que la liaison ne tranche pas se tranche à deux, et la base garde ce que chacun a constaté. */
export class BauxEtConstats1795500000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO transitions (vie, etat_avant, evenement, etat_apres) VALUES
        ('transmission', 'uncertain', 'envoi-abandoned', 'held');

      -- Le jeton d'un envoi est la version de la transmission à son ouverture. Les envois d'avant n'en avaient pas : leur rang en tient lieu,
      -- toujours inférieur à la version du suivant.
      ALTER TABLE envois ADD COLUMN jeton int;
      UPDATE envois SET jeton = rangs.rang FROM (
        SELECT id, row_number() OVER (PARTITION BY transmission_id ORDER BY ouvert_le, turn, id) AS rang FROM envois) AS rangs
        WHERE rangs.id = envois.id;
      UPDATE envois SET jeton = t.version FROM transmissions t
        WHERE t.id = envois.transmission_id AND t.state = 'sending' AND envois.clos_le IS NULL;
      ALTER TABLE envois ALTER COLUMN jeton SET NOT NULL;
      ALTER TABLE envois ADD CONSTRAINT envois_jeton CHECK (jeton > 0);
      CREATE UNIQUE INDEX envois_jetons ON envois (transmission_id, jeton);
      ALTER TABLE envois ADD COLUMN reponse_tardive text CHECK (reponse_tardive IN ('accepted', 'deferred', 'refused', 'lost'));
      ALTER TABLE envois ADD COLUMN reponse_tardive_code text;
      ALTER TABLE envois ADD COLUMN reponse_tardive_le timestamptz(3);
      ALTER TABLE envois ADD CONSTRAINT reponse_tardive_entiere CHECK ((reponse_tardive IS NULL) = (reponse_tardive_le IS NULL)
        AND (reponse_tardive IS NULL) = (reponse_tardive_code IS NULL));

      CREATE TABLE constats (
        transmission_id uuid NOT NULL REFERENCES transmissions,
        cycle int NOT NULL CHECK (cycle > 0),
        turn int NOT NULL CHECK (turn > 0),
        compte_id uuid NOT NULL REFERENCES comptes,
        compte_nom text NOT NULL,
        constat text NOT NULL CHECK (constat IN ('absente', 'presente')),
        motif text NOT NULL,
        instant timestamptz(3) NOT NULL,
        PRIMARY KEY (transmission_id, cycle, turn, compte_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE constats;
      DROP INDEX envois_jetons;
      ALTER TABLE envois DROP COLUMN reponse_tardive, DROP COLUMN reponse_tardive_code, DROP COLUMN reponse_tardive_le, DROP COLUMN jeton;
      DELETE FROM transitions WHERE vie = 'transmission' AND evenement = 'envoi-abandoned';
    `);
  }
}
