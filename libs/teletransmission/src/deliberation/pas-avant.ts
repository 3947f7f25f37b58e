import type { Instant, Result, TimeZone } from '@teletransmission/kernel';
import {
  addMonths,
  civilDateAt,
  frenchDate,
  instantOf,
  ok,
  parseCivilDate,
  refuse,
  startOfDay,
} from '@teletransmission/kernel';

/** Ce qu'un dépôt peut attendre, en mois. */
const MONTHS_MAX = 12;

/** Un instant ISO 8601 à la seconde au moins, décalage dit : sans lui, l'heure serait celle de la machine qui lit. */
const WITH_OFFSET = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}([.]\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Lit l'instant avant lequel un acte ne doit pas partir : un instant ISO 8601 avec son décalage, ou un jour, qui commence alors à son
 * premier instant dans le fuseau de la collectivité.
 * @returns l'instant ; sinon `pas-avant/malformed`, `pas-avant/past` ou `pas-avant/too-far` (au-delà d'un an).
 */
export function parsePasAvant(text: string, fuseau: TimeZone, now: Instant): Result<Instant> {
  const at = instantIn(text, fuseau);
  if (at === null) {
    return refuse({
      code: 'pas-avant/malformed',
      detail: `« ${text} » n'est ni un jour (AAAA-MM-JJ), ni un instant avec son décalage (2023-01-02T08:00:00+01:00).`,
    });
  }
  if (at <= now) {
    return refuse({
      code: 'pas-avant/past',
      detail: 'Cet instant est passé : ôtez « pasAvant », l’acte partira aussitôt.',
    });
  }
  const last = addMonths(civilDateAt(now, fuseau), MONTHS_MAX);
  if (civilDateAt(at, fuseau) > last) {
    return refuse({
      code: 'pas-avant/too-far',
      detail: `Un acte attend un an au plus : jusqu'au ${frenchDate(last)}.`,
    });
  }
  return ok(at);
}

function instantIn(text: string, fuseau: TimeZone): Instant | null {
  const day = parseCivilDate(text);
  if (day.ok) return startOfDay(day.value, fuseau);
  const match = WITH_OFFSET.exec(text);
  const epochMs = match && isDay(match[1] ?? '') ? Date.parse(text) : NaN;
  return Number.isNaN(epochMs) ? null : instantOf(epochMs);
}

/** `Date.parse` lit le 30 février comme le 2 mars : on ne le laisse pas corriger ce que la collectivité a écrit. */
function isDay(text: string): boolean {
  return parseCivilDate(text).ok;
}
