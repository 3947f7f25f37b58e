import { digitsOfSiren } from '@teletransmission/actes';
import type { Result, Violation } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { CorrespondanceState, CourrierCriteria } from '@teletransmission/teletransmission';
import { CORRESPONDANCE_STATES, problems } from '@teletransmission/teletransmission';
import type { AddressFilter } from '../layout/address-filter';
import { addressOf, readFilter } from '../layout/address-filter';

/** Les champs du filtre des courriers, tels qu'ils sont dans l'adresse. */
export const COURRIER_FIELDS = ['etat', 'siren'] as const;
export type CourrierField = (typeof COURRIER_FIELDS)[number];
export type CourrierFilter = AddressFilter<CourrierField>;

/** Le filtre que porte une adresse. */
export function courrierFilterOf(query: Readonly<Record<string, unknown>>): CourrierFilter {
  return readFilter(COURRIER_FIELDS, query);
}

/** L'adresse de cette vue, à partir de la page que donne le curseur `apres`. */
export function courriersHref(filter: CourrierFilter, apres: string | null = null): string {
  return addressOf('/courriers', COURRIER_FIELDS, filter, apres);
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
  const digits = siren === undefined ? null : digitsOfSiren(siren);
  if (siren !== undefined && digits === null)
    violations.push({
      pointer: '/siren',
      code: 'search/invalid',
      detail: 'Un SIREN compte neuf chiffres.',
    });
  if (violations.length > 0) return refuse(problems.invalidSearch(violations));
  return ok({
    ...(etat !== undefined && isState(etat) ? { etat } : {}),
    ...(digits === null ? {} : { siren: digits }),
  });
}
