import type { AuditEntry, Effect, StateChange, TransmissionPatch } from '@teletransmission/teletransmission';
import { insertTransmission } from './insert-transmission';
import { keepMessage } from './keep-message';
import { Statement } from './statement';
import { storeClassification } from './store-classification';

const PATCH_COLUMNS: Readonly<
  Record<Exclude<keyof TransmissionPatch, 'stopReason'>, readonly [column: string, type: string]>
> = {
  cycle: ['cycle', 'int'],
  turn: ['turn', 'int'],
  nextTurnAt: ['next_turn_at', 'timestamptz'],
  ackDueAt: ['ack_due_at', 'timestamptz'],
  isOverdue: ['is_overdue', 'boolean'],
  enveloppeId: ['enveloppe_id', 'uuid'],
  liaisonId: ['liaison_id', 'text'],
  classificationEnvoyee: ['classification_envoyee', 'date'],
  teletransmiseLe: ['teletransmise_le', 'timestamptz'],
  dateReception: ['date_reception', 'date'],
};

function assignments(statement: Statement, patch: TransmissionPatch): readonly string[] {
  const columns = Object.entries(PATCH_COLUMNS).flatMap(([key, [column, type]]) => {
    const value = patch[key as keyof typeof PATCH_COLUMNS];
    return value === undefined ? [] : [`${column} = ${statement.bind(value, type)}`];
  });
  if (patch.stopReason === undefined) return columns;
  return [
    ...columns,
    `stop_code = ${statement.bind(patch.stopReason?.code ?? null, 'text')}`,
    `stop_detail = ${statement.bind(patch.stopReason?.detail ?? null, 'text')}`,
  ];
}

function writeEffect(statement: Statement, effect: Effect, at: AuditEntry['instant'], index: number): void {
  const name = `effet_${index}`;
  // Une valeur liée et non employée n'a pas de type aux yeux de PostgreSQL : on ne la lie que là où elle sert.
  const instant = (): string => statement.bind(at, 'timestamptz');
  switch (effect.kind) {
    case 'seal': {
      const { nom, empreinte, tailleOctets } = effect.archive;
      statement.step(
        name,
        `UPDATE enveloppes SET nom_archive = ${statement.bind(nom, 'text')}, empreinte = ${statement.bind(empreinte, 'char(64)')},
          taille_octets = ${statement.bind(tailleOctets, 'bigint')}, scellee_le = ${instant()}
          FROM moved WHERE enveloppes.id = ${statement.bind(effect.enveloppeId, 'uuid')} RETURNING enveloppes.id`,
      );
      return;
    }
    case 'open-envoi':
      statement.step(
        name,
        `INSERT INTO envois (id, transmission_id, collectivite_id, enveloppe_id, liaison_id, turn, jeton, ouvert_le, bail_jusqua)
          SELECT ${statement.bind(effect.envoiId, 'uuid')}, moved.id, moved.collectivite_id, ${statement.bind(effect.enveloppeId, 'uuid')}, moved.liaison_id,
          ${statement.bind(effect.turn, 'int')}, moved.version, ${instant()}, ${statement.bind(effect.leaseUntil, 'timestamptz')} FROM moved RETURNING id`,
      );
      return;
    case 'move-correspondance': {
      const { correspondanceId, from, to, audit } = effect;
      statement.step(
        name,
        `UPDATE correspondances SET state = ${statement.bind(to, 'text')} FROM moved
          WHERE correspondances.id = ${statement.bind(correspondanceId, 'uuid')}
          AND correspondances.state = ${statement.bind(from, 'text')} RETURNING correspondances.id`,
      );
      statement.audit(`audit_effet_${index}`, audit, name);
      return;
    }
    case 'store-classification':
      storeClassification(statement, name, effect.classification, 'moved');
      return;
    case 'keep-message':
      keepMessage(statement, name, effect.message, 'moved', 'moved.id');
      return;
    case 'create-transmission':
      insertTransmission(statement, name, effect.transmission, 'moved');
      statement.audit(`audit_effet_${index}`, effect.audit, name);
      return;
    case 'close-envoi':
      statement.step(
        name,
        `UPDATE envois SET clos_le = ${instant()}, outcome = ${statement.bind(effect.outcome, 'text')}, code = ${statement.bind(effect.code, 'text')},
          detail = ${statement.bind(effect.detail, 'text')}, reference = coalesce(${statement.bind(effect.reference ?? null, 'text')}, envois.reference) FROM moved
          WHERE envois.transmission_id = moved.id AND envois.clos_le IS NULL RETURNING envois.id`,
      );
      return;
    case 'disprove-envoi':
      statement.step(
        name,
        `UPDATE envois SET outcome = 'absent', code = ${statement.bind(effect.code, 'text')}, detail = ${statement.bind(effect.detail, 'text')}
          FROM moved WHERE envois.transmission_id = moved.id AND envois.enveloppe_id = moved.enveloppe_id
          AND envois.outcome IN ('accepted', 'found') RETURNING envois.id`,
      );
      return;
    case 'apply-retour':
      if (effect.audit === null) return;
      statement.step(
        name,
        `UPDATE retours SET state = 'applied', flux = ${statement.bind(effect.flux, 'text')}, transmission_id = moved.id,
          collectivite_id = moved.collectivite_id, code = ${statement.bind(effect.remarque?.code ?? null, 'text')},
          detail = ${statement.bind(effect.remarque?.detail ?? null, 'text')}, traite_le = ${instant()}
          FROM moved WHERE retours.id = ${statement.bind(effect.retourId, 'uuid')} AND retours.state = ${statement.bind(effect.from ?? 'received', 'text')} RETURNING retours.id`,
      );
      statement.audit(`audit_effet_${index}`, effect.audit, name);
  }
}

/**
 * L'ordre SQL d'un changement d'état : l'état sous condition de version, ses effets, l'audit, les messages.
 * Rend la ligne changée, ou rien si quelqu'un d'autre a changé l'état depuis la lecture.
 */
export function stateChangeStatement(
  change: StateChange,
  traceId: string | null,
): [sql: string, parameters: unknown[]] {
  const statement = new Statement();
  const { transmission, audit } = change;
  const set = [
    `state = ${statement.bind(change.to, 'text')}`,
    `since = ${change.to === transmission.state ? 'since' : statement.bind(audit.instant, 'timestamptz')}`,
    'version = version + 1',
    ...assignments(statement, change.patch),
  ];
  const retour = change.effects.find((effect) => effect.kind === 'apply-retour');
  const isReceived = retour
    ? `AND EXISTS (SELECT 1 FROM retours WHERE id = ${statement.bind(retour.retourId, 'uuid')} AND state = ${statement.bind(retour.from ?? 'received', 'text')})`
    : '';
  const lettre = change.effects.find((effect) => effect.kind === 'move-correspondance' && effect.isRequired);
  // Verrouillée : de deux réponses qui reprennent la lettre ensemble, une seule l'obtient.
  const isTakeable =
    lettre?.kind === 'move-correspondance'
      ? `AND EXISTS (SELECT 1 FROM correspondances WHERE id = ${statement.bind(lettre.correspondanceId, 'uuid')}
          AND state = ${statement.bind(lettre.from, 'text')} FOR UPDATE)`
      : '';
  statement.step(
    'moved',
    `UPDATE transmissions SET ${set.join(', ')} WHERE id = ${statement.bind(transmission.id, 'uuid')}
      AND state = ${statement.bind(transmission.state, 'text')} AND version = ${statement.bind(transmission.version, 'int')} ${isReceived} ${isTakeable} RETURNING *`,
  );
  for (const [index, effect] of change.effects.entries())
    writeEffect(statement, effect, audit.instant, index);
  statement.audit('journal', audit, 'moved');
  for (const [index, message] of change.outbox.entries())
    statement.outbox(`travail_${index}`, message, traceId, 'moved');
  return statement.finish('SELECT id FROM moved');
}
