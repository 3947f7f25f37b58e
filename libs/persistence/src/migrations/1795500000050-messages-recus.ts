import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ce que désigne la base, d'avant les messages reçus. */
const REFERENCES = `
        SELECT empreinte, taille_octets, 'pieces' FROM pieces
        UNION ALL SELECT empreinte, taille_octets, 'enveloppes' FROM enveloppes WHERE empreinte IS NOT NULL
        UNION ALL SELECT empreinte, taille_octets, 'retours' FROM retours
        UNION ALL SELECT empreinte, taille_octets, 'lettre_documents' FROM lettre_documents
        UNION ALL SELECT empreinte_message, NULL, 'correspondances' FROM correspondances
        UNION ALL SELECT empreinte, taille_octets, 'reponse_pieces' FROM reponse_pieces
        UNION ALL SELECT signature_empreinte, signature_octets, 'pieces' FROM pieces WHERE signature_empreinte IS NOT NULL
        UNION ALL SELECT signature_empreinte, signature_octets, 'reponse_pieces' FROM reponse_pieces WHERE signature_empreinte IS NOT NULL`;

/**
 * L'accusé, l'anomalie et la nomenclature sont des documents à eux, sous leur empreinte : ce qu'on montre et ce qu'on prouve ne demande plus
 * de rouvrir le retour qui les portait. Ceux d'avant se tirent toujours de leur retour. Ce qui a été reçu ne se change ni ne s'ôte.
 */
export class MessagesRecus1795500000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE messages_recus (
        retour_id uuid NOT NULL REFERENCES retours,
        nom text NOT NULL,
        type text NOT NULL,
        empreinte char(64) NOT NULL CHECK (empreinte ~ '^[0-9a-f]{64}$'),
        taille_octets bigint NOT NULL CHECK (taille_octets > 0),
        -- Nul pour une nomenclature que personne n'avait demandée.
        transmission_id uuid REFERENCES transmissions,
        collectivite_id uuid NOT NULL REFERENCES collectivites,
        PRIMARY KEY (retour_id, nom)
      );
      CREATE INDEX messages_recus_empreinte ON messages_recus (empreinte);
      CREATE INDEX messages_recus_transmission ON messages_recus (transmission_id);
      CREATE INDEX messages_recus_nomenclatures ON messages_recus (collectivite_id, retour_id) WHERE type = '7-2';
      CREATE OR REPLACE VIEW documents_references (empreinte, taille_octets, origine) AS ${REFERENCES}
        UNION ALL SELECT empreinte, taille_octets, 'messages_recus' FROM messages_recus;
    `);
  }

  /** Les messages restent dans leurs retours : rien ne s'en perd. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE VIEW documents_references (empreinte, taille_octets, origine) AS ${REFERENCES};
      DROP TABLE messages_recus;
    `);
  }
}
