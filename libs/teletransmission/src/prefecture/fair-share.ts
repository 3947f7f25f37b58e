import type { Instant } from '@teletransmission/kernel';
import { addMs, epochMsOf, instantOf } from '@teletransmission/kernel';
import type { BudgetAnswer, BudgetDeparture, BudgetRequest, BudgetWaiter } from './budget';

/** Le budget se compte sur l'heure qui précède chaque demande, non sur l'heure de l'horloge : deux budgets ne s'y suivent jamais. */
export const BUDGET_HOUR_MS = 3_600_000;
/** Ce que la plus servie laisse aux autres : un dixième du budget attend toujours qui n'a presque rien pris. */
export const BUDGET_RESERVE = 0.1;
/** Le plus court retour d'un acte renvoyé. */
export const BUDGET_MIN_WAIT_MS = 1_000;
/** Quand une part est libre mais promise à d'autres, le temps de les laisser la prendre. */
export const BUDGET_YIELD_MS = 30_000;

/** Ce qui est pris et ce qui attend, au moment de la demande. */
export interface BudgetBooks {
  /** Les départs de la dernière heure, du plus ancien au plus récent. */
  readonly departures: readonly BudgetDeparture[];
  readonly waiters: readonly BudgetWaiter[];
}

interface Limits {
  readonly actes: number;
  readonly octets: number;
}

function used(departures: readonly BudgetDeparture[], siren: string | null): Limits {
  const mine = siren === null ? departures : departures.filter((departure) => departure.siren === siren);
  return { actes: mine.length, octets: mine.reduce((sum, { tailleOctets }) => sum + tailleOctets, 0) };
}

/** La plus grande des deux parts, en actes et en octets : une collectivité d'actes lourds ne passe pas pour peu servie. */
function shareOf(departures: readonly BudgetDeparture[], siren: string, limits: Limits): number {
  const { actes, octets } = used(departures, siren);
  return Math.max(actes / limits.actes, octets / limits.octets);
}

function isKnownIn(waiters: readonly BudgetWaiter[], request: BudgetRequest): boolean {
  return (
    request.isReturning || waiters.some(({ transmissionId }) => transmissionId === request.transmissionId)
  );
}

/** Son rang parmi les siens : une nouvelle se met au bout, celle qui revient suit l'ordre des dates promises. */
function rankOf(request: BudgetRequest, waiters: readonly BudgetWaiter[]): number {
  const own = waiters.filter(({ siren }) => siren === request.siren);
  if (!isKnownIn(waiters, request)) return own.length;
  const dueAt = own.find(({ transmissionId }) => transmissionId === request.transmissionId)?.dueAt;
  return dueAt === undefined ? 0 : own.filter((waiter) => waiter.dueAt < dueAt).length;
}

/** Ce que prendraient avant cet acte ceux qui passent devant lui : les moins servis qui attendent, et les siens déjà en ligne. */
function ahead(request: BudgetRequest, { departures, waiters }: BudgetBooks, limits: Limits): Limits {
  const mine = shareOf(departures, request.siren, limits);
  const isInLine = isKnownIn(waiters, request);
  let [actes, octets] = [0, 0];
  // Une seule part par collectivité moins servie : la suivante se dispute à égalité.
  const judged = new Set<string>();
  for (const waiter of waiters) {
    if (waiter.siren === request.siren) {
      if (isInLine) continue;
    } else {
      if (judged.has(waiter.siren)) continue;
      judged.add(waiter.siren);
      if (shareOf(departures, waiter.siren, limits) >= mine) continue;
    }
    actes += 1;
    octets += waiter.tailleOctets;
  }
  return { actes, octets };
}

/** Quand assez de départs auront plus d'une heure pour que cet acte tienne. */
function freedAt(
  request: BudgetRequest,
  departures: readonly BudgetDeparture[],
  limits: Limits,
): Instant | null {
  const total = used(departures, null);
  let [actes, octets] = [total.actes + 1 - limits.actes, total.octets + request.tailleOctets - limits.octets];
  if (actes <= 0 && octets <= 0) return null;
  for (const departure of departures) {
    actes -= 1;
    octets -= departure.tailleOctets;
    if (actes <= 0 && octets <= 0) return addMs(departure.at, BUDGET_HOUR_MS);
  }
  return addMs(request.at, BUDGET_HOUR_MS);
}

/**
 * Partage le budget d'une heure : prend si la part est libre et n'est due à personne d'autre ; sinon promet une date. Les actes d'une
 * même collectivité se suivent au pas du budget : cinq mille qui attendent ne reviennent pas ensemble.
 */
export function shareBudget(request: BudgetRequest, books: BudgetBooks): BudgetAnswer {
  const { transmissionId, tour, siren, at, tailleOctets } = request;
  const limits = { actes: request.actesParHeure ?? Infinity, octets: request.octetsParHeure ?? Infinity };
  const { departures, waiters } = books;
  if (departures.some((known) => known.transmissionId === transmissionId && known.tour === tour))
    return { kind: 'taken' };
  const total = used(departures, null);
  const first = ahead(request, books, limits);
  const fits =
    total.actes + 1 + first.actes <= limits.actes &&
    total.octets + tailleOctets + first.octets <= limits.octets;
  const isWellServed = shareOf(departures, siren, limits) > BUDGET_RESERVE;
  const leavesReserve =
    total.actes + 1 <=
      limits.actes - Math.floor(limits.actes === Infinity ? 0 : limits.actes * BUDGET_RESERVE) &&
    total.octets + tailleOctets <=
      limits.octets - Math.floor(limits.octets === Infinity ? 0 : limits.octets * BUDGET_RESERVE);
  if (fits && (leavesReserve || !isWellServed)) return { kind: 'taken' };

  const rank = rankOf(request, waiters);
  const sirens = new Set([siren, ...waiters.map((waiter) => waiter.siren)]).size;
  const pace = sirens * BUDGET_HOUR_MS * Math.max(1 / limits.actes, tailleOctets / limits.octets);
  const from = freedAt(request, departures, limits) ?? addMs(at, Math.min(pace, BUDGET_YIELD_MS));
  const until = Math.max(epochMsOf(from) + rank * pace, epochMsOf(at) + BUDGET_MIN_WAIT_MS);
  return { kind: 'wait', until: instantOf(Math.ceil(until)) };
}
