import type { Instant } from '@teletransmission/kernel';
import {
  addDays,
  addMs,
  civilDateAt,
  clockTimeAt,
  instantAtLocal,
  weekdayOf,
} from '@teletransmission/kernel';
import type { Fenetre, Interruption, Prefecture } from './prefecture';
import { JOURS } from './prefecture';

/** Pourquoi une préfecture ne prend rien maintenant, et jusqu'à quand. */
export interface Closure {
  readonly code: 'prefecture/interrupted' | 'prefecture/closed';
  readonly until: Instant;
  readonly motif: string | null;
}

/** Au-delà d'une semaine et un jour, toute fenêtre est revenue. */
const WEEK = 8;
/** Un réglage peut enchaîner des arrêts et des fenêtres qui ne se croisent jamais : on n'y cherche pas sans fin. */
const HOPS = 60;

function isOpenAt(fenetres: readonly Fenetre[], fuseau: string, at: Instant): boolean {
  if (fenetres.length === 0) return true;
  const jour = JOURS[weekdayOf(civilDateAt(at, fuseau)) - 1];
  const heure = clockTimeAt(at, fuseau).slice(0, 5);
  return fenetres.some(
    ({ jours, de, a }) => jour !== undefined && jours.includes(jour) && de <= heure && heure < a,
  );
}

/** Le premier instant, à partir de `at`, où une fenêtre est ouverte. Une fenêtre tout entière sautée par l'heure d'été n'ouvre pas ce jour-là. */
export function nextOpening(fenetres: readonly Fenetre[], fuseau: string, at: Instant): Instant | null {
  if (isOpenAt(fenetres, fuseau, at)) return at;
  const today = civilDateAt(at, fuseau);
  const openings = Array.from({ length: WEEK }, (_, days) => addDays(today, days)).flatMap((date) => {
    const jour = JOURS[weekdayOf(date) - 1];
    return fenetres
      .filter(({ jours }) => jour !== undefined && jours.includes(jour))
      .map(({ de }) => instantAtLocal(date, de, fuseau));
  });
  return openings.filter((opening) => opening > at && isOpenAt(fenetres, fuseau, opening)).sort()[0] ?? null;
}

function interruptionAt(interruptions: readonly Interruption[], at: Instant): Interruption | undefined {
  return interruptions.find(({ du, au }) => du <= at && at < au);
}

/**
 * Ce qui ferme la préfecture à cet instant d'après ses fenêtres et ses arrêts annoncés, et le premier instant où elle prendra : un
 * arrêt qui finit la nuit renvoie à l'ouverture du matin.
 * @returns `null` quand elle est ouverte.
 */
export function closureAt(prefecture: Prefecture, at: Instant): Closure | null {
  const { fenetres, fuseau, interruptions } = prefecture;
  const first = interruptionAt(interruptions, at);
  let until = at;
  for (let hop = 0; hop < HOPS; hop += 1) {
    const stopped = interruptionAt(interruptions, until);
    if (stopped) {
      until = stopped.au;
      continue;
    }
    const opening = nextOpening(fenetres, fuseau, until);
    if (opening === until) break;
    until = opening ?? addMs(until, 86_400_000);
  }
  if (until === at) return null;
  return first
    ? { code: 'prefecture/interrupted', until, motif: first.motif }
    : { code: 'prefecture/closed', until, motif: null };
}
