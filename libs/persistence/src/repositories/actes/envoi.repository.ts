import type { Instant, TraceSource } from '@teletransmission/kernel';
import type {
  EnveloppeId,
  EnvoiLease,
  EnvoiRepository,
  OpenedEnvoi,
  OutboxMessage,
  SubmitAnswer,
  Transmission,
  TransmissionId,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { fromTimestamp } from '../../instants';
import { Statement } from '../../statements/statement';

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
    const rows: { enveloppe_id: string; ouvert_le: Date; premier: Date }[] = await this.dataSource.query(
      `SELECT enveloppe_id, ouvert_le, min(ouvert_le) OVER () AS premier FROM envois
        WHERE transmission_id = $1 ORDER BY jeton DESC LIMIT 1`,
      [id],
    );
    const [row] = rows;
    if (!row) return null;
    return {
      enveloppeId: row.enveloppe_id as EnveloppeId,
      ouvertLe: fromTimestamp(row.ouvert_le),
      premierOuvertLe: fromTimestamp(row.premier),
    };
  }

  async wasSentAsAnother({ id, identifiantActe, flux, correspondanceId }: Transmission): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      `SELECT 1 FROM transmissions o JOIN envois v ON v.transmission_id = o.id
        WHERE o.identifiant_acte = $1 AND o.flux = $2 AND o.id <> $3 AND o.correspondance_id IS NOT DISTINCT FROM $4::uuid LIMIT 1`,
      [identifiantActe, flux, id, correspondanceId],
    );
    return rows.length > 0;
  }
}
