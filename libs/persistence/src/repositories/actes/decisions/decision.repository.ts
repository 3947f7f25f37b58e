import type { TraceSource } from '@teletransmission/kernel';
import type {
  ApplyOutcome,
  AuditEntry,
  DecidedWrites,
  Decision,
  DecisionCriteria,
  DecisionId,
  DecisionRepository,
  Page,
  Retour,
  RetourId,
} from '@teletransmission/teletransmission';
import type { DataSource, EntityManager } from 'typeorm';
import { pageOf, uuidOf } from '../../../paging/page-of';
import { courrierStatement } from '../../../statements/courrier-statement';
import { readRowOrNull, readRows } from '../../../sql/read-rows';
import { DECISION_COLUMNS, DECISION_ROW, decisionOf, decisionValues } from './decision-mapping';
import { settlementStatement } from '../../../statements/settlement-statement';
import { stateChangeStatement } from '../../../statements/state-change-statement';
import { Statement, writeAudit } from '../../../statements/statement';

/** Rien ne s'écrit : la transaction s'annule, et l'issue se rend. */
class NothingWritten extends Error {
  constructor(readonly outcome: Exclude<ApplyOutcome, 'applied'>) {
    super(outcome);
  }
}

/** Les décisions prises sur les retours du bac. Chaque écriture commence par la ligne du retour : deux gestes simultanés s'y suivent. */
export class PgDecisionRepository implements DecisionRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly trace: TraceSource,
  ) {}

  async find(id: DecisionId): Promise<Decision | null> {
    return this.one('id = $1', id);
  }

  async findProposed(retourId: RetourId): Promise<Decision | null> {
    return this.one(`retour_id = $1 AND state = 'proposed'`, retourId);
  }

  async list(
    { retourId, etat, collectiviteId }: DecisionCriteria,
    after: string | null,
    limit: number,
  ): Promise<Page<Decision>> {
    const rows = await readRows(
      this.dataSource,
      DECISION_ROW,
      `SELECT ${DECISION_COLUMNS} FROM decisions_retours WHERE ($1::uuid IS NULL OR retour_id = $1) AND ($2::text IS NULL OR state = $2)
        AND ($3::uuid IS NULL OR collectivite_id = $3) AND ($4::uuid IS NULL OR id > $4) ORDER BY id LIMIT $5`,
      [retourId ?? null, etat ?? null, collectiviteId, after === null ? null : uuidOf(after), limit + 1],
    );
    return pageOf(rows, limit, decisionOf, (row) => [row.id]);
  }

  propose(decision: Decision, retour: Retour, audit: AuditEntry): Promise<boolean> {
    return this.whole(async (manager) => {
      await this.hold(manager, retour, false, true);
      await this.insert(manager, decision);
      await writeAudit(manager, audit);
    }).then((outcome) => outcome === 'applied');
  }

  close(decision: Decision, audit: AuditEntry): Promise<boolean> {
    return this.whole(async (manager) => {
      const freed: unknown[] = await manager.query(
        `WITH libre AS (UPDATE retours SET decision_en_cours = false WHERE id = $1 AND decision_en_cours RETURNING id) SELECT id FROM libre`,
        [decision.retourId],
      );
      if (freed.length === 0) throw new NothingWritten('moved');
      await this.seal(manager, decision);
      await writeAudit(manager, audit);
    }).then((outcome) => outcome === 'applied');
  }

  apply(decision: Decision, retour: Retour, writes: DecidedWrites): Promise<ApplyOutcome> {
    const wasProposed = decision.cloture !== null;
    return this.whole(async (manager) => {
      await this.hold(manager, retour, wasProposed, false);
      await (wasProposed ? this.seal(manager, decision) : this.insert(manager, decision));
      for (const statement of this.statementsOf(writes)) {
        const written: unknown[] = await manager.query(...statement);
        if (written.length === 0)
          throw new NothingWritten(writes.kind === 'courrier' ? 'lettre-known' : 'moved');
      }
    });
  }

  private statementsOf(writes: DecidedWrites): readonly [sql: string, parameters: unknown[]][] {
    const traceId = this.trace.current();
    switch (writes.kind) {
      case 'changes':
        return writes.changes.map((change) => stateChangeStatement(change, traceId));
      case 'courrier':
        return [courrierStatement(writes.courrier, traceId)];
      case 'settlement':
        return [settlementStatement(writes.settlement)];
    }
  }

  /** Prend la ligne du retour s'il est tel qu'on l'a lu, et dit si une décision y attend désormais. */
  private async hold(
    manager: EntityManager,
    { id, state, lecture }: Retour,
    isPending: boolean,
    willBePending: boolean,
  ): Promise<void> {
    const held: unknown[] = await manager.query(
      `WITH pris AS (UPDATE retours SET decision_en_cours = $5 WHERE id = $1 AND state = $2 AND lecture = $3 AND decision_en_cours = $4
        RETURNING id) SELECT id FROM pris`,
      [id, state, lecture, isPending, willBePending],
    );
    if (held.length === 0) throw new NothingWritten('moved');
  }

  private async insert(manager: EntityManager, decision: Decision): Promise<void> {
    const statement = new Statement();
    const values = decisionValues(decision);
    const bound = values.map(({ value, type }) => statement.bind(value, type));
    statement.step(
      'prise',
      `INSERT INTO decisions_retours (${values.map(({ column }) => column).join(', ')}) VALUES (${bound.join(', ')}) RETURNING id`,
    );
    await manager.query(...statement.finish('SELECT id FROM prise'));
  }

  private async seal(manager: EntityManager, { id, state, cloture }: Decision): Promise<void> {
    const statement = new Statement();
    statement.step(
      'close',
      `UPDATE decisions_retours SET state = ${statement.bind(state, 'text')}, cloture_id = ${statement.bind(cloture?.id ?? null, 'uuid')},
        cloture_nom = ${statement.bind(cloture?.nom ?? null, 'text')}, cloture_le = ${statement.bind(cloture?.le ?? null, 'timestamptz')},
        cloture_motif = ${statement.bind(cloture?.motif ?? null, 'text')}
        WHERE id = ${statement.bind(id, 'uuid')} AND state = 'proposed' RETURNING id`,
    );
    const sealed: unknown[] = await manager.query(...statement.finish('SELECT id FROM close'));
    if (sealed.length === 0) throw new NothingWritten('moved');
  }

  private async one(where: string, value: string): Promise<Decision | null> {
    const row = await readRowOrNull(
      this.dataSource,
      DECISION_ROW,
      `SELECT ${DECISION_COLUMNS} FROM decisions_retours WHERE ${where}`,
      [value],
    );
    return row && decisionOf(row);
  }

  private async whole(work: (manager: EntityManager) => Promise<void>): Promise<ApplyOutcome> {
    try {
      await this.dataSource.transaction(work);
      return 'applied';
    } catch (error) {
      if (error instanceof NothingWritten) return error.outcome;
      throw error;
    }
  }
}
