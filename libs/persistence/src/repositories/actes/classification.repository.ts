import type { Instant, TraceSource } from '@teletransmission/kernel';
import type {
  Adoption,
  Classification,
  ClassificationRepository,
  CollectiviteId,
  Transmission,
} from '@teletransmission/teletransmission';
import { STOPPED_STATES } from '@teletransmission/teletransmission';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';
import { column } from '../../sql/columns';
import { readRows } from '../../sql/read-rows';
import { ClassificationRow } from '../../rows/classification.row';
import { TransmissionRow } from '../../rows/transmission.row';
import { statesSql } from '../../sql/states-sql';
import { keepMessage } from '../../statements/keep-message';
import { Statement } from '../../statements/statement';
import { storeClassification } from '../../statements/store-classification';
import { classificationOf } from '../../mapping/classification-mapping';
import { transmissionOf } from '../../mapping/transmission-mapping';

const STALE_ROW = z.object({ id: column.id<CollectiviteId>() });

/** Les nomenclatures reçues ; elles s'écrivent avec la demande qu'elles closent (`state-change-statement.ts`), ou seules quand personne ne les a demandées. */
export class PgClassificationRepository implements ClassificationRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly trace: TraceSource = { current: () => null },
  ) {}

  async adopt({ classification, message: kept, flux, audit, outbox }: Adoption): Promise<boolean> {
    const statement = new Statement();
    const { collectiviteId, recueLe } = classification;
    statement.step(
      'applique',
      `UPDATE retours SET state = 'applied', flux = ${statement.bind(flux, 'text')},
        collectivite_id = ${statement.bind(collectiviteId, 'uuid')}, traite_le = ${statement.bind(recueLe, 'timestamptz')}
        WHERE id = ${statement.bind(kept.retourId, 'uuid')} AND state = 'received' RETURNING id, collectivite_id`,
    );
    storeClassification(statement, 'nomenclature', classification, 'applique');
    keepMessage(statement, 'message', kept, 'applique', 'NULL::uuid');
    statement.audit('journal', audit, 'applique');
    for (const [index, message] of outbox.entries())
      statement.outbox(`travail_${index}`, message, this.trace.current(), 'applique');
    const adopted: unknown[] = await this.dataSource.query(...statement.finish('SELECT id FROM applique'));
    return adopted.length > 0;
  }

  async current(collectiviteId: CollectiviteId): Promise<Classification | null> {
    const row = await this.dataSource
      .getRepository(ClassificationRow)
      .findOne({ where: { collectiviteId }, order: { dateVersion: 'DESC' } });
    return row && classificationOf(row);
  }

  async findStale(before: Instant, limit: number): Promise<readonly CollectiviteId[]> {
    const rows = await readRows(
      this.dataSource,
      STALE_ROW,
      `SELECT c.id FROM collectivites c WHERE NOT EXISTS (SELECT 1 FROM transmissions t
        WHERE t.collectivite_id = c.id AND t.flux = '7-1' AND t.since > $1) ORDER BY c.id LIMIT $2`,
      [before, limit],
    );
    return rows.map(({ id }) => id);
  }

  async findPending(collectiviteId: CollectiviteId): Promise<Transmission | null> {
    const row = await this.demandes()
      .andWhere('t.collectiviteId = :collectiviteId', { collectiviteId })
      .andWhere(`t.state NOT IN (${statesSql([...STOPPED_STATES, 'acknowledged', 'withdrawn'])})`)
      .getOne();
    return row && transmissionOf(row);
  }

  async findUnanswered(before: Instant, limit: number): Promise<readonly Transmission[]> {
    const rows = await this.demandes()
      .andWhere(`t.state IN ('awaiting-ack', 'uncertain') AND t.since <= :before`, { before })
      .orderBy('t.since')
      .addOrderBy('t.id')
      .limit(limit)
      .getMany();
    return rows.map(transmissionOf);
  }

  private demandes(): SelectQueryBuilder<TransmissionRow> {
    return this.dataSource.getRepository(TransmissionRow).createQueryBuilder('t').where(`t.flux = '7-1'`);
  }
}
