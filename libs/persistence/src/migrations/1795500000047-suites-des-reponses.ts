import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Une réponse retenue, retirée ou remise en file rend ou reprend sa lettre ; un courrier simple se classe sans suite ; un accusé en retard se
 * tranche à deux, comme un envoi incertain. Les lettres dont la réponse est déjà arrêtée reviennent à qui doit y répondre, avec leur entrée
 * au journal.
 */
export class SuitesDesReponses1795500000047 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE correspondances DROP CONSTRAINT correspondances_state_check;
      ALTER TABLE correspondances ADD CONSTRAINT correspondances_state_check
        CHECK (state IN ('received', 'answering', 'answered', 'filed', 'noted', 'taken'));
      INSERT INTO transitions (vie, etat_avant, evenement, etat_apres) VALUES
        ('correspondance', 'received', 'answer-resumed', 'answering'),
        ('correspondance', 'received', 'closed-without-answer', 'filed'),
        ('correspondance', 'answering', 'answer-held', 'received'),
        ('correspondance', 'answering', 'answer-withdrawn', 'received'),
        ('correspondance', 'answered', 'answer-failed', 'received'),
        ('transmission', 'awaiting-ack', 'found-at-prefecture', 'awaiting-ack'),
        ('transmission', 'awaiting-ack', 'proven-absent', 'sealed'),
        ('transmission', 'awaiting-ack', 'envoi-abandoned', 'held');
    `);
    await runner.query(`
      WITH rendues AS (
        UPDATE correspondances c SET state = 'received' FROM (
          SELECT DISTINCT ON (t.correspondance_id) t.correspondance_id, t.id, t.flux, t.state FROM transmissions t
            WHERE t.correspondance_id IS NOT NULL AND t.flux IN ('2-2', '3-3', '3-4', '4-3', '4-4')
            ORDER BY t.correspondance_id, t.id DESC
        ) r WHERE r.correspondance_id = c.id AND c.state = 'answering' AND r.state IN ('held', 'rejected', 'withdrawn')
        RETURNING c.id, c.collectivite_id, c.deliberation_id, r.id AS reponse, r.flux, r.state
      )
      INSERT INTO audit_entries (collectivite_id, deliberation_id, sujet, sujet_id, evenement, etat_avant, etat_apres, instant,
        acteur_genre, preuve)
      SELECT collectivite_id, deliberation_id, 'correspondance', id::text,
        CASE state WHEN 'held' THEN 'answer-held' WHEN 'rejected' THEN 'answer-failed' ELSE 'answer-withdrawn' END,
        'answering', 'received', now(), 'service', json_build_object('reponse', reponse, 'flux', flux)
      FROM rendues ORDER BY id;
    `);
  }

  /** Un courrier classé redevient à traiter : l'ancien code ne connaît que cela. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM transitions WHERE (vie, etat_avant, evenement) IN (
        ('correspondance', 'received', 'answer-resumed'), ('correspondance', 'received', 'closed-without-answer'),
        ('correspondance', 'answering', 'answer-held'), ('correspondance', 'answering', 'answer-withdrawn'),
        ('correspondance', 'answered', 'answer-failed'), ('transmission', 'awaiting-ack', 'found-at-prefecture'),
        ('transmission', 'awaiting-ack', 'proven-absent'), ('transmission', 'awaiting-ack', 'envoi-abandoned'));
      UPDATE correspondances SET state = 'received' WHERE state = 'filed';
      ALTER TABLE correspondances DROP CONSTRAINT correspondances_state_check;
      ALTER TABLE correspondances ADD CONSTRAINT correspondances_state_check
        CHECK (state IN ('received', 'answering', 'answered', 'noted', 'taken'));
    `);
  }
}
