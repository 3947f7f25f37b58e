import type { Instant, TraceSource } from '@teletransmission/kernel';
import type {
  EnvoiLease,
  EnvoiRepository,
  LiaisonId,
  OpenedEnvoi,
  OpenTransaction,
  OutboxMessage,
  SubmitAnswer,
  Transmission,
  TransmissionId,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { fromNullableTimestamp } from '../../instants';
import type { LastEnvoiRow } from '../../mapping/envoi-mapping';
import { lastEnvoiSql, openedEnvoiOf } from '../../mapping/envoi-mapping';
import { Statement } from '../../statements/statement';

interface OpenRow {
  readonly id: TransmissionId;
  readonly nom_archive: string;
  readonly teletransmise_le: Date | null;
  readonly reference: string | null;
}

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
        reponse_tardive_code = ${statement.bind(answer.code, 'text')}, reponse_tardive_le = ${statement.bind(at, 'timestamptz')},
        reference = coalesce(reference, ${statement.bind(answer.kind === 'accepted' ? (answer.reference ?? null) : null, 'text')})
        WHERE id = ${statement.bind(lease.envoiId, 'uuid')} AND jeton = ${statement.bind(lease.jeton, 'int')}
        AND reponse_tardive IS NULL RETURNING id`,
    );
    statement.outbox('travail', outbox, this.trace.current(), 'gardee');
    await this.dataSource.query(...statement.finish('SELECT id FROM gardee'));
  }

  async lastOf(id: TransmissionId): Promise<OpenedEnvoi | null> {
    const [row]: LastEnvoiRow[] = await this.dataSource.query(lastEnvoiSql('$1'), [id]);
    return row ? openedEnvoiOf(row) : null;
  }

  async openTransactions(
    liaisonId: LiaisonId,
    after: TransmissionId | null,
    limit: number,
  ): Promise<readonly OpenTransaction[]> {
    const rows: OpenRow[] = await this.dataSource.query(
      `SELECT t.id, e.nom_archive, t.teletransmise_le, v.reference FROM transmissions t
        JOIN enveloppes e ON e.id = t.enveloppe_id AND e.nom_archive IS NOT NULL
        LEFT JOIN LATERAL (SELECT reference FROM envois WHERE transmission_id = t.id AND enveloppe_id = t.enveloppe_id
          AND reference IS NOT NULL ORDER BY jeton DESC LIMIT 1) v ON true
        WHERE t.liaison_id = $1 AND t.state = 'awaiting-ack' AND ($2::uuid IS NULL OR t.id > $2) ORDER BY t.id LIMIT $3`,
      [liaisonId, after, limit],
    );
    return rows.map(({ id, nom_archive: nom, teletransmise_le, reference }) => ({
      transmissionId: id,
      nom,
      reference,
      teletransmiseLe: fromNullableTimestamp(teletransmise_le),
    }));
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
