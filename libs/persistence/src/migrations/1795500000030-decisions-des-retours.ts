import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Un retour se rattache par ce qu'il dit de l'acte ; l'accusé d'une réponse clôt sa lettre même après une anomalie. */
export class DecisionsDesRetours1795500000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO transitions (vie, etat_avant, evenement, etat_apres) VALUES
        ('correspondance', 'received', 'answer-acknowledged', 'answered');
      CREATE INDEX transmissions_identifiant ON transmissions (identifiant_acte, flux);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX transmissions_identifiant;
      DELETE FROM transitions WHERE vie = 'correspondance' AND etat_avant = 'received' AND evenement = 'answer-acknowledged';
    `);
  }
}
