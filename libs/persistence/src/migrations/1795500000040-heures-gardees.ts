import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * La date demandée au dépôt suit la transmission : en file, elle l'attend, par quelque chemin qu'elle y soit revenue. Ceux que l'oubli a
 * déjà remis en file retrouvent la leur ; leur version n'avance pas, rien ne leur arrive.
 */
export class HeuresGardees1795500000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE transmissions ADD COLUMN pas_avant timestamptz(3);
      ALTER TABLE transmissions DISABLE TRIGGER transmissions_transition;
      UPDATE transmissions t SET pas_avant = d.pas_avant,
          next_turn_at = CASE WHEN t.state = 'queued' AND d.pas_avant > t.since THEN d.pas_avant ELSE t.next_turn_at END
        FROM deliberations d WHERE d.id = t.deliberation_id AND t.flux = '1-1' AND d.pas_avant IS NOT NULL;
      ALTER TABLE transmissions ENABLE TRIGGER transmissions_transition;
      ALTER TABLE transmissions
        ADD CONSTRAINT heure_d_un_acte CHECK (pas_avant IS NULL OR flux = '1-1'),
        ADD CONSTRAINT heure_attendue CHECK (state <> 'queued' OR pas_avant IS NULL OR pas_avant <= since
          OR (next_turn_at IS NOT NULL AND next_turn_at >= pas_avant));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE transmissions DROP COLUMN pas_avant');
  }
}
