import type { CollectiviteId, StateCount, TransmissionState } from '@teletransmission/teletransmission';
import {
  COUNTED_AT_MOST,
  ONGOING_TRANSMISSION_STATES,
  TRANSMISSION_STATES,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { fromNullableTimestamp } from '../instants';
import { prepared } from '../sql/prepared';

interface CountRow {
  readonly state: TransmissionState;
  readonly count: number;
  readonly oldest: Date | null;
  readonly overdue: number;
  readonly oldest_overdue: Date | null;
  readonly unpublished: number;
  readonly oldest_unpublished: Date | null;
}

/** Une ligne de plus que ce qui se compte : elle dit qu'il y en a davantage. */
const LIMIT = `LIMIT ${COUNTED_AT_MOST + 1}`;
const NONE = '0 AS count, NULL::timestamptz AS oldest';

/** Chaque état compte les siens, et s'arrête à la borne : ce que coûte l'accueil ne dépend pas du nombre d'actes. */
function stateSql(state: TransmissionState, isBounded: boolean): string {
  const mine = isBounded ? ' AND t.collectivite_id = $1' : '';
  const here = `FROM transmissions t WHERE t.flux = '1-1' AND t.state = '${state}'${mine}`;
  const late = `${here} AND t.is_overdue ORDER BY t.since`;
  const isOngoing = (ONGOING_TRANSMISSION_STATES as readonly string[]).includes(state);
  // Ce qui est fini n'attend plus personne : il n'a pas d'âge.
  const oldest = isOngoing ? `(SELECT t.since ${here} ORDER BY t.since LIMIT 1)` : 'NULL::timestamptz';
  // Un acte après l'autre, du plus ancien, jusqu'à la borne : réunir les deux tables les lirait toutes deux.
  const unpublished = `SELECT count(*)::int AS count, min(u.since) AS oldest FROM (SELECT a.since FROM publications p
    CROSS JOIN LATERAL (SELECT t.since FROM transmissions t WHERE t.deliberation_id = p.deliberation_id AND t.flux = '1-1'
      AND t.state = '${state}' LIMIT 1) a
    WHERE p.state = 'unpublished'${isBounded ? ' AND p.collectivite_id = $1' : ''} ORDER BY p.deliberation_id ${LIMIT}) u`;
  return `SELECT '${state}' AS state, (SELECT count(*)::int FROM (SELECT ${here} ${LIMIT}) n) AS count, ${oldest} AS oldest,
    o.count AS overdue, o.oldest AS oldest_overdue, p.count AS unpublished, p.oldest AS oldest_unpublished
    FROM (SELECT count(*)::int AS count, min(l.since) AS oldest FROM (SELECT t.since ${late} ${LIMIT}) l) o
    CROSS JOIN (${state === 'acknowledged' ? unpublished : `SELECT ${NONE}`}) p`;
}

const sqlOf = (isBounded: boolean): string =>
  TRANSMISSION_STATES.map((state) => stateSql(state, isBounded)).join('\nUNION ALL ');
const ALL_SQL = prepared(sqlOf(false));
const MINE_SQL = prepared(sqlOf(true));

/** Combien d'actes dans chaque état, au plus `COUNTED_AT_MOST` et un ; les états où il n'y en a pas sont tus. */
export async function readStateCounts(
  dataSource: DataSource,
  collectiviteId: CollectiviteId | null,
): Promise<readonly StateCount[]> {
  const rows: CountRow[] =
    collectiviteId === null
      ? await dataSource.query(ALL_SQL, [])
      : await dataSource.query(MINE_SQL, [collectiviteId]);
  return rows
    .filter(({ count }) => count > 0)
    .map(({ state, count, oldest, overdue, oldest_overdue, unpublished, oldest_unpublished }) => ({
      state,
      count,
      oldestSince: fromNullableTimestamp(oldest),
      overdue,
      oldestOverdueSince: fromNullableTimestamp(oldest_overdue),
      unpublished,
      oldestUnpublishedSince: fromNullableTimestamp(oldest_unpublished),
    }));
}
