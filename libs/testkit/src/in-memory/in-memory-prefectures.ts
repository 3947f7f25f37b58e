import type { Departement } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import type {
  AuditEntry,
  BudgetAnswer,
  BudgetDeparture,
  BudgetRequest,
  BudgetWaiter,
  Circuit,
  CircuitChange,
  CollectiviteId,
  Destination,
  Prefecture,
  PrefectureRepository,
  PrefectureView,
  RateBudget,
} from '@teletransmission/teletransmission';
import { addMs } from '@teletransmission/kernel';
import {
  BUDGET_HOUR_MS,
  CLOSED_CIRCUIT,
  DEPARTURE_WAIT_CODES,
  newPrefecture,
  shareBudget,
} from '@teletransmission/teletransmission';
import type { InMemoryCollectivites } from './in-memory-collectivites';
import type { InMemoryLedger } from './in-memory-ledger';

/** Les préfectures en mémoire : réglages, disjoncteurs, et le réveil des actes qui les attendent. */
export class InMemoryPrefectures implements PrefectureRepository {
  constructor(
    private readonly ledger: InMemoryLedger,
    private readonly collectivites: InMemoryCollectivites,
  ) {}

  find(departement: Departement): Promise<Prefecture> {
    return Promise.resolve(this.ledger.prefectures.get(departement) ?? newPrefecture(departement));
  }

  async destinationOf(collectiviteId: CollectiviteId): Promise<Destination> {
    const collectivite = await this.collectivites.find(collectiviteId);
    if (!collectivite) throw new Error('Transmission sans collectivité');
    const { siren, departement } = collectivite;
    return { siren, prefecture: await this.find(departement), circuit: this.circuitOf(departement) };
  }

  async save(prefecture: Prefecture, audit: AuditEntry): Promise<boolean> {
    const { version } = await this.find(prefecture.departement);
    if (version !== prefecture.version - 1) return false;
    this.ledger.prefectures.set(prefecture.departement, prefecture);
    this.ledger.audit.push(audit);
    await this.wake(prefecture.departement, audit.instant, DEPARTURE_WAIT_CODES);
    return true;
  }

  async changeCircuit(
    departement: Departement,
    at: Instant,
    change: (circuit: Circuit) => CircuitChange | null,
  ): Promise<Circuit | null> {
    const changed = change(this.circuitOf(departement));
    if (!changed) return null;
    this.ledger.circuits.set(departement, changed.circuit);
    if (changed.audit) this.ledger.audit.push(changed.audit);
    if (changed.wakes) await this.wake(departement, at, ['prefecture/circuit-open']);
    return changed.circuit;
  }

  async views(now: Instant, only?: Departement): Promise<readonly PrefectureView[]> {
    const all = await this.collectivites.list();
    const known = new Set([...all.map(({ departement }) => departement), ...this.ledger.prefectures.keys()]);
    const departements = ([...known].sort() as Departement[]).filter(
      (code) => only === undefined || code === only,
    );
    return Promise.all(
      departements.map(async (departement) => ({
        prefecture: await this.find(departement),
        circuit: this.circuitOf(departement),
        actesDepuisUneHeure: 0,
        octetsDepuisUneHeure: 0,
        dernierEnvoiPrisLe: null,
        dernierAccuseLe: null,
        attentes: [],
      })),
    );
  }

  circuitOf(departement: string): Circuit {
    return this.ledger.circuits.get(departement) ?? CLOSED_CIRCUIT;
  }

  private async wake(departement: string, at: Instant, codes: readonly string[]): Promise<void> {
    const ids = (await this.collectivites.list())
      .filter((collectivite) => collectivite.departement === departement)
      .map(({ id }) => id);
    for (const transmission of this.ledger.transmissions.values()) {
      const { state, collectiviteId, stopReason, nextTurnAt } = transmission;
      if (state !== 'sealed' || !ids.includes(collectiviteId) || !codes.includes(stopReason?.code ?? ''))
        continue;
      if (nextTurnAt === null || nextTurnAt <= at) continue;
      const version = transmission.version + 1;
      this.ledger.transmissions.set(transmission.id, { ...transmission, version, nextTurnAt: at });
      this.ledger.enqueue({
        job: 'submit-enveloppe',
        targetId: transmission.id,
        turn: version,
        notBefore: null,
      });
    }
  }
}

/** Le budget en mémoire : le calcul du domaine sur des listes. */
export class InMemoryRateBudget implements RateBudget {
  private departures: BudgetDeparture[] = [];
  private readonly waiters = new Map<string, BudgetWaiter>();

  since(_departement: string, since: Instant): Promise<readonly BudgetDeparture[]> {
    return Promise.resolve(this.departures.filter(({ at }) => at > since));
  }

  take(request: BudgetRequest): Promise<BudgetAnswer> {
    const { transmissionId, tour, siren, tailleOctets, at } = request;
    this.departures = this.departures.filter((departure) => departure.at > addMs(at, -BUDGET_HOUR_MS));
    const answer = shareBudget(request, { departures: this.departures, waiters: [...this.waiters.values()] });
    if (answer.kind === 'wait') {
      this.waiters.set(transmissionId, { transmissionId, siren, tailleOctets, dueAt: answer.until });
      return Promise.resolve(answer);
    }
    this.waiters.delete(transmissionId);
    const isKnown = this.departures.some(
      (known) => known.transmissionId === transmissionId && known.tour === tour,
    );
    if (!isKnown) this.departures.push({ transmissionId, tour, siren, tailleOctets, at });
    return Promise.resolve(answer);
  }

  giveBack({ transmissionId, tour }: BudgetRequest): Promise<void> {
    this.departures = this.departures.filter(
      (departure) => departure.transmissionId !== transmissionId || departure.tour !== tour,
    );
    return Promise.resolve();
  }
}
