import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Les travaux à faire, écrits avec ce qui les rend nécessaires ; le relais est réveillé par une notification. */
export class BoiteDEnvoi1795500000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        job text NOT NULL CHECK (job IN ('seal-enveloppe', 'submit-enveloppe', 'reconcile-envoi', 'apply-retour', 'track-publication')),
        target_id uuid NOT NULL,
        turn int NOT NULL,
        not_before timestamptz(3),
        trace_id text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        published_at timestamptz(3),
        UNIQUE (job, target_id, turn)
      );
      CREATE INDEX outbox_a_publier ON outbox (id) WHERE published_at IS NULL;
      CREATE FUNCTION notifier_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('outbox', '');
        RETURN NULL;
      END $$;
      CREATE TRIGGER outbox_notifiee AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION notifier_outbox();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbox; DROP FUNCTION notifier_outbox');
  }
}
