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
  Guichet,
  LiaisonId,
  Prefecture,
  PrefectureRepository,
  PrefectureView,
  RateBudget,
  SealingRoute,
} from '@teletransmission/teletransmission';
import { addMs } from '@teletransmission/kernel';
import {
  BUDGET_HOUR_MS,
  CLOSED_CIRCUIT,
  DEPARTURE_WAIT_CODES,
  guichetKey,
  newPrefecture,
  shareBudget,
} from '@teletransmission/teletransmission';
import type { InMemoryCollectivites } from './in-memory-collectivites';
import type { InMemoryLiaisons } from './in-memory-liaisons';
import type { InMemoryLedger } from './in-memory-ledger';

/** Les préfectures en mémoire : réglages, disjoncteurs, et le réveil des actes qui les attendent. */
export class InMemoryPrefectures implements PrefectureRepository {
  constructor(
    private readonly ledger: InMemoryLedger,
    private readonly collectivites: InMemoryCollectivites,
    private readonly liaisons: InMemoryLiaisons,
  ) {}

  async find({ liaisonId, departement }: Guichet): Promise<Prefecture | null> {
    return (await this.liaisons.find(liaisonId)) ? this.at({ liaisonId, departement }) : null;
  }

  routeOf(collectiviteId: CollectiviteId, at: Instant): Promise<SealingRoute | null> {
    const collectivite = this.collectivites.known(collectiviteId);
    if (!collectivite) throw new Error('Transmission sans collectivité');
    const liaison = this.liaisons.at(collectiviteId, at);
    const { departement } = collectivite;
    return Promise.resolve(
      liaison && { liaison, prefecture: this.at({ liaisonId: liaison.id, departement }) },
    );
  }

  async destinationOf(collectiviteId: CollectiviteId, liaisonId: LiaisonId): Promise<Destination> {
    const collectivite = await this.collectivites.find(collectiviteId);
    const liaison = await this.liaisons.find(liaisonId);
    if (!collectivite || !liaison) throw new Error('Transmission sans collectivité ou sans liaison');
    const guichet = { liaisonId, departement: collectivite.departement };
    return {
      siren: collectivite.siren,
      liaison,
      prefecture: this.at(guichet),
      circuit: this.circuitOf(guichet),
    };
  }

  async save(prefecture: Prefecture, audit: AuditEntry): Promise<boolean> {
    if (this.at(prefecture).version !== prefecture.version - 1) return false;
    this.ledger.prefectures.set(guichetKey(prefecture), prefecture);
    this.ledger.audit.push(audit);
    await this.wake(prefecture, audit.instant, DEPARTURE_WAIT_CODES);
    return true;
  }

  async changeCircuit(
    guichet: Guichet,
    at: Instant,
    change: (circuit: Circuit) => CircuitChange | null,
  ): Promise<Circuit | null> {
    const changed = change(this.circuitOf(guichet));
    if (!changed) return null;
    this.ledger.circuits.set(guichetKey(guichet), changed.circuit);
    if (changed.audit) this.ledger.audit.push(changed.audit);
    if (changed.wakes) await this.wake(guichet, at, ['prefecture/circuit-open']);
    return changed.circuit;
  }

  async views(now: Instant, only?: Departement): Promise<readonly PrefectureView[]> {
    const guichets = new Map<string, Guichet>();
    for (const { id, departement } of await this.collectivites.list()) {
      const liaison = this.liaisons.at(id, now);
      if (liaison)
        guichets.set(guichetKey({ liaisonId: liaison.id, departement }), {
          liaisonId: liaison.id,
          departement,
        });
    }
    for (const [key, { liaisonId, departement }] of this.ledger.prefectures)
      guichets.set(key, { liaisonId, departement });
    const shown = [...guichets.values()]
      .filter(({ departement }) => only === undefined || departement === only)
      .sort((a, b) => (`${a.departement}${a.liaisonId}` < `${b.departement}${b.liaisonId}` ? -1 : 1));
    return Promise.resolve(
      shown.map((guichet) => ({
        prefecture: this.at(guichet),
        circuit: this.circuitOf(guichet),
        actesDepuisUneHeure: 0,
        octetsDepuisUneHeure: 0,
        dernierEnvoiPrisLe: null,
        dernierAccuseLe: null,
        attentes: [],
      })),
    );
  }

  circuitOf(guichet: Guichet): Circuit {
    return this.ledger.circuits.get(guichetKey(guichet)) ?? CLOSED_CIRCUIT;
  }

  at({ liaisonId, departement }: Guichet): Prefecture {
    const guichet = { liaisonId, departement };
    return this.ledger.prefectures.get(guichetKey(guichet)) ?? newPrefecture(guichet);
  }

  private async wake(
    { liaisonId, departement }: Guichet,
    at: Instant,
    codes: readonly string[],
  ): Promise<void> {
    const ids = (await this.collectivites.list())
      .filter((collectivite) => collectivite.departement === departement)
      .map(({ id }) => id);
    for (const transmission of this.ledger.transmissions.values()) {
      const { state, collectiviteId, stopReason, nextTurnAt } = transmission;
      if (
        state !== 'sealed' ||
        transmission.liaisonId !== liaisonId ||
        !ids.includes(collectiviteId) ||
        !codes.includes(stopReason?.code ?? '')
      )
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

  since(_guichet: Guichet, since: Instant): Promise<readonly BudgetDeparture[]> {
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
