import type { MigrationInterface, QueryRunner } from 'typeorm';

/** La nomenclature de chaque préfecture, demandée au nom d'une collectivité : une transmission sans acte, et ce qu'elle rapporte. */
export class Classifications1795500000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE transmissions DROP CONSTRAINT transmissions_flux_check;
      ALTER TABLE transmissions ADD CONSTRAINT transmissions_flux_check CHECK (flux IN ('1-1', '6-1', '7-1'));
      ALTER TABLE transmissions ALTER COLUMN deliberation_id DROP NOT NULL;
      ALTER TABLE transmissions ALTER COLUMN identifiant_acte DROP NOT NULL;
      ALTER TABLE transmissions ADD CONSTRAINT transmissions_objet
        CHECK ((flux = '7-1') = (deliberation_id IS NULL) AND (flux = '7-1') = (identifiant_acte IS NULL));
      ALTER TABLE transmissions ADD COLUMN classification_envoyee date;
      CREATE UNIQUE INDEX transmissions_classification_ouverte ON transmissions (collectivite_id)
        WHERE flux = '7-1' AND state NOT IN ('acknowledged', 'rejected', 'held', 'withdrawn');
      CREATE INDEX transmissions_refusees ON transmissions (collectivite_id, stop_code) WHERE state = 'rejected';
      CREATE TABLE classifications (
        collectivite_id uuid NOT NULL REFERENCES collectivites,
        date_version date NOT NULL,
        natures jsonb NOT NULL,
        matieres jsonb NOT NULL,
        recue_le timestamptz(3) NOT NULL,
        PRIMARY KEY (collectivite_id, date_version)
      );
      ALTER TABLE outbox DROP CONSTRAINT outbox_job_check;
      ALTER TABLE outbox ADD CONSTRAINT outbox_job_check CHECK (job IN ('seal-enveloppe', 'submit-enveloppe', 'reconcile-envoi',
        'apply-retour', 'track-publication', 'request-classification', 'resubmit-outdated'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM outbox WHERE job IN ('request-classification', 'resubmit-outdated');
      ALTER TABLE outbox DROP CONSTRAINT outbox_job_check;
      ALTER TABLE outbox ADD CONSTRAINT outbox_job_check CHECK (job IN ('seal-enveloppe', 'submit-enveloppe', 'reconcile-envoi',
        'apply-retour', 'track-publication'));
      DROP TABLE classifications;
      DROP INDEX transmissions_refusees;
      DROP INDEX transmissions_classification_ouverte;
      ALTER TABLE transmissions DROP COLUMN classification_envoyee;
      ALTER TABLE transmissions DROP CONSTRAINT transmissions_objet;
      UPDATE retours SET transmission_id = NULL WHERE transmission_id IN (SELECT id FROM transmissions WHERE flux = '7-1');
      ALTER TABLE transmissions DROP CONSTRAINT transmissions_enveloppe;
      DELETE FROM envois WHERE transmission_id IN (SELECT id FROM transmissions WHERE flux = '7-1');
      DELETE FROM enveloppes WHERE transmission_id IN (SELECT id FROM transmissions WHERE flux = '7-1');
      DELETE FROM transmissions WHERE flux = '7-1';
      ALTER TABLE transmissions ADD CONSTRAINT transmissions_enveloppe FOREIGN KEY (enveloppe_id) REFERENCES enveloppes;
      ALTER TABLE transmissions ALTER COLUMN identifiant_acte SET NOT NULL;
      ALTER TABLE transmissions ALTER COLUMN deliberation_id SET NOT NULL;
      ALTER TABLE transmissions DROP CONSTRAINT transmissions_flux_check;
      ALTER TABLE transmissions ADD CONSTRAINT transmissions_flux_check CHECK (flux IN ('1-1', '6-1'));
    `);
  }
}
