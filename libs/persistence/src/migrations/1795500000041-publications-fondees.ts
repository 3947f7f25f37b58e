import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Une date de publication a l'adresse où l'acte se lit, ou la déclaration d'une personne. Ce qui a été publié avant cette règle sans
 * adresse garde sa date et le dit (`sans_adresse_connue`) : rien ne peut plus le devenir, et rien de publié ne change.
 */
export class PublicationsFondees1795500000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE collectivites ADD COLUMN adresse_des_actes text
        CONSTRAINT adresse_des_actes_modele CHECK (length(adresse_des_actes) <= 1900
          AND adresse_des_actes ~* '^https?://[^[:space:][:cntrl:]]+$' AND strpos(adresse_des_actes, '{identifiant}') > 0);
      ALTER TABLE publications
        ADD COLUMN moyen text CHECK (moyen IN ('affichage', 'site', 'recueil')),
        ADD COLUMN declaree_par uuid REFERENCES comptes,
        ADD COLUMN declaree_le timestamptz(3),
        ADD COLUMN sans_adresse_connue boolean NOT NULL DEFAULT false;
      UPDATE publications SET sans_adresse_connue = true WHERE state = 'published' AND adresse IS NULL;
      ALTER TABLE publications
        ADD CONSTRAINT adresse_bornee CHECK (length(adresse) <= 2000 AND adresse ~* '^https?:[^[:space:][:cntrl:]]+$'),
        ADD CONSTRAINT declaration_entiere CHECK ((moyen IS NULL) = (declaree_par IS NULL) AND (moyen IS NULL) = (declaree_le IS NULL)),
        ADD CONSTRAINT publiee_fondee CHECK (state <> 'published' OR adresse IS NOT NULL OR moyen IS NOT NULL OR sans_adresse_connue),
        ADD CONSTRAINT sans_adresse_publiee CHECK (NOT sans_adresse_connue
          OR (state = 'published' AND adresse IS NULL AND moyen IS NULL));
      CREATE INDEX publications_a_faire ON publications (deliberation_id) WHERE state = 'unpublished';
      CREATE FUNCTION publication_permanente() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.state = 'published' OR NEW.sans_adresse_connue THEN
          RAISE EXCEPTION 'publication sans fondement, ou déjà publiée' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER publications_permanentes BEFORE UPDATE ON publications
        FOR EACH ROW EXECUTE FUNCTION publication_permanente();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER publications_permanentes ON publications;
      DROP FUNCTION publication_permanente;
      DROP INDEX publications_a_faire;
      ALTER TABLE publications DROP CONSTRAINT adresse_bornee, DROP COLUMN moyen, DROP COLUMN declaree_par, DROP COLUMN declaree_le,
        DROP COLUMN sans_adresse_connue;
      ALTER TABLE collectivites DROP COLUMN adresse_des_actes;
    `);
  }
}
