import type { CivilDate, Instant } from '@teletransmission/kernel';
import { epochMsOf, parseCivilDate } from '@teletransmission/kernel';
import { exactTime, longDate } from '../format/exact-time';
import { tailleLisible } from '../format/taille';
import { fluxLabel } from '../layout/flux-label';

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function textValue(value: string): string {
  if (INSTANT.test(value) && !Number.isNaN(epochMsOf(value as Instant))) return exactTime(value as Instant);
  return parseCivilDate(value).ok ? longDate(value as CivilDate) : value;
}

/** La valeur d'un fait de preuve, telle qu'elle se lit : un jour en toutes lettres, une taille en unités, le reste tel quel. */
export function preuveValue(key: string, value: string | number | boolean | null): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  if (typeof value === 'number') return key === 'tailleOctets' ? tailleLisible(value) : String(value);
  return key === 'flux' ? fluxLabel(value) : textValue(value);
}
