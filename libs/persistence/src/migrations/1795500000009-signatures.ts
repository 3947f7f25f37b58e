import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Une pièce peut être signée : le fichier de sa signature, rangé comme elle, et ce que sa vérification au dépôt en a établi. */
export class Signatures1795500000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['pieces', 'reponse_pieces']) {
      await runner.query(`
        ALTER TABLE ${table}
          ADD COLUMN signature_nom text,
          ADD COLUMN signature_empreinte char(64) CHECK (signature_empreinte ~ '^[0-9a-f]{64}$'),
          ADD COLUMN signature_octets bigint CHECK (signature_octets > 0),
          ADD COLUMN signature_serie text,
          ADD COLUMN signature_algorithme text,
          ADD COLUMN signature_chaine boolean,
          ADD CONSTRAINT ${table}_signature_entiere CHECK (
            num_nulls(signature_nom, signature_empreinte, signature_octets, signature_serie, signature_algorithme, signature_chaine)
              IN (0, 6));
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['pieces', 'reponse_pieces']) {
      await runner.query(`
        ALTER TABLE ${table} DROP COLUMN signature_nom, DROP COLUMN signature_empreinte, DROP COLUMN signature_octets,
          DROP COLUMN signature_serie, DROP COLUMN signature_algorithme, DROP COLUMN signature_chaine;
      `);
    }
  }
}
