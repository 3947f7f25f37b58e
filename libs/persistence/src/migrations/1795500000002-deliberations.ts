import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ce qui a été voté et déposé : on n'y touche plus. */
export class Deliberations1795500000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE deliberations (
        id uuid PRIMARY KEY,
        collectivite_id uuid NOT NULL REFERENCES collectivites,
        identifiant_acte text NOT NULL,
        numero_interne varchar(15) NOT NULL CHECK (numero_interne <> ''),
        nature char(2) NOT NULL CHECK (nature IN ('DE', 'AR', 'AI', 'CC', 'BF', 'AU')),
        date_decision date NOT NULL,
        objet varchar(500) NOT NULL CHECK (objet <> ''),
        objet_recherche text NOT NULL,
        matiere text NOT NULL CHECK (matiere ~ '^[0-9]+([.][0-9]+){1,4}$'),
        votants int NOT NULL CHECK (votants >= 0),
        pour int NOT NULL CHECK (pour >= 0),
        contre int NOT NULL CHECK (contre >= 0),
        abstentions int NOT NULL CHECK (abstentions >= 0),
        blancs int NOT NULL CHECK (blancs >= 0),
        nuls int NOT NULL CHECK (nuls >= 0),
        voix_preponderante boolean NOT NULL,
        deposee_le timestamptz(3) NOT NULL,
        deposee_par uuid NOT NULL REFERENCES comptes,
        CONSTRAINT vote_equilibre CHECK (votants = pour + contre + abstentions + blancs + nuls),
        CONSTRAINT vote_adopte CHECK (pour > contre OR (pour = contre AND pour > 0 AND voix_preponderante))
      );
      CREATE INDEX deliberations_collectivite ON deliberations (collectivite_id, id);
      CREATE INDEX deliberations_identifiant ON deliberations (identifiant_acte);
      CREATE INDEX deliberations_decision ON deliberations (date_decision);
      CREATE INDEX deliberations_mots ON deliberations USING gin (array_to_tsvector(string_to_array(objet_recherche, ' ')));
      CREATE TABLE pieces (
        deliberation_id uuid NOT NULL REFERENCES deliberations,
        rang int NOT NULL CHECK (rang >= 0),
        type_piece char(5) NOT NULL,
        nom_fichier text NOT NULL,
        empreinte char(64) NOT NULL CHECK (empreinte ~ '^[0-9a-f]{64}$'),
        taille_octets bigint NOT NULL CHECK (taille_octets > 0),
        format text NOT NULL CHECK (format IN ('pdf', 'png', 'jpg', 'xml')),
        PRIMARY KEY (deliberation_id, rang)
      );
      CREATE INDEX pieces_empreinte ON pieces (empreinte);
      CREATE TABLE requetes (
        collectivite_id uuid NOT NULL REFERENCES collectivites,
        cle text NOT NULL CHECK (length(cle) BETWEEN 1 AND 200),
        empreinte_demande char(64) NOT NULL,
        recu json NOT NULL,
        faite_le timestamptz(3) NOT NULL,
        PRIMARY KEY (collectivite_id, cle)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE requetes, pieces, deliberations');
  }
}
