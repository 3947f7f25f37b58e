import type { Instant } from '@teletransmission/kernel';
import { addMs, civilDateAt, clockTimeAt, frenchDate } from '@teletransmission/kernel';
import type { Departure, Departures, ReadyToLeave, Route } from '../../ports/liaison/departures';
import type { Destination, PrefectureRepository } from '../../ports/liaison/prefectures';
import type { RateBudget } from '../../ports/liaison/rate-budget';
import type { SendingPlaces } from '../../ports/liaison/sending-places';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { problems } from '../../problems';
import { changeState } from '../../transmission/state-change';
import type { StopReason, Transmission } from '../../transmission/transmission';
import { DONE, giveUp } from '../../travaux/job-outcome';
import type { CircuitPolicy } from '../../prefecture/circuit';
import { lineUp, probeDateOf, probedBy } from '../../prefecture/circuit';
import { CIRCUIT_OPEN } from '../../prefecture/departure-wait';
import { closureAt } from '../../prefecture/opening';
import type { Prefecture } from '../../prefecture/prefecture';
import { hasBudget } from '../../prefecture/prefecture';
import type { SealedArchive } from '../../transmission/enveloppe';
import type { BudgetRequest } from '../../prefecture/budget';

/** Une pause ne dit pas sa fin : la reprise réveille les actes, et l'on y regarde de temps en temps quand même. */
const PAUSE_CHECK_MS = 3_600_000;

/** Une place se libère à la fin d'un envoi : on y revient vite, sans rien écrire. */
const PLACE_RETRY_MS = 2_000;

export interface DeparturePorts {
  readonly prefectures: PrefectureRepository;
  readonly budget: RateBudget;
  readonly places: SendingPlaces;
  readonly transmissions: TransmissionRepository;
}

interface Wait extends StopReason {
  readonly until: Instant;
}

/**
 * Le portillon des départs : pause, poids, fenêtres et arrêts, disjoncteur, place, budget de l'heure, dans cet ordre — le budget en
 * dernier, parce qu'il se dépense. Une attente est écrite avec sa raison ; elle n'entre au journal que si la raison change.
 */
export class DepartureGate implements Departures {
  constructor(
    private readonly ports: DeparturePorts,
    private readonly policy: CircuitPolicy,
  ) {}

  async ask({ transmission, archive, destination }: ReadyToLeave, at: Instant): Promise<Departure> {
    const { liaison, prefecture } = destination;
    const { departement, octetsParHeure } = prefecture;
    if (octetsParHeure !== null && archive.tailleOctets > octetsParHeure)
      return this.hold(transmission, archive, prefecture, at);
    const wait = closedBy(prefecture, at) ?? (await this.cutOff(destination, archive, at));
    if (wait) return this.postpone(transmission, prefecture, wait, at);
    const place = await this.ports.places.take(prefecture);
    if (!place) return { kind: 'stay', outcome: { kind: 'later', at: addMs(at, PLACE_RETRY_MS) } };
    const spent = await this.spend(destination, transmission, archive, at).catch((error: unknown) => {
      place.leave();
      throw error;
    });
    if (!spent) return { kind: 'go', route: { liaison, departement }, place };
    place.leave();
    return this.postpone(transmission, prefecture, spent, at);
  }

  async questionDate(
    transmission: Transmission,
    archive: string,
    at: Instant,
  ): Promise<{ readonly route: Route; readonly until: Instant | null }> {
    const { liaison, prefecture, circuit } = await this.destinationOf(transmission);
    const route = { liaison, departement: prefecture.departement };
    // Une question n'est pas un envoi : elle se pose hors des fenêtres, mais ni pendant un arrêt ni vers une liaison coupée.
    const stopped = closureAt({ ...prefecture, fenetres: [] }, at)?.until;
    if (prefecture.pause) return { route, until: addMs(at, PAUSE_CHECK_MS) };
    const probeAt = probeDateOf(circuit, archive);
    const cut = circuit.state === 'open' && probeAt !== null && probeAt > at ? probeAt : null;
    return { route, until: stopped ?? cut };
  }

  private destinationOf({ collectiviteId, liaisonId }: Transmission): Promise<Destination> {
    if (liaisonId === null) throw new Error('Transmission scellée sans liaison');
    return this.ports.prefectures.destinationOf(collectiviteId, liaisonId);
  }

  /** Coupée, et pas encore l'heure de la sonde. */
  private async cutOff(
    { prefecture, circuit }: Destination,
    { nom }: SealedArchive,
    at: Instant,
  ): Promise<Wait | null> {
    const date = probeDateOf(circuit, nom);
    return date !== null && at < date ? this.lineUp(prefecture, nom, at) : null;
  }

  /** Prend une part du budget, puis la place de la sonde quand la liaison est coupée ; une part sans départ se rend. */
  private async spend(
    { prefecture, circuit, siren }: Destination,
    transmission: Transmission,
    archive: SealedArchive,
    at: Instant,
  ): Promise<Wait | null> {
    const { liaisonId, departement, actesParHeure, octetsParHeure } = prefecture;
    const guichet = { liaisonId, departement };
    const request: BudgetRequest = {
      guichet,
      siren,
      transmissionId: transmission.id,
      tour: `${transmission.cycle}-${transmission.turn + 1}`,
      tailleOctets: archive.tailleOctets,
      isReturning: transmission.stopReason?.code === 'prefecture/budget-spent',
      actesParHeure,
      octetsParHeure,
      at,
    };
    if (hasBudget(prefecture)) {
      const answer = await this.ports.budget.take(request);
      if (answer.kind === 'wait') return spentUntil(prefecture, answer.until);
    }
    if (circuit.state === 'closed') return null;
    const probing = await this.ports.prefectures.changeCircuit(guichet, at, (current) => {
      const probed = probedBy(current, archive.nom, at, this.policy);
      return probed && { circuit: probed, audit: null, wakes: false };
    });
    if (probing) return null;
    const wait = await this.lineUp(prefecture, archive.nom, at);
    if (wait && hasBudget(prefecture)) await this.ports.budget.giveBack(request);
    return wait;
  }

  private async lineUp(prefecture: Prefecture, archive: string, at: Instant): Promise<Wait | null> {
    const { departement, fuseau } = prefecture;
    let until = at;
    const circuit = await this.ports.prefectures.changeCircuit(prefecture, at, (current) => {
      // Refermé entre-temps : l'acte peut partir.
      if (current.state === 'closed') return null;
      const lined = lineUp(current, archive, at);
      until = lined.until;
      return { circuit: lined.circuit, audit: null, wakes: false };
    });
    if (!circuit) return null;
    const probe =
      circuit.state === 'open' && circuit.probeAt
        ? `, prochain essai ${moment(circuit.probeAt, fuseau)}`
        : ', un essai est en cours';
    return {
      code: CIRCUIT_OPEN,
      until,
      detail: `La préfecture ${departement} ne répond plus (${circuit.code ?? 'sans réponse'}) : les envois attendent${probe}. Rien à faire : ils repartiront d'eux-mêmes.`,
    };
  }

  private async postpone(
    transmission: Transmission,
    { liaisonId, departement, version }: Prefecture,
    { until, code, detail }: Wait,
    at: Instant,
  ): Promise<Departure> {
    const change = changeState(transmission, {
      event: 'departure-postponed',
      at,
      actor: { kind: 'service' },
      reason: detail,
      evidence: { code, jusqua: until },
    });
    if (!change.ok) return { kind: 'stay', outcome: giveUp(change.problem) };
    const audit = transmission.stopReason?.code === code ? null : change.value.audit;
    const seen = { guichet: { liaisonId, departement }, version, isCut: code === CIRCUIT_OPEN };
    const isWritten = await this.ports.transmissions.postpone(
      transmission,
      { until, reason: { code, detail }, seen },
      audit,
    );
    return {
      kind: 'stay',
      outcome: isWritten ? { kind: 'done', state: 'sealed' } : { kind: 'later', at },
    };
  }

  private async hold(
    transmission: Transmission,
    archive: SealedArchive,
    { departement, octetsParHeure }: Prefecture,
    at: Instant,
  ): Promise<Departure> {
    const { code, detail } = problems.archiveOverBudget(
      archive.tailleOctets,
      octetsParHeure ?? 0,
      departement,
    );
    const change = changeState(transmission, {
      event: 'put-on-hold',
      at,
      actor: { kind: 'service' },
      reason: detail,
      evidence: { code, archive: archive.nom },
      patch: { stopReason: { code, detail }, nextTurnAt: null },
    });
    if (!change.ok) return { kind: 'stay', outcome: giveUp(change.problem) };
    const recorded = await this.ports.transmissions.record(change.value);
    return { kind: 'stay', outcome: recorded.moved ? { kind: 'done', state: 'held' } : DONE };
  }
}

/** `le 24/12/2026 à 18:00`, à l'heure de la préfecture. */
function moment(at: Instant, fuseau: string): string {
  return `le ${frenchDate(civilDateAt(at, fuseau))} à ${clockTimeAt(at, fuseau).slice(0, 5)}`;
}

function closedBy(prefecture: Prefecture, at: Instant): Wait | null {
  const { departement, fuseau, pause } = prefecture;
  if (pause) {
    return {
      code: 'prefecture/paused',
      until: addMs(at, PAUSE_CHECK_MS),
      detail: `Les envois vers la préfecture ${departement} sont suspendus : ${pause.motif}. Ils repartiront à la reprise.`,
    };
  }
  const closure = closureAt(prefecture, at);
  if (!closure) return null;
  const { code, until, motif } = closure;
  const why = motif === null ? 'est hors de ses heures' : `est arrêtée (${motif})`;
  return {
    code,
    until,
    detail: `La préfecture ${departement} ${why} : départ ${moment(until, fuseau)}, heure locale.`,
  };
}

function spentUntil({ departement, fuseau }: Prefecture, until: Instant): Wait {
  return {
    code: 'prefecture/budget-spent',
    until,
    detail: `Le budget de l'heure de la préfecture ${departement} est pris : cet acte attend sa part, au plus tôt ${moment(until, fuseau)}.`,
  };
}
