import type { EnveloppeKey } from '@teletransmission/actes';
import { nomEnveloppe } from '@teletransmission/actes';
import type { CivilDate, Instant, TraceSource } from '@teletransmission/kernel';
import type {
  ActeDit,
  AuditEntry,
  CollectiviteId,
  Enveloppe,
  EnveloppeId,
  FluxTransmis,
  MatchedEnveloppe,
  OutboxMessage,
  Page,
  Postponement,
  RecordOutcome,
  StateChange,
  Transmission,
  TransmissionId,
  TransmissionRepository,
} from '@teletransmission/teletransmission';
import {
  ENVELOPPE_NUMERO_MAX,
  IN_FLIGHT_STATES,
  UNFINISHED_STATES,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { decodeCursor } from '../../paging/cursor';
import { pageOf } from '../../paging/page-of';
import { EnveloppeRow, TransmissionRow } from '../../rows/transmission.row';
import { allocateEnveloppe } from '../../statements/allocate-enveloppe';
import { insertTransmission } from '../../statements/insert-transmission';
import { postponementStatement } from '../../statements/postponement';
import { stateChangeStatement } from '../../statements/state-change-statement';
import { livingFirst } from '../../sql/living-first';
import { SelectedRow } from '../../sql/selected-row';
import { statesSql } from '../../sql/states-sql';
import { Statement } from '../../statements/statement';
import { findByActe, findReponses, PREMIER_JOUR } from '../../statements/transmission-candidates';
import { enveloppeOf, transmissionOf } from '../../mapping/transmission-mapping';

interface WaitingRow {
  readonly job: OutboxMessage['job'];
  readonly target_id: string;
  readonly turn: number;
  readonly since: Date;
}

/** Défait une transaction dont un des états avait bougé ; ne sort pas d'ici. */
class MovedMeanwhile extends Error {}

/** Les transmissions en base. `record` est la seule écriture d'un état. */
export class PgTransmissionRepository implements TransmissionRepository {
  private readonly rows: SelectedRow<TransmissionRow>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly trace: TraceSource,
  ) {
    this.rows = new SelectedRow(dataSource, TransmissionRow, 't');
  }

  find(id: TransmissionId): Promise<Transmission | null> {
    return this.one('WHERE t.id = $1', [id]);
  }

  findByIdentifiant(identifiantActe: string, flux: FluxTransmis): Promise<Transmission | null> {
    return this.one(
      `WHERE t.identifiant_acte = $1 AND t.flux = $2
        ${livingFirst('t')}`,
      [identifiantActe, flux],
    );
  }

  async findByEnveloppe(key: EnveloppeKey): Promise<MatchedEnveloppe | null> {
    const { siren, jour, numero } = key;
    // Un nom venu d'ailleurs peut porter un numéro ou un jour que la base ne saurait même pas comparer.
    if (numero > ENVELOPPE_NUMERO_MAX || jour < PREMIER_JOUR) return null;
    const row = await this.dataSource.getRepository(EnveloppeRow).findOneBy({ siren, jour, numero });
    const nom = nomEnveloppe(key).replace(/[.]xml$/, '.tar.gz');
    if (!row?.nomArchive?.endsWith(`-${nom}`)) return null;
    const transmission = await this.find(row.transmissionId as TransmissionId);
    return transmission && { transmission, isCurrent: transmission.enveloppeId === row.id };
  }

  findByActe(acte: ActeDit, flux: FluxTransmis): Promise<readonly Transmission[]> {
    return findByActe(this.dataSource, acte, flux);
  }

  findReponses(
    identifiantActe: string,
    dateCourrier: CivilDate,
    fluxs: readonly FluxTransmis[],
  ): Promise<readonly Transmission[]> {
    return findReponses(this.dataSource, identifiantActe, dateCourrier, fluxs);
  }

  async findOpenClassification(siren: string): Promise<Transmission | null> {
    const row = await this.dataSource
      .getRepository(TransmissionRow)
      .createQueryBuilder('t')
      .innerJoin('collectivites', 'c', 'c.id = t.collectivite_id')
      .where(`c.siren = :siren AND t.flux = '7-1' AND t.state IN (${statesSql(IN_FLIGHT_STATES)})`, {
        siren,
      })
      .orderBy('t.id')
      .limit(1)
      .getOne();
    return row && transmissionOf(row);
  }

  async findStopped(
    collectiviteId: CollectiviteId,
    code: string,
    limit: number,
  ): Promise<readonly Transmission[]> {
    const rows = await this.dataSource.getRepository(TransmissionRow).find({
      where: { collectiviteId, state: 'rejected', stopCode: code },
      order: { id: 'ASC' },
      take: limit,
    });
    return rows.map(transmissionOf);
  }

  async create(transmission: Transmission, audit: AuditEntry, outbox: OutboxMessage): Promise<boolean> {
    const statement = new Statement();
    insertTransmission(statement, 'nee', transmission, null);
    statement.audit('journal', audit, 'nee');
    statement.outbox('travail', outbox, this.trace.current(), 'nee');
    const created: unknown[] = await this.dataSource.query(...statement.finish('SELECT id FROM nee'));
    return created.length > 0;
  }

  async record(change: StateChange): Promise<RecordOutcome> {
    const [sql, parameters] = stateChangeStatement(change, this.trace.current());
    const moved: { id: string }[] = await this.dataSource.query(sql, parameters);
    if (moved.length === 0) return { moved: false };
    const { transmission, to, patch, audit } = change;
    const since = to === transmission.state ? transmission.since : audit.instant;
    return {
      moved: true,
      transmission: { ...transmission, ...patch, state: to, since, version: transmission.version + 1 },
    };
  }

  async postpone(
    transmission: Transmission,
    postponement: Postponement,
    audit: AuditEntry | null,
  ): Promise<boolean> {
    const statement = postponementStatement(transmission, postponement, audit, this.trace.current());
    const moved: unknown[] = await this.dataSource.query(...statement);
    return moved.length > 0;
  }

  async recordTogether(changes: readonly StateChange[]): Promise<boolean> {
    const [only, ...others] = changes;
    if (only && others.length === 0) return (await this.record(only)).moved;
    try {
      await this.dataSource.transaction(async (manager) => {
        for (const change of changes) {
          const moved: unknown[] = await manager.query(...stateChangeStatement(change, this.trace.current()));
          if (moved.length === 0) throw new MovedMeanwhile();
        }
      });
      return true;
    } catch (error) {
      if (error instanceof MovedMeanwhile) return false;
      throw error;
    }
  }

  allocateEnveloppe(
    transmission: Transmission,
    siren: string,
    jour: CivilDate,
    id: EnveloppeId,
  ): Promise<Enveloppe> {
    return allocateEnveloppe(this.dataSource, transmission, { siren, jour, id });
  }

  async findEnveloppe(id: EnveloppeId): Promise<Enveloppe | null> {
    const row = await this.dataSource.getRepository(EnveloppeRow).findOneBy({ id });
    return row && enveloppeOf(row);
  }

  async findOverdue(now: Instant, limit: number): Promise<readonly Transmission[]> {
    const rows = await this.dataSource
      .getRepository(TransmissionRow)
      .createQueryBuilder('t')
      .where(`t.state = 'awaiting-ack' AND NOT t.isOverdue AND t.ackDueAt <= :now`, { now })
      .orderBy('t.ackDueAt')
      .limit(limit)
      .getMany();
    return rows.map(transmissionOf);
  }

  async findExpiredLeases(now: Instant, limit: number): Promise<readonly Transmission[]> {
    const rows = await this.dataSource
      .getRepository(TransmissionRow)
      .createQueryBuilder('t')
      .innerJoin('envois', 'e', 'e.transmission_id = t.id AND e.clos_le IS NULL')
      .where(`t.state = 'sending' AND e.bail_jusqua <= :now`, { now })
      .orderBy('t.since')
      .limit(limit)
      .getMany();
    return rows.map(transmissionOf);
  }

  async findUnfinished(after: TransmissionId | null, limit: number): Promise<readonly Transmission[]> {
    const query = this.dataSource
      .getRepository(TransmissionRow)
      .createQueryBuilder('t')
      .where(`t.state IN (${statesSql(UNFINISHED_STATES)})`)
      .orderBy('t.id')
      .limit(limit);
    if (after !== null) query.andWhere('t.id > :after', { after });
    return (await query.getMany()).map(transmissionOf);
  }

  async findWaiting(
    now: Instant,
    before: Instant,
    after: string | null,
    limit: number,
  ): Promise<Page<OutboxMessage>> {
    const key = after === null ? [null, null, null] : decodeCursor(after, ['instant', 'uuid', 'int']);
    const rows: WaitingRow[] = await this.dataSource.query(
      `SELECT job, target_id, turn, since FROM (
        SELECT CASE state WHEN 'queued' THEN 'seal-enveloppe' WHEN 'sealed' THEN 'submit-enveloppe' ELSE 'reconcile-envoi' END AS job,
          id AS target_id, version AS turn, since FROM transmissions
          WHERE state IN ('queued', 'sealed', 'uncertain') AND since <= $2 AND coalesce(next_turn_at, since) <= $1
        UNION ALL
        SELECT 'apply-retour', id, lecture, recu_le FROM retours WHERE state = 'received' AND recu_le <= $2
        UNION ALL
        SELECT 'track-publication', t.deliberation_id, t.version, t.since FROM transmissions t
          JOIN publications p ON p.deliberation_id = t.deliberation_id AND p.state = 'unpublished'
          JOIN collectivites c ON c.id = t.collectivite_id AND c.publication_automatique AND c.adresse_des_actes IS NOT NULL
          WHERE t.flux = '1-1' AND t.state = 'acknowledged' AND t.since <= $2
        ) AS attentes WHERE $3::timestamptz IS NULL OR (since, target_id, turn) > ($3::timestamptz, $4::uuid, $5::int)
        ORDER BY since, target_id, turn LIMIT $6`,
      [now, before, ...key, limit + 1],
    );
    return pageOf(
      rows,
      limit,
      ({ job, target_id, turn }) => ({ job, targetId: target_id, turn, notBefore: null }),
      ({ since, target_id, turn }) => [since.toISOString(), target_id, turn],
    );
  }

  /** La première transmission que cette clé trouve. */
  private async one(where: string, values: readonly unknown[]): Promise<Transmission | null> {
    const row = await this.rows.findFirst(where, values);
    return row && transmissionOf(row);
  }
}
