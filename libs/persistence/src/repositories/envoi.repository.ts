import type { Instant, TraceSource } from '@teletransmission/kernel';
import type {
  EnveloppeId,
  EnvoiLease,
  EnvoiRepository,
  OpenedEnvoi,
  OutboxMessage,
  SubmitAnswer,
  TransmissionId,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { fromTimestamp } from '../instants';
import { EnvoiRow } from '../rows/transmission.row';
import { Statement } from './statement';

/** Les envois en base : leur bail, et ce qu'on garde d'une réponse venue trop tard. */
export class PgEnvoiRepository implements EnvoiRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly trace: TraceSource,
  ) {}

  async renewLease(lease: EnvoiLease, now: Instant, until: Instant): Promise<boolean> {
    const [renewed]: [unknown[], number] = await this.dataSource.query(
      `UPDATE envois SET bail_jusqua = $4 FROM transmissions t
        WHERE envois.id = $1 AND envois.jeton = $2 AND envois.clos_le IS NULL AND envois.bail_jusqua > $3
        AND t.id = envois.transmission_id AND t.state = 'sending' AND t.version = envois.jeton RETURNING envois.id`,
      [lease.envoiId, lease.jeton, now, until],
    );
    return renewed.length > 0;
  }

  async keepLateAnswer(
    lease: EnvoiLease,
    answer: SubmitAnswer,
    at: Instant,
    outbox: OutboxMessage,
  ): Promise<void> {
    const statement = new Statement();
    statement.step(
      'gardee',
      `UPDATE envois SET reponse_tardive = ${statement.bind(answer.kind, 'text')},
        reponse_tardive_code = ${statement.bind(answer.code, 'text')}, reponse_tardive_le = ${statement.bind(at, 'timestamptz')}
        WHERE id = ${statement.bind(lease.envoiId, 'uuid')} AND jeton = ${statement.bind(lease.jeton, 'int')}
        AND reponse_tardive IS NULL RETURNING id`,
    );
    statement.outbox('travail', outbox, this.trace.current(), 'gardee');
    await this.dataSource.query(...statement.finish('SELECT id FROM gardee'));
  }

  async lastOf(id: TransmissionId): Promise<OpenedEnvoi | null> {
    const row = await this.dataSource
      .getRepository(EnvoiRow)
      .findOne({ where: { transmissionId: id }, order: { jeton: 'DESC' } });
    return row && { enveloppeId: row.enveloppeId as EnveloppeId, ouvertLe: fromTimestamp(row.ouvertLe) };
  }
}
