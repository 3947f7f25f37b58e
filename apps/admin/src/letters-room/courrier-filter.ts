import type { Result, Violation } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { CorrespondanceState, CourrierCriteria } from '@teletransmission/teletransmission';
import { CORRESPONDANCE_STATES, problems } from '@teletransmission/teletransmission';

/** Les champs du filtre des courriers, tels qu'ils sont dans l'adresse. */
export const COURRIER_FIELDS = ['etat', 'siren'] as const;
export type CourrierField = (typeof COURRIER_FIELDS)[number];
export type CourrierFilter = Readonly<Partial<Record<CourrierField, string>>>;

/** Lit les champs connus d'une adresse. Un champ vide ou répété à tort ne filtre pas. */
export function courrierFilterOf(query: Readonly<Record<string, unknown>>): CourrierFilter {
  const filter: Partial<Record<CourrierField, string>> = {};
  for (const field of COURRIER_FIELDS) {
    const value = query[field];
    if (typeof value === 'string' && value.trim() !== '') filter[field] = value.trim();
  }
  return filter;
}

/** L'adresse de cette vue, à partir de la page que donne le curseur `apres`. */
export function courriersHref(filter: CourrierFilter, apres: string | null = null): string {
  const fields = COURRIER_FIELDS.flatMap((field) =>
    filter[field] === undefined ? [] : [[field, filter[field]]],
  );
  const query = new URLSearchParams([...fields, ...(apres === null ? [] : [['apres', apres]])]).toString();
  return query === '' ? '/courriers' : `/courriers?${query}`;
}

function isState(text: string): text is CorrespondanceState {
  return (CORRESPONDANCE_STATES as readonly string[]).includes(text);
}

/** Les critères que ce filtre demande. @returns le refus `search/invalid`, avec toutes les fautes ensemble. */
export function courrierCriteriaOf({ etat, siren }: CourrierFilter): Result<CourrierCriteria> {
  const violations: Violation[] = [];
  if (etat !== undefined && !isState(etat))
    violations.push({
      pointer: '/etat',
      code: 'search/invalid',
      detail: `L’état « ${etat} » n’existe pas.`,
    });
  if (siren !== undefined && !/^\d{9}$/.test(siren))
    violations.push({
      pointer: '/siren',
      code: 'search/invalid',
      detail: 'Un SIREN compte neuf chiffres, sans espace.',
    });
  if (violations.length > 0) return refuse(problems.invalidSearch(violations));
  return ok({
    ...(etat !== undefined && isState(etat) ? { etat } : {}),
    ...(siren === undefined ? {} : { siren }),
  });
}
