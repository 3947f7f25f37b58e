import type { CivilDate, Instant } from '@teletransmission/kernel';
import { epochMsOf, parseCivilDate } from '@teletransmission/kernel';
import {
  ALERTE_LABELS,
  MOYEN_LABELS,
  NATURE_DECISION_LABELS,
  REMARQUE_PIECE_LABELS,
  RETOUR_POLICY,
} from '@teletransmission/teletransmission';
import { exactTime, longDate } from '../format/exact-time';
import { tailleLisible } from '../format/taille';
import { fluxLabel } from '../layout/flux-label';
import { ROLE_LABELS } from '../layout/labels.fr';

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

const CONSTATS: Readonly<Record<string, string>> = {
  presente: 'l’archive est à la préfecture',
  absente: 'l’archive n’est pas à la préfecture',
  present: 'l’archive est à la préfecture',
  absent: 'l’archive n’est pas à la préfecture',
};

/** Les faits dont la valeur est un mot du code : chacun le dit en français. */
const WORDS: Readonly<Record<string, (value: string) => string | undefined>> = {
  flux: fluxLabel,
  alerte: (genre) => (ALERTE_LABELS as Readonly<Record<string, string>>)[genre],
  cas: (cas) => (RETOUR_POLICY as Readonly<Record<string, { readonly situation: string }>>)[cas]?.situation,
  moyen: (moyen) => (MOYEN_LABELS as Readonly<Record<string, string>>)[moyen],
  role: (role) => (ROLE_LABELS as Readonly<Record<string, string>>)[role],
  natureLue: (nature) => (NATURE_DECISION_LABELS as Readonly<Record<string, string>>)[nature],
  constat: (constat) => CONSTATS[constat],
  reponse: (reponse) => CONSTATS[reponse],
  portee: (portee) => (portee === 'plateforme' ? 'toute la plateforme' : undefined),
};

function textValue(value: string): string {
  if (INSTANT.test(value) && !Number.isNaN(epochMsOf(value as Instant))) return exactTime(value as Instant);
  return parseCivilDate(value).ok ? longDate(value as CivilDate) : value;
}

/** Les remarques d'un document, en toutes lettres ; un code inconnu de cette version se lit tel quel. */
function remarquesValue(codes: string): string {
  const labels: Readonly<Record<string, string>> = REMARQUE_PIECE_LABELS;
  return codes
    .split(' ')
    .map((code) => labels[code] ?? code)
    .join(' ; ');
}

/** La valeur d'un fait de preuve, telle qu'elle se lit : un jour en toutes lettres, une taille en unités, un code en mots. */
export function preuveValue(key: string, value: string | number | boolean | null): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  if (typeof value === 'number') return key === 'tailleOctets' ? tailleLisible(value) : String(value);
  if (key.startsWith('remarquesPiece')) return remarquesValue(value);
  return WORDS[key]?.(value) ?? textValue(value);
}
