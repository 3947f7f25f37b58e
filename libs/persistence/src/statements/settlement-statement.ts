import type { RetourSettlement } from '@teletransmission/teletransmission';
import { Statement } from './statement';

/** L'ordre SQL d'un retour réglé depuis l'état lu. Rend sa ligne, ou rien si quelqu'un d'autre l'a réglé. */
export function settlementStatement(settlement: RetourSettlement): [sql: string, parameters: unknown[]] {
  const { retour, audit } = settlement;
  const statement = new Statement();
  statement.step(
    'regle',
    `UPDATE retours SET state = ${statement.bind(settlement.to, 'text')}, flux = ${statement.bind(settlement.flux, 'text')},
      collectivite_id = ${statement.bind(settlement.collectiviteId, 'uuid')},
      transmission_id = ${statement.bind(settlement.transmissionId, 'uuid')}, code = ${statement.bind(settlement.code, 'text')},
      detail = ${statement.bind(settlement.detail, 'text')}, traite_le = ${statement.bind(audit.instant, 'timestamptz')}
      WHERE id = ${statement.bind(retour.id, 'uuid')} AND state = ${statement.bind(retour.state, 'text')} RETURNING id`,
  );
  statement.audit('journal', audit, 'regle');
  return statement.finish('SELECT id FROM regle');
}
