import type { Brand } from './brand';
import type { Result } from './result';
import { ok, refuse } from './result';
import { excerptOf } from './violations';

/**
 * Un jour du calendrier, sans heure ni fuseau, écrit `AAAA-MM-JJ`. Jamais un `Date` à minuit : minuit dépend de la machine.
 * L'ordre des chaînes est l'ordre des jours.
 */
export type CivilDate = Brand<string, 'CivilDate'>;

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

function utcOf(year: number, month: number, day: number): number {
  // Date.UTC lit les années 0 à 99 comme 1900 à 1999 ; setUTCFullYear non.
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function formatUtc(epochMs: number): CivilDate {
  return new Date(epochMs).toISOString().slice(0, 10) as CivilDate;
}

/**
 * Lit un jour écrit `AAAA-MM-JJ` et refuse ceux qui n'existent pas (30 février, 2023-02-29).
 * @returns le jour, ou le refus `civil-date/malformed` ou `civil-date/nonexistent`.
 */
export function parseCivilDate(text: string): Result<CivilDate> {
  const match = PATTERN.exec(text);
  if (!match) {
    return refuse({
      code: 'civil-date/malformed',
      detail: `« ${excerptOf(text)} » n'est pas une date de la forme AAAA-MM-JJ.`,
    });
  }
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  // Aucune année ne se nomme zéro ; la base n'en a pas non plus.
  if (year < 1 || month < 1 || month > 12 || day < 1 || formatUtc(utcOf(year, month, day)) !== text) {
    return refuse({ code: 'civil-date/nonexistent', detail: `Le ${text} n'existe pas dans le calendrier.` });
  }
  return ok(text as CivilDate);
}

/** Comme `parseCivilDate`, pour un littéral que nous écrivons nous-mêmes : un refus y est un défaut. */
export function civilDate(text: string): CivilDate {
  const parsed = parseCivilDate(text);
  if (!parsed.ok) throw new Error(parsed.problem.detail);
  return parsed.value;
}

/** Le même jour écrit `AAAAMMJJ`, comme dans les noms de fichiers et les identifiants ACTES. L'année est celle du jour, jamais celle de sa semaine. */
export function compactCivilDate(date: CivilDate): string {
  return date.replaceAll('-', '');
}

/** Lit un jour écrit `AAAAMMJJ`. Mêmes refus que `parseCivilDate`. */
export function parseCompactCivilDate(text: string): Result<CivilDate> {
  if (!/^\d{8}$/.test(text)) {
    return refuse({
      code: 'civil-date/malformed',
      detail: `« ${excerptOf(text)} » n'est pas une date de la forme AAAAMMJJ.`,
    });
  }
  return parseCivilDate(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`);
}

/** Le jour qui suit de `days` jours (négatif : qui précède). */
export function addDays(date: CivilDate, days: number): CivilDate {
  return formatUtc(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS);
}

/** Nombre de jours de `from` à `to`, négatif si `to` précède. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
}

/** Le plus tardif de deux jours. */
export function laterOf(a: CivilDate, b: CivilDate): CivilDate {
  return a > b ? a : b;
}

/** Le jour à la française, `jj/mm/aaaa`. */
export function frenchDate(date: CivilDate): string {
  return `${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/**
 * Le même quantième, `months` mois plus tard ; le dernier jour du mois quand il n'y est pas (31 décembre + 2 mois : 28 ou 29 février).
 */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
  const first = utcOf(year, month + months, 1);
  const last = new Date(new Date(first).setUTCMonth(new Date(first).getUTCMonth() + 1, 0)).getUTCDate();
  return formatUtc(new Date(first).setUTCDate(Math.min(day, last)));
}
