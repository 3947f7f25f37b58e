import type { AuditEntry, Postponement, Transmission } from '@teletransmission/teletransmission';
import { Statement } from './statement';

/**
 * L'ordre SQL d'un départ remis à plus tard : la date et la raison sous condition de version, l'audit si la raison est neuve, et le
 * travail à cette date. Rend la ligne, ou rien si l'acte a avancé ou la préfecture changé entre-temps. Ses lignes sont prises en partage :
 * ce qui la change attend que la remise soit écrite, et réveille alors cet acte avec les autres.
 */
export function postponementStatement(
  transmission: Transmission,
  { until, reason, seen }: Postponement,
  audit: AuditEntry | null,
  traceId: string | null,
): [sql: string, parameters: unknown[]] {
  const statement = new Statement();
  const guichet = `liaison_id = ${statement.bind(seen.guichet.liaisonId, 'text')} AND departement = ${statement.bind(seen.guichet.departement, 'char(3)')}`;
  statement.step('reglages', `SELECT version FROM prefectures WHERE ${guichet} FOR SHARE`);
  statement.step('liaison', `SELECT state FROM disjoncteurs WHERE ${guichet} FOR SHARE`);
  statement.step(
    'remise',
    `UPDATE transmissions SET version = version + 1, next_turn_at = ${statement.bind(until, 'timestamptz')},
      stop_code = ${statement.bind(reason.code, 'text')}, stop_detail = ${statement.bind(reason.detail, 'text')}
      WHERE id = ${statement.bind(transmission.id, 'uuid')} AND state = 'sealed'
      AND version = ${statement.bind(transmission.version, 'int')}
      AND coalesce((SELECT version FROM reglages), 0) = ${statement.bind(seen.version, 'int')}
      AND (NOT ${statement.bind(seen.isCut, 'boolean')} OR EXISTS (SELECT FROM liaison WHERE state <> 'closed')) RETURNING id`,
  );
  if (audit) statement.audit('journal', audit, 'remise');
  statement.outbox(
    'travail',
    { job: 'submit-enveloppe', targetId: transmission.id, turn: transmission.version + 1, notBefore: until },
    traceId,
    'remise',
  );
  return statement.finish('SELECT id FROM remise');
}
