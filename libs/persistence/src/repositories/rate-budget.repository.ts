import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type {
  BudgetAnswer,
  BudgetDeparture,
  BudgetRequest,
  BudgetWaiter,
  DepartureCounts,
  RateBudget,
} from '@teletransmission/teletransmission';
import { BUDGET_HOUR_MS, shareBudget } from '@teletransmission/teletransmission';
import type { DataSource, EntityManager } from 'typeorm';
import { fromTimestamp } from '../instants';
import { departuresSql, OPENING_SECONDS } from './departures-sql';

/** Sépare ce verrou de tout autre verrou consultatif. */
const LOCK_SPACE = 7_921;

interface DepartureRow {
  readonly transmission_id: string;
  readonly tour: string;
  readonly siren: string;
  readonly octets: string;
  readonly le: Date;
}

/**
 * Le budget compté en base : les envois de la dernière heure, qui sont la vérité, et les départs accordés ici qui n'en sont pas encore.
 * Il sert quand Redis manque, et l'amorce quand il a tout perdu ; un verrou par préfecture y tient les travailleurs à la file.
 */
export class PgRateBudget implements RateBudget, DepartureCounts {
  constructor(private readonly dataSource: DataSource) {}

  since(departement: string, since: Instant): Promise<readonly BudgetDeparture[]> {
    return this.departures(this.dataSource.manager, departement, since);
  }

  take(request: BudgetRequest): Promise<BudgetAnswer> {
    const { departement, transmissionId, tour, siren, tailleOctets, at } = request;
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [LOCK_SPACE, departement]);
      const departures = await this.departures(manager, departement, addMs(at, -BUDGET_HOUR_MS));
      const waiters: BudgetWaiter[] = await this.waiters(manager, departement);
      const answer = shareBudget(request, { departures, waiters });
      if (answer.kind === 'wait') return answer;
      await manager.query('DELETE FROM departs WHERE departement = $1 AND accorde_le <= $2', [
        departement,
        addMs(at, -BUDGET_HOUR_MS),
      ]);
      await manager.query(
        `INSERT INTO departs (departement, transmission_id, tour, siren, octets, accorde_le) VALUES ($1, $2, $3, $4, $5, $6)
          ON CONFLICT (transmission_id, tour) DO NOTHING`,
        [departement, transmissionId, tour, siren, tailleOctets, at],
      );
      return answer;
    });
  }

  async giveBack({ transmissionId, tour }: BudgetRequest): Promise<void> {
    await this.dataSource.query('DELETE FROM departs WHERE transmission_id = $1 AND tour = $2', [
      transmissionId,
      tour,
    ]);
  }

  private async departures(
    manager: EntityManager,
    departement: string,
    since: Instant,
  ): Promise<readonly BudgetDeparture[]> {
    const rows: DepartureRow[] = await manager.query(
      `SELECT transmission_id, tour, siren, octets, le FROM (${departuresSql('$2', '$3')}) AS d WHERE departement = $1 ORDER BY le`,
      [departement, since, OPENING_SECONDS],
    );
    return rows.map((row) => ({
      transmissionId: row.transmission_id,
      tour: row.tour,
      siren: row.siren,
      tailleOctets: Number(row.octets),
      at: fromTimestamp(row.le),
    }));
  }

  private async waiters(manager: EntityManager, departement: string): Promise<BudgetWaiter[]> {
    const rows: { id: string; siren: string; octets: string; du_le: Date }[] = await manager.query(
      `SELECT t.id, c.siren, e.taille_octets AS octets, t.next_turn_at AS du_le FROM transmissions t
        JOIN collectivites c ON c.id = t.collectivite_id AND c.departement = $1
        JOIN enveloppes e ON e.id = t.enveloppe_id
        WHERE t.state = 'sealed' AND t.stop_code = 'prefecture/budget-spent' AND t.next_turn_at IS NOT NULL ORDER BY t.since`,
      [departement],
    );
    return rows.map(({ id, siren, octets, du_le }) => ({
      transmissionId: id,
      siren,
      tailleOctets: Number(octets),
      dueAt: fromTimestamp(du_le),
    }));
  }
}
