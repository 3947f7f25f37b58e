import type {
  AcknowledgementCriteria,
  CollectiviteId,
  DeliberationId,
  DeliberationView,
  EnvoiView,
  HistoryEntry,
  Page,
  PieceView,
  Readings,
  RetourId,
  RetourView,
  StateCount,
  TravailView,
  TrayCount,
} from '@teletransmission/teletransmission';
import { ENVOI_OUTCOMES, RETOUR_STATES, TRAY_STATES } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { pieceOf } from '../mapping/piece-mapping';
import { PieceRow } from '../rows/deliberation.row';
import { RetourRow } from '../rows/retour.row';
import { readHistory } from './history-sql';
import { pageSql } from './page-sql';
import { readStateCounts } from './state-counts';
import { pageOf, uuidOf } from '../paging/page-of';
import { readTravaux } from './travaux-sql';
import { VIEW_ROW, VIEW_SQL, retourViewOf, viewOf } from './view-row';
import { z } from 'zod';
import { column } from '../sql/columns';
import { readRowOrNull, readRows } from '../sql/read-rows';
import { prepared } from '../sql/prepared';
import { statesSql } from '../sql/states-sql';

const ENVOI_ROW = z.object({
  transmission_id: column.text,
  turn: column.integer,
  ouvert_le: column.instant,
  clos_le: column.instant.nullable(),
  outcome: column.word(ENVOI_OUTCOMES).nullable(),
  code: column.text.nullable(),
  detail: column.text.nullable(),
  nom_archive: column.text.nullable(),
});

const TRAY_COUNT_ROW = z.object({
  state: column.word(RETOUR_STATES),
  count: column.integer,
  oldest: column.instant,
});

/** Une demande de nomenclature n'est d'aucun acte. */
const DELIBERATION_ROW = z.object({ id: column.id<DeliberationId>().nullable() });

const FOUND_ROW = z.object({ id: column.id<DeliberationId>() });

const PAGE_SQL = prepared(`${VIEW_SQL} WHERE d.id = ANY ($1::uuid[]) ORDER BY d.id DESC`);
const ONE_SQL = prepared(`${VIEW_SQL} WHERE d.id = $1`);

/** Les lectures, par clé et par page : jamais de `OFFSET`, le coût d'une page ne dépend pas de son rang. */
export class PgReadings implements Readings {
  constructor(private readonly dataSource: DataSource) {}

  async view(id: DeliberationId): Promise<DeliberationView | null> {
    const row = await readRowOrNull(this.dataSource, VIEW_ROW, ONE_SQL, [id]);
    return row && viewOf(row);
  }

  async pieces(id: DeliberationId): Promise<readonly PieceView[]> {
    const rows = await this.dataSource
      .getRepository(PieceRow)
      .find({ where: { deliberationId: id }, order: { rang: 'ASC' } });
    return rows.map(pieceOf);
  }

  async envois(id: DeliberationId): Promise<readonly EnvoiView[]> {
    const rows = await readRows(
      this.dataSource,
      ENVOI_ROW,
      `SELECT v.transmission_id, v.turn, v.ouvert_le, v.clos_le, v.outcome, v.code, v.detail, e.nom_archive FROM envois v
        JOIN transmissions t ON t.id = v.transmission_id JOIN enveloppes e ON e.id = v.enveloppe_id
        WHERE t.deliberation_id = $1 ORDER BY v.ouvert_le, v.turn`,
      [id],
    );
    return rows.map(({ transmission_id, turn, ouvert_le, clos_le, outcome, code, detail, nom_archive }) => ({
      transmissionId: transmission_id,
      turn,
      ouvertLe: ouvert_le,
      closLe: clos_le,
      outcome,
      code,
      detail,
      nomArchive: nom_archive,
    }));
  }

  async retours(id: DeliberationId): Promise<readonly RetourView[]> {
    const rows = await this.dataSource
      .getRepository(RetourRow)
      .createQueryBuilder('r')
      .innerJoin('transmissions', 't', 't.id = r.transmission_id')
      .where('t.deliberation_id = :id', { id })
      .orderBy('r.recuLe')
      .getMany();
    return rows.map(retourViewOf);
  }

  async search(
    criteria: AcknowledgementCriteria,
    after: string | null,
    limit: number,
  ): Promise<Page<DeliberationView>> {
    const page = pageSql(criteria, after, limit + 1);
    const found = await readRows(this.dataSource, FOUND_ROW, page.sql, page.parameters);
    // Chercher dépend de ce qui est demandé, montrer n'en dépend pas : ce second ordre, le plus long à prévoir, ne se prévoit qu'une fois.
    const ids = found.map(({ id }) => id);
    const rows = ids.length === 0 ? [] : await readRows(this.dataSource, VIEW_ROW, PAGE_SQL, [ids]);
    return pageOf(rows, limit, viewOf, (row) => [row.id]);
  }

  async counts(collectiviteId: CollectiviteId | null): Promise<readonly StateCount[]> {
    return readStateCounts(this.dataSource, collectiviteId);
  }

  async trayCounts(): Promise<readonly TrayCount[]> {
    const rows = await readRows(
      this.dataSource,
      TRAY_COUNT_ROW,
      `SELECT state, count(*)::int AS count, min(recu_le) AS oldest FROM retours
        WHERE state IN (${statesSql(['received', ...TRAY_STATES])}) GROUP BY state`,
    );
    return rows.map(({ state, count, oldest }) => ({ state, count, oldestRecuLe: oldest }));
  }

  async tray(after: string | null, limit: number): Promise<Page<RetourView>> {
    const query = this.dataSource
      .getRepository(RetourRow)
      .createQueryBuilder('r')
      .where(`r.state IN (${statesSql(TRAY_STATES)})`)
      .orderBy('r.id')
      .limit(limit + 1);
    if (after !== null) query.andWhere('r.id > :after', { after: uuidOf(after) });
    return pageOf(await query.getMany(), limit, retourViewOf, (row) => [row.id]);
  }

  async retour(id: RetourId): Promise<RetourView | null> {
    const row = await this.dataSource.getRepository(RetourRow).findOneBy({ id });
    return row && retourViewOf(row);
  }

  async travaux(id: DeliberationId): Promise<readonly TravailView[]> {
    return readTravaux(this.dataSource, id);
  }

  async deliberationOf(targetId: string): Promise<DeliberationId | null> {
    const found = await readRowOrNull(
      this.dataSource,
      DELIBERATION_ROW,
      `SELECT id FROM deliberations WHERE id = $1
        UNION ALL SELECT deliberation_id FROM transmissions WHERE id = $1
        UNION ALL SELECT t.deliberation_id FROM retours r JOIN transmissions t ON t.id = r.transmission_id WHERE r.id = $1
        LIMIT 1`,
      [targetId],
    );
    return found && found.id;
  }

  async historyOf(id: DeliberationId, after: string | null, limit: number): Promise<Page<HistoryEntry>> {
    return readHistory(this.dataSource, 'deliberation_id = $1', id, after, limit);
  }

  async historyOfCollectivite(
    id: CollectiviteId,
    after: string | null,
    limit: number,
  ): Promise<Page<HistoryEntry>> {
    return readHistory(this.dataSource, 'chaine = $1', id, after, limit);
  }
}
