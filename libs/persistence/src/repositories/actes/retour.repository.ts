import type { TraceSource } from '@teletransmission/kernel';
import type {
  AuditEntry,
  Empreinte,
  LiaisonId,
  OutboxMessage,
  Remarque,
  Retour,
  RetourHandling,
  RetourId,
  RetourRepository,
  RetourSettlement,
  RetourState,
  TransmissionId,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { fromTimestamp } from '../../instants';
import { RetourRow } from '../../rows/retour.row';
import { settlementStatement } from '../../statements/settlement-statement';
import { SelectedRow } from '../../sql/selected-row';
import { Statement } from '../../statements/statement';

function retourOf(row: RetourRow): Retour {
  return {
    id: row.id as RetourId,
    liaisonId: row.liaisonId as LiaisonId,
    source: row.source,
    sourceId: row.sourceId,
    nom: row.nom,
    empreinte: row.empreinte as Empreinte,
    tailleOctets: Number(row.tailleOctets),
    recuLe: fromTimestamp(row.recuLe),
    state: row.state as RetourState,
    lecture: row.lecture,
    rattacheA: row.rattacheA as TransmissionId | null,
    remarques: row.remarques,
  };
}

/** Les retours de la préfecture, inscrits avant d'être lus. */
export class PgRetourRepository implements RetourRepository {
  private readonly rows: SelectedRow<RetourRow>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly trace: TraceSource,
  ) {
    this.rows = new SelectedRow(dataSource, RetourRow, 'r');
  }

  async find(id: RetourId): Promise<Retour | null> {
    const row = await this.rows.findFirst('WHERE r.id = $1', [id]);
    return row && retourOf(row);
  }

  async findTwin({ id, empreinte }: Retour): Promise<TransmissionId | null> {
    const rows: { transmission_id: TransmissionId }[] = await this.dataSource.query(
      `SELECT transmission_id FROM retours
        WHERE empreinte = $1 AND id <> $2 AND state = 'applied' AND transmission_id IS NOT NULL ORDER BY id LIMIT 1`,
      [empreinte, id],
    );
    return rows[0]?.transmission_id ?? null;
  }

  async receive(retour: Retour, audit: AuditEntry, outbox: OutboxMessage): Promise<boolean> {
    const statement = new Statement();
    const values = [
      statement.bind(retour.id, 'uuid'),
      statement.bind(retour.liaisonId, 'text'),
      statement.bind(retour.source, 'text'),
      statement.bind(retour.sourceId, 'text'),
      statement.bind(retour.nom, 'text'),
      statement.bind(retour.empreinte, 'char(64)'),
      statement.bind(retour.tailleOctets, 'bigint'),
      statement.bind(retour.recuLe, 'timestamptz'),
      statement.bind(retour.state, 'text'),
      statement.bind(JSON.stringify(retour.remarques), 'jsonb'),
    ];
    statement.step(
      'recu',
      `INSERT INTO retours (id, liaison_id, source, source_id, nom, empreinte, taille_octets, recu_le, state, remarques) VALUES (${values.join(', ')})
        ON CONFLICT DO NOTHING RETURNING id`,
    );
    statement.audit('journal', audit, 'recu');
    statement.outbox('travail', outbox, this.trace.current(), 'recu');
    const received: unknown[] = await this.dataSource.query(...statement.finish('SELECT id FROM recu'));
    if (received.length > 0) return true;
    await this.dataSource.query(
      `UPDATE retours SET presentations = presentations + 1
        WHERE liaison_id = $1 AND source = $2 AND source_id = $3 AND nom = $4 AND empreinte = $5`,
      [retour.liaisonId, retour.source, retour.sourceId, retour.nom, retour.empreinte],
    );
    return false;
  }

  async annotate(id: RetourId, remarques: readonly Remarque[]): Promise<void> {
    await this.dataSource.query('UPDATE retours SET remarques = $2::jsonb WHERE id = $1', [
      id,
      JSON.stringify(remarques),
    ]);
  }

  async hasAppliedTwin({ id, nom, empreinte }: Retour): Promise<boolean> {
    const twins: unknown[] = await this.dataSource.query(
      `SELECT 1 FROM retours WHERE empreinte = $1 AND nom = $2 AND id <> $3 AND state = 'applied' LIMIT 1`,
      [empreinte, nom, id],
    );
    return twins.length > 0;
  }

  async settle(settlement: RetourSettlement): Promise<boolean> {
    const settled: unknown[] = await this.dataSource.query(...settlementStatement(settlement));
    return settled.length > 0;
  }

  async handle({ retour, to, rattacheA, audit, outbox }: RetourHandling): Promise<boolean> {
    const statement = new Statement();
    statement.step(
      'repris',
      `UPDATE retours SET state = ${statement.bind(to, 'text')}, rattache_a = ${statement.bind(rattacheA, 'uuid')},
        lecture = lecture + ${outbox ? 1 : 0}
        WHERE id = ${statement.bind(retour.id, 'uuid')} AND state = ${statement.bind(retour.state, 'text')}
        AND lecture = ${statement.bind(retour.lecture, 'int')} AND NOT decision_en_cours RETURNING id`,
    );
    statement.audit('journal', audit, 'repris');
    if (outbox) statement.outbox('travail', outbox, this.trace.current(), 'repris');
    const handled: unknown[] = await this.dataSource.query(...statement.finish('SELECT id FROM repris'));
    return handled.length > 0;
  }
}
