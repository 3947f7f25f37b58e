import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Qui émet et qui demande. Tout le reste appartient à une collectivité. */
export class CollectivitesEtComptes1795500000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE collectivites (
        id uuid PRIMARY KEY,
        siren char(9) NOT NULL UNIQUE CHECK (siren ~ '^[0-9]{9}$'),
        nom text NOT NULL CHECK (nom <> ''),
        departement char(3) NOT NULL CHECK (departement ~ '^[0-9][0-9][0-9AB]$'),
        arrondissement char(1) NOT NULL CHECK (arrondissement ~ '^[0-9]$'),
        nature_collectivite char(2) NOT NULL CHECK (nature_collectivite ~ '^[0-9]{2}$'),
        fuseau text NOT NULL,
        referent jsonb NOT NULL DEFAULT '{}',
        adresses_retour text[] NOT NULL DEFAULT '{}',
        classification_date_version date NOT NULL,
        tirets_permis boolean NOT NULL DEFAULT false,
        publication_automatique boolean NOT NULL DEFAULT false,
        inscrite_le timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE TABLE comptes (
        id uuid PRIMARY KEY,
        nom text NOT NULL CHECK (nom <> ''),
        role text NOT NULL CHECK (role IN ('deposant', 'operateur', 'auditeur', 'administrateur')),
        collectivite_id uuid REFERENCES collectivites,
        cree_le timestamptz(3) NOT NULL,
        revoque_le timestamptz(3)
      );
      CREATE TABLE jetons (
        empreinte char(64) PRIMARY KEY CHECK (empreinte ~ '^[0-9a-f]{64}$'),
        compte_id uuid NOT NULL REFERENCES comptes,
        cree_le timestamptz(3) NOT NULL,
        revoque_le timestamptz(3)
      );
      CREATE INDEX jetons_compte ON jetons (compte_id);
      CREATE TABLE sessions (
        empreinte char(64) PRIMARY KEY CHECK (empreinte ~ '^[0-9a-f]{64}$'),
        compte_id uuid NOT NULL REFERENCES comptes,
        ouverte_le timestamptz(3) NOT NULL,
        expire_le timestamptz(3) NOT NULL
      );
      CREATE INDEX sessions_expire ON sessions (expire_le);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sessions, jetons, comptes, collectivites');
  }
}
