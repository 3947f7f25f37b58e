import type { Instant } from '@teletransmission/kernel';
import { addMs, civilDateAt } from '@teletransmission/kernel';
import type {
  Alerte,
  AlerteChanges,
  AlerteGenre,
  AlerteRepository,
  AlerteWatch,
  CollectiviteId,
  DeliberationId,
  EnvoisNonPris,
  FindEnvoisNonPris,
  Guichet,
  Horloge,
  Pouls,
  PoulsTravail,
  Repere,
  Silence,
  SilenceBounds,
  Transmission,
  Travailleur,
  TravailRegulier,
} from '@teletransmission/teletransmission';
import {
  DEPARTURE_WAIT_CODES,
  guichetKey,
  guichetLabel,
  LIAISON_DIRECTE,
} from '@teletransmission/teletransmission';
import type { InMemoryLedger } from './in-memory-ledger';
import type { Departement } from '@teletransmission/actes';

interface Candidate {
  readonly id: string;
  readonly collectiviteId: CollectiviteId | null;
  readonly deliberationId: DeliberationId | null;
  readonly state: string;
  readonly flux?: string | null;
  readonly rang: Instant;
  /** Les heures d'où un silence se compte ; une lettre se compte en jours de la collectivité. */
  readonly reperes: Readonly<Partial<Record<Repere, Instant | null>>>;
  readonly echeance?: string | null;
}

/** Ce qui attend son heure ou son tour partira. */
const ORDINARY: readonly string[] = DEPARTURE_WAIT_CODES.filter(
  (code) => code !== 'prefecture/circuit-open' && code !== 'prefecture/paused',
);
const isPaused = ({ stopReason }: Transmission): boolean => stopReason?.code === 'prefecture/paused';
/** Le double n'a pas de collectivités : l'identifiant de l'acte porte son département. */
const guichetOf = ({ identifiantActe, liaisonId }: Transmission): Guichet => ({
  liaisonId: liaisonId ?? LIAISON_DIRECTE,
  departement: (identifiantActe?.slice(0, 3) ?? '') as Departement,
});

/** Les alertes en mémoire, sur les livres en mémoire : les mêmes surveillances, lues sur des objets. */
export class InMemoryAlertes implements AlerteRepository {
  readonly opened: Alerte[] = [];
  readonly closed: (Alerte & { readonly fermeeLe: Instant })[] = [];

  constructor(
    private readonly ledger: InMemoryLedger,
    private readonly fuseau = 'Europe/Paris',
  ) {}

  findSilences(
    watch: AlerteWatch,
    bounds: SilenceBounds,
    after: Pick<Silence, 'rang' | 'sujetId'> | null,
    limit: number,
  ): Promise<readonly Silence[]> {
    const key = (rang: Instant, id: string): string => `${rang} ${id}`;
    const silences = this.candidates(watch)
      .filter((candidate) => this.isSilent(watch, bounds, candidate))
      .filter(
        ({ id }) => !this.opened.some((alerte) => alerte.genre === watch.genre && alerte.sujetId === id),
      )
      .filter(({ id, rang }) => after === null || key(rang, id) > key(after.rang, after.sujetId))
      .sort((a, b) => key(a.rang, a.id).localeCompare(key(b.rang, b.id)));
    return Promise.resolve(
      silences.slice(0, limit).map(({ id, collectiviteId, deliberationId, reperes, rang }) => ({
        sujetId: id,
        collectiviteId,
        deliberationId,
        depuis: reperes[watch.repere] ?? rang,
        rang,
      })),
    );
  }

  oldestReleveEnEchec(): Promise<Instant | null> {
    const [oldest] = this.ledger.releves.map(({ premierEchecLe }) => premierEchecLe).sort();
    return Promise.resolve(oldest ?? null);
  }

  open(alertes: readonly Alerte[]): Promise<number> {
    const fresh = alertes.filter(
      ({ genre, sujetId }) =>
        !this.opened.some((known) => known.genre === genre && known.sujetId === sujetId),
    );
    this.opened.push(...fresh);
    return Promise.resolve(fresh.length);
  }

  readonly envoisNonPris: FindEnvoisNonPris = (collectiviteId, before) => {
    const waiting = [...this.ledger.transmissions.values()].filter(
      (t) =>
        t.state === 'sealed' &&
        t.flux !== '7-1' &&
        t.stopReason !== null &&
        !ORDINARY.includes(t.stopReason.code) &&
        (collectiviteId === null || t.collectiviteId === collectiviteId),
    );
    const keyOf = (t: Transmission): string => `${guichetLabel(guichetOf(t))} ${String(isPaused(t))}`;
    const found = [...new Set(waiting.map(keyOf))].sort().map((key) => {
      return this.nonPrisOf(waiting.filter((t) => keyOf(t) === key));
    });
    return Promise.resolve(found.filter(({ depuis }) => depuis <= before));
  };

  private nonPrisOf(waiting: readonly Transmission[]): EnvoisNonPris {
    const [first] = waiting;
    if (!first) throw new Error('aucun acte');
    const guichet = guichetOf(first);
    const circuit = this.ledger.circuits.get(guichetKey(guichet));
    const pause = this.ledger.prefectures.get(guichetKey(guichet))?.pause ?? null;
    const depuis = waiting.map((t) => this.nonPrisSince(t)).sort()[0] ?? first.since;
    const own = waiting.filter(({ stopReason }) => stopReason?.code !== 'prefecture/circuit-open');
    const raison = circuit?.detail ?? own.at(-1)?.stopReason?.detail ?? '';
    const passes = this.ledger.envois.some(
      ({ liaisonId, ouvertLe, closed }) =>
        liaisonId === guichet.liaisonId &&
        ouvertLe >= depuis &&
        closed !== null &&
        ['accepted', 'found', 'answered'].includes(closed.outcome),
    );
    return {
      departement: guichetLabel(guichet),
      nombre: waiting.length,
      depuis,
      raison: isPaused(first) ? (pause?.motif ?? '') : raison,
      cause: isPaused(first) ? 'suspension' : passes ? 'partielle' : 'totale',
    };
  }

  private nonPrisSince(t: Transmission): Instant {
    const pause = this.ledger.prefectures.get(guichetKey(guichetOf(t)))?.pause ?? null;
    if (isPaused(t)) return pause !== null && pause.depuis > t.since ? pause.depuis : t.since;
    const missed = this.ledger.envois
      .filter(
        ({ transmissionId, enveloppeId, closed }) =>
          transmissionId === t.id && enveloppeId === t.enveloppeId && closed?.outcome === 'deferred',
      )
      .map(({ ouvertLe }) => ouvertLe)
      .sort();
    return missed[0] ?? this.ledger.circuits.get(guichetKey(guichetOf(t)))?.firstFailureAt ?? t.since;
  }

  async settle(genre: AlerteGenre, alertes: readonly Alerte[], at: Instant): Promise<AlerteChanges> {
    const sujets = alertes.map(({ sujetId }) => sujetId);
    const closed = await this.closeOthers(genre, sujets, at);
    let opened = 0;
    for (const alerte of alertes) {
      const rank = this.opened.findIndex(
        (known) => known.genre === genre && known.sujetId === alerte.sujetId,
      );
      const known = this.opened[rank];
      if (known) this.opened[rank] = { ...known, depuis: alerte.depuis, detail: alerte.detail };
      else {
        this.opened.push(alerte);
        opened += 1;
      }
    }
    return { opened, closed };
  }

  closeRelieved(watch: AlerteWatch, bounds: SilenceBounds, at: Instant, limit: number): Promise<number> {
    const silent = new Set(
      this.candidates(watch)
        .filter((candidate) => this.isSilent(watch, bounds, candidate))
        .map(({ id }) => id),
    );
    const relieved = this.opened
      .filter(({ genre, sujetId }) => genre === watch.genre && !silent.has(sujetId))
      .slice(0, limit);
    for (const alerte of relieved) this.shut(alerte, at);
    return Promise.resolve(relieved.length);
  }

  close(genre: AlerteGenre, sujetId: string, at: Instant): Promise<number> {
    const found = this.opened.find((alerte) => alerte.genre === genre && alerte.sujetId === sujetId);
    if (found) this.shut(found, at);
    return Promise.resolve(found ? 1 : 0);
  }

  closeOthers(genre: AlerteGenre, sujetIds: readonly string[], at: Instant): Promise<number> {
    const others = this.opened.filter(
      (alerte) => alerte.genre === genre && !sujetIds.includes(alerte.sujetId),
    );
    for (const alerte of others) this.shut(alerte, at);
    return Promise.resolve(others.length);
  }

  private shut(alerte: Alerte, at: Instant): void {
    this.opened.splice(this.opened.indexOf(alerte), 1);
    this.closed.push({ ...alerte, fermeeLe: at });
  }

  private isSilent(watch: AlerteWatch, bounds: SilenceBounds, candidate: Candidate): boolean {
    if (!(watch.states as readonly string[]).includes(candidate.state)) return false;
    if (watch.flux !== undefined && watch.flux !== candidate.flux) return false;
    if (!this.isPast(candidate, watch.repere, bounds.atMost)) return false;
    if (!watch.unless || bounds.unlessAtMost === null) return true;
    return !this.isPast(candidate, watch.unless.repere, bounds.unlessAtMost);
  }

  private isPast({ reperes, echeance }: Candidate, repere: Repere, limit: Instant): boolean {
    if (repere === 'echeance')
      return echeance !== null && echeance !== undefined && echeance <= civilDateAt(limit, this.fuseau);
    const at = reperes[repere];
    return at !== undefined && at !== null && at <= limit;
  }

  private candidates(watch: AlerteWatch): readonly Candidate[] {
    if (watch.sujet === 'retour')
      return [...this.ledger.retours.values()].map(({ id, state, recuLe }) => ({
        id,
        state,
        flux: this.ledger.settlements.get(id)?.flux ?? null,
        collectiviteId: this.ledger.settlements.get(id)?.collectiviteId ?? null,
        deliberationId: null,
        rang: recuLe,
        reperes: { recu: recuLe },
      }));
    if (watch.sujet === 'correspondance')
      return [...this.ledger.correspondances.values()].map((lettre) => ({
        id: lettre.id,
        state: lettre.state,
        flux: lettre.flux,
        collectiviteId: lettre.collectiviteId,
        deliberationId: lettre.deliberationId,
        rang: lettre.recueLe,
        reperes: { recue: lettre.recueLe },
        echeance: lettre.echeance,
      }));
    return [...this.ledger.transmissions.values()].map((t) => ({
      id: t.id,
      state: t.state,
      collectiviteId: t.collectiviteId,
      deliberationId: t.deliberationId,
      rang: t.since,
      reperes: {
        since: t.since,
        tour: t.nextTurnAt !== null && t.nextTurnAt > t.since ? t.nextTurnAt : t.since,
        accuse: t.ackDueAt,
        bail:
          this.ledger.envois.find((envoi) => envoi.transmissionId === t.id && envoi.closed === null)
            ?.leaseUntil ?? null,
      },
    }));
  }
}

/** Le pouls en mémoire. */
export class InMemoryPouls implements Pouls {
  private readonly jobs = new Map<TravailRegulier, PoulsTravail>();
  private readonly workers = new Map<string, Travailleur>();
  private readonly clocks = new Map<string, Horloge>();

  succeeded(travail: TravailRegulier, at: Instant): Promise<void> {
    const known = this.jobs.get(travail);
    this.jobs.set(travail, {
      travail,
      suiviDepuis: known?.suiviDepuis ?? at,
      reussiLe: at,
      echoueLe: known?.echoueLe ?? null,
      code: known?.code ?? null,
    });
    return Promise.resolve();
  }

  failed(travail: TravailRegulier, at: Instant, code: string): Promise<void> {
    const known = this.jobs.get(travail);
    this.jobs.set(travail, {
      travail,
      suiviDepuis: known?.suiviDepuis ?? at,
      reussiLe: known?.reussiLe ?? null,
      echoueLe: at,
      code,
    });
    return Promise.resolve();
  }

  travaux(): Promise<readonly PoulsTravail[]> {
    return Promise.resolve([...this.jobs.values()].sort((a, b) => a.travail.localeCompare(b.travail)));
  }

  seen(travailleur: Travailleur): Promise<void> {
    this.workers.set(travailleur.id, travailleur);
    return Promise.resolve();
  }

  gone(id: string): Promise<void> {
    this.workers.delete(id);
    return Promise.resolve();
  }

  travailleurs(since: Instant): Promise<readonly Travailleur[]> {
    return Promise.resolve(
      [...this.workers.values()]
        .filter(({ vuLe }) => vuLe >= since)
        .sort((a, b) => b.vuLe.localeCompare(a.vuLe)),
    );
  }

  /** L'heure de la base, que l'essai règle. */
  base = '2022-11-02T09:00:00.000Z' as Instant;

  baseClock(): Promise<{ readonly now: Instant; readonly latest: Instant | null }> {
    const latest =
      [...this.clocks.values()]
        .map(({ vueLe }) => vueLe)
        .sort()
        .at(-1) ?? null;
    return Promise.resolve({ now: this.base, latest });
  }

  clockSeen(horloge: Horloge): Promise<void> {
    for (const [processus, known] of this.clocks)
      if (horloge.recul && known.vueLe > horloge.vueLe)
        this.clocks.set(processus, { ...known, vueLe: horloge.vueLe });
    const recul = horloge.recul ?? this.clocks.get(horloge.processus)?.recul ?? null;
    this.clocks.set(horloge.processus, { ...horloge, recul });
    return Promise.resolve();
  }

  horloges(): Promise<readonly Horloge[]> {
    const since = addMs(this.base, -600_000);
    return Promise.resolve(
      [...this.clocks.values()]
        .filter(({ vueLe }) => vueLe > since)
        .sort((a, b) => a.processus.localeCompare(b.processus)),
    );
  }

  lastSeen(): Promise<Instant | null> {
    return Promise.resolve(
      [...this.workers.values()]
        .map(({ vuLe }) => vuLe)
        .sort()
        .at(-1) ?? null,
    );
  }
}
