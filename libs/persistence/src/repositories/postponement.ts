import type { Instant } from '@teletransmission/kernel';
import type { AuditEntry, StopReason, Transmission } from '@teletransmission/teletransmission';
import { Statement } from './statement';

/**
 * L'ordre SQL d'un départ remis à plus tard : la date et la raison sous condition de version, l'audit si la raison est neuve, et le
 * travail à cette date. Rend la ligne, ou rien si l'acte a avancé entre-temps.
 */
export function postponement(
  transmission: Transmission,
  until: Instant,
  reason: StopReason,
  audit: AuditEntry | null,
  traceId: string | null,
): [sql: string, parameters: unknown[]] {
  const statement = new Statement();
  statement.step(
    'remise',
    `UPDATE transmissions SET version = version + 1, next_turn_at = ${statement.bind(until, 'timestamptz')},
      stop_code = ${statement.bind(reason.code, 'text')}, stop_detail = ${statement.bind(reason.detail, 'text')}
      WHERE id = ${statement.bind(transmission.id, 'uuid')} AND state = 'sealed'
      AND version = ${statement.bind(transmission.version, 'int')} RETURNING id`,
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
