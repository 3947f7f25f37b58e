import { digitsOfSiren } from '@teletransmission/actes';
import type { CivilDate, Result, Violation } from '@teletransmission/kernel';
import { ok, parseCivilDate, refuse } from '@teletransmission/kernel';
import type {
  AcknowledgementCriteria,
  ReferenceLue,
  TransmissionState,
} from '@teletransmission/teletransmission';
import { problems, readReference, TRANSMISSION_STATES } from '@teletransmission/teletransmission';
import type { AddressFilter } from '../layout/address-filter';
import { addressOf, readFilter } from '../layout/address-filter';

/** Les champs du filtre, tels qu'ils sont dans l'adresse : l'adresse est la vue, elle se garde et se donne. */
export const FILTER_FIELDS = [
  'etat',
  'retard',
  'publication',
  'mots',
  'siren',
  'identifiant',
  'matiere',
  'du',
  'au',
] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];
export type ListFilter = AddressFilter<FilterField>;

/** Le filtre que porte une adresse. */
export function filterOf(query: Readonly<Record<string, unknown>>): ListFilter {
  return readFilter(FILTER_FIELDS, query);
}

/** L'adresse de cette vue, à partir de la page que donne le curseur `apres`. */
export function hrefOf(filter: ListFilter, apres: string | null = null): string {
  return addressOf('/deliberations', FILTER_FIELDS, filter, apres);
}

function isState(text: string): text is TransmissionState {
  return (TRANSMISSION_STATES as readonly string[]).includes(text);
}

class FilterReader {
  readonly violations: Violation[] = [];

  constructor(private readonly filter: ListFilter) {}

  matching(field: FilterField, pattern: RegExp, detail: string): string | undefined {
    const value = this.filter[field];
    if (value === undefined || pattern.test(value)) return value;
    this.violations.push({ pointer: `/${field}`, code: 'search/invalid', detail });
    return undefined;
  }

  siren(): string | undefined {
    const text = this.filter.siren;
    const digits = text === undefined ? null : digitsOfSiren(text);
    if (text !== undefined && digits === null)
      this.violations.push({
        pointer: '/siren',
        code: 'search/invalid',
        detail: 'Un SIREN compte neuf chiffres.',
      });
    return digits ?? undefined;
  }

  reference(): ReferenceLue | undefined {
    const text = this.filter.identifiant;
    if (text === undefined) return undefined;
    const read = readReference(text);
    if (read.ok) return read.value;
    this.violations.push(...(read.problem.violations ?? []));
    return undefined;
  }

  state(): TransmissionState | undefined {
    const { etat } = this.filter;
    if (etat === undefined || isState(etat)) return etat;
    this.violations.push({
      pointer: '/etat',
      code: 'search/invalid',
      detail: `L’état « ${etat} » n’existe pas.`,
    });
    return undefined;
  }

  day(field: 'du' | 'au'): CivilDate | undefined {
    const text = this.filter[field];
    if (text === undefined) return undefined;
    const parsed = parseCivilDate(text);
    if (parsed.ok) return parsed.value;
    this.violations.push({ pointer: `/${field}`, code: parsed.problem.code, detail: parsed.problem.detail });
    return undefined;
  }
}

/** Ce qui a été lu autrement que ce n'était écrit dans le champ de l'identifiant. */
export function remarquesOf({ identifiant, siren }: ListFilter): readonly string[] {
  const read = identifiant === undefined ? null : readReference(identifiant);
  const digits = siren === undefined ? null : digitsOfSiren(siren);
  return [
    ...(read?.ok ? read.value.remarques : []),
    ...(digits === null || digits === siren ? [] : [`Le SIREN a été lu ${digits}.`]),
  ];
}

/**
 * Les critères que ce filtre demande. `retard=oui` ne garde que les accusés en retard, `publication=a-faire` ce
 * qui n'est pas publié ; `du` et `au` bornent la date de décision.
 * @returns le refus `search/invalid`, avec toutes les fautes ensemble.
 */
export function criteriaOf(filter: ListFilter): Result<AcknowledgementCriteria> {
  const reader = new FilterReader(filter);
  const etat = reader.state();
  const siren = reader.siren();
  const reference = reader.reference();
  const matiere = reader.matching(
    'matiere',
    /^\d{1,3}(\.\d{1,3}){0,4}$/,
    'Une matière s’écrit en nombres séparés par des points, comme 7 ou 7.10.',
  );
  const [du, au] = [reader.day('du'), reader.day('au')];
  if (du !== undefined && au !== undefined && du > au) {
    reader.violations.push({
      pointer: '/au',
      code: 'search/invalid',
      detail: 'La fin de la période précède son début.',
    });
  }
  if (reader.violations.length > 0) return refuse(problems.invalidSearch(reader.violations));
  return ok({
    ...(etat === undefined ? {} : { etat }),
    ...(filter.retard === 'oui' ? { enRetard: true } : {}),
    ...(filter.publication === 'a-faire' ? { nonPubliee: true } : {}),
    ...(filter.mots === undefined ? {} : { mots: filter.mots }),
    ...(siren === undefined ? {} : { siren }),
    ...(reference === undefined ? {} : { reference: reference.reference }),
    ...(matiere === undefined ? {} : { matiere }),
    ...(du === undefined && au === undefined
      ? {}
      : { decision: { ...(du === undefined ? {} : { du }), ...(au === undefined ? {} : { au }) } }),
  });
}
