import type { Departement, Siren } from '@teletransmission/actes';
import type { Instant, TraceSource } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type {
  AuditEntry,
  Circuit,
  CircuitChange,
  CollectiviteId,
  Destination,
  Prefecture,
  PrefectureRepository,
  PrefectureView,
  PrefectureWait,
} from '@teletransmission/teletransmission';
import { BUDGET_HOUR_MS, CLOSED_CIRCUIT, DEPARTURE_WAIT_CODES } from '@teletransmission/teletransmission';
import type { DataSource, EntityManager } from 'typeorm';
import { fromNullableTimestamp, fromTimestamp } from '../instants';
import type { PrefectureRow } from './prefecture-mapping';
import { circuitOf, PREFECTURE_COLUMNS, prefectureOf } from './prefecture-mapping';
import { Statement } from './statement';

interface ViewRow extends PrefectureRow {
  readonly actes: string;
  readonly octets: string;
  readonly dernier_envoi: Date | null;
  readonly dernier_accuse: Date | null;
}

interface WaitRow {
  readonly departement: string;
  readonly stop_code: string | null;
  readonly nombre: string;
  readonly depuis: Date;
  readonly prochain: Date | null;
  readonly detail: string | null;
}

/** Les préfectures, leurs réglages et leurs disjoncteurs. */
export class PgPrefectureRepository implements PrefectureRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly trace: TraceSource,
  ) {}

  async find(departement: Departement): Promise<Prefecture> {
    return prefectureOf(await this.rowOf(departement));
  }

  async destinationOf(collectiviteId: CollectiviteId): Promise<Destination> {
    const [row]: (PrefectureRow & { siren: string })[] = await this.dataSource.query(
      `SELECT c.departement, c.siren, ${PREFECTURE_COLUMNS} FROM collectivites c
        LEFT JOIN prefectures p ON p.departement = c.departement
        LEFT JOIN disjoncteurs d ON d.departement = c.departement WHERE c.id = $1`,
      [collectiviteId],
    );
    if (!row) throw new Error('Transmission sans collectivité');
    return { siren: row.siren as Siren, prefecture: prefectureOf(row), circuit: circuitOf(row) };
  }

  async save(prefecture: Prefecture, audit: AuditEntry): Promise<boolean> {
    const statement = new Statement();
    const { departement, pause, version } = prefecture;
    const bound = statement.bind(departement, 'char(3)');
    const settings = [
      statement.bind(prefecture.fuseau, 'text'),
      statement.bind(prefecture.actesParHeure, 'int'),
      statement.bind(prefecture.octetsParHeure, 'bigint'),
      statement.bind(JSON.stringify(prefecture.fenetres), 'jsonb'),
      statement.bind(JSON.stringify(prefecture.interruptions), 'jsonb'),
      statement.bind(pause?.depuis ?? null, 'timestamptz'),
      statement.bind(pause?.motif ?? null, 'text'),
      statement.bind(version, 'int'),
    ];
    // Sans version d'avant, elle ne doit pas exister encore ; avec, elle doit être celle qu'on a lue.
    statement.step(
      'reglee',
      `INSERT INTO prefectures AS p (departement, fuseau, actes_par_heure, octets_par_heure, fenetres, interruptions, pause_depuis,
        pause_motif, version) SELECT ${[bound, ...settings].join(', ')}
        ON CONFLICT (departement) DO UPDATE SET fuseau = excluded.fuseau, actes_par_heure = excluded.actes_par_heure,
        octets_par_heure = excluded.octets_par_heure, fenetres = excluded.fenetres, interruptions = excluded.interruptions,
        pause_depuis = excluded.pause_depuis, pause_motif = excluded.pause_motif, version = excluded.version
        WHERE p.version = excluded.version - 1 RETURNING p.departement`,
    );
    statement.audit('journal', audit, 'reglee');
    this.wake(statement, 'reglee', audit.instant, DEPARTURE_WAIT_CODES);
    return this.dataSource.transaction(async (manager) => {
      // Pris d'abord : un départ qu'on remet d'après l'ancien réglage finit de s'écrire, et le réveil le voit.
      await manager.query('SELECT FROM prefectures WHERE departement = $1 FOR UPDATE', [departement]);
      const saved: unknown[] = await manager.query(...statement.finish('SELECT departement FROM reglee'));
      return saved.length > 0;
    });
  }

  async changeCircuit(
    departement: Departement,
    at: Instant,
    change: (circuit: Circuit) => CircuitChange | null,
  ): Promise<Circuit | null> {
    // Une liaison saine, cas de presque tous les envois, ne prend ni verrou ni écriture.
    if (change(circuitOf(await this.rowOf(departement))) === null) return null;
    return this.dataSource.transaction(async (manager) => {
      const current = await this.lockCircuit(manager, departement, at);
      const changed = change(current);
      if (!changed) return null;
      const statement = new Statement();
      const { circuit } = changed;
      const bind = (value: unknown, cast: string): string => statement.bind(value, cast);
      statement.step(
        'change',
        `UPDATE disjoncteurs SET state = ${bind(circuit.state, 'text')}, failed = ${bind([...circuit.failed], 'text[]')},
          first_failure_at = ${bind(circuit.firstFailureAt, 'timestamptz')}, openings = ${bind(circuit.openings, 'int')},
          probe_at = ${bind(circuit.probeAt, 'timestamptz')}, waiting = ${bind(circuit.waiting, 'int')},
          code = ${bind(circuit.code, 'text')}, detail = ${bind(circuit.detail, 'text')},
          change_le = ${bind(at, 'timestamptz')} WHERE departement = ${bind(departement, 'char(3)')} RETURNING departement`,
      );
      if (changed.audit) statement.audit('journal', changed.audit, 'change');
      if (changed.wakes) this.wake(statement, 'change', at, ['prefecture/circuit-open']);
      await manager.query(...statement.finish('SELECT departement FROM change'));
      return circuit;
    });
  }

  async views(now: Instant, departement?: Departement): Promise<readonly PrefectureView[]> {
    const only = departement ?? null;
    const rows: ViewRow[] = await this.dataSource.query(
      `SELECT tous.departement, ${PREFECTURE_COLUMNS}, coalesce(heure.actes, 0) AS actes, coalesce(heure.octets, 0) AS octets,
        heure.dernier_envoi, accuses.dernier_accuse
        FROM (SELECT departement FROM collectivites UNION SELECT departement FROM prefectures) AS tous
        LEFT JOIN prefectures p ON p.departement = tous.departement
        LEFT JOIN disjoncteurs d ON d.departement = tous.departement
        LEFT JOIN (SELECT c.departement, count(*) FILTER (WHERE v.ouvert_le > $2) AS actes,
            sum(e.taille_octets) FILTER (WHERE v.ouvert_le > $2) AS octets,
            max(v.clos_le) FILTER (WHERE v.outcome = 'accepted') AS dernier_envoi
          FROM envois v JOIN enveloppes e ON e.id = v.enveloppe_id JOIN collectivites c ON c.id = v.collectivite_id
          WHERE v.ouvert_le > $3 GROUP BY c.departement) AS heure ON heure.departement = tous.departement
        LEFT JOIN (SELECT c.departement, max(r.recu_le) AS dernier_accuse FROM retours r
          JOIN collectivites c ON c.id = r.collectivite_id WHERE r.state = 'applied' GROUP BY c.departement
          ) AS accuses ON accuses.departement = tous.departement
        WHERE $1::text IS NULL OR tous.departement = $1 ORDER BY tous.departement`,
      [only, addMs(now, -BUDGET_HOUR_MS), addMs(now, -24 * BUDGET_HOUR_MS)],
    );
    const waits: WaitRow[] = await this.dataSource.query(
      `SELECT c.departement, t.stop_code, count(*) AS nombre, min(t.since) AS depuis, min(t.next_turn_at) AS prochain,
        min(t.stop_detail) AS detail FROM transmissions t JOIN collectivites c ON c.id = t.collectivite_id
        WHERE t.state = 'sealed' AND ($1::text IS NULL OR c.departement = $1)
        GROUP BY c.departement, t.stop_code ORDER BY min(t.since)`,
      [only],
    );
    return rows.map((row) => ({
      prefecture: prefectureOf(row),
      circuit: circuitOf(row),
      actesDepuisUneHeure: Number(row.actes),
      octetsDepuisUneHeure: Number(row.octets),
      dernierEnvoiPrisLe: fromNullableTimestamp(row.dernier_envoi),
      dernierAccuseLe: fromNullableTimestamp(row.dernier_accuse),
      attentes: waits.filter((wait) => wait.departement === row.departement).map(waitOf),
    }));
  }

  private async rowOf(departement: Departement): Promise<PrefectureRow> {
    const [row]: PrefectureRow[] = await this.dataSource.query(
      `SELECT n.departement, ${PREFECTURE_COLUMNS} FROM (SELECT $1::char(3) AS departement) AS n
        LEFT JOIN prefectures p ON p.departement = n.departement LEFT JOIN disjoncteurs d ON d.departement = n.departement`,
      [departement],
    );
    if (!row) throw new Error('Lecture vide');
    return row;
  }

  private async lockCircuit(manager: EntityManager, departement: Departement, at: Instant): Promise<Circuit> {
    await manager.query(
      `INSERT INTO disjoncteurs (departement, state, failed, openings, waiting, change_le) VALUES ($1, $2, '{}', 0, 0, $3)
        ON CONFLICT (departement) DO NOTHING`,
      [departement, CLOSED_CIRCUIT.state, at],
    );
    const [row]: PrefectureRow[] = await manager.query(
      'SELECT d.* FROM disjoncteurs d WHERE d.departement = $1 FOR UPDATE',
      [departement],
    );
    return row ? circuitOf(row) : CLOSED_CIRCUIT;
  }

  /** Fait repartir, avec leur travail, les actes de ce département qui attendent pour une de ces raisons. */
  private wake(statement: Statement, source: string, at: Instant, codes: readonly string[]): void {
    const now = statement.bind(at, 'timestamptz');
    statement.step(
      'reveilles',
      `UPDATE transmissions t SET version = t.version + 1, next_turn_at = ${now} FROM ${source}
        JOIN collectivites c ON c.departement = ${source}.departement
        WHERE t.collectivite_id = c.id AND t.state = 'sealed' AND t.stop_code = ANY (${statement.bind([...codes], 'text[]')})
        AND t.next_turn_at > ${now} RETURNING t.id, t.version, t.since`,
    );
    statement.step(
      'travaux',
      `INSERT INTO outbox (job, target_id, turn, trace_id) SELECT 'submit-enveloppe', id, version,
        ${statement.bind(this.trace.current(), 'text')} FROM reveilles ORDER BY since
        ON CONFLICT (job, target_id, turn) DO NOTHING RETURNING id`,
    );
  }
}

function waitOf(row: WaitRow): PrefectureWait {
  return {
    code: row.stop_code,
    nombre: Number(row.nombre),
    depuis: fromTimestamp(row.depuis),
    prochainLe: fromNullableTimestamp(row.prochain),
    detail: row.detail,
  };
}
