import type { Instant } from '@teletransmission/kernel';
import type { Evidence } from '../audit/audit-entry';

/** Une ligne du journal, réduite à ce qu'elle dit d'un sujet. */
export interface JournalLine {
  readonly chaine: string;
  readonly deliberationId: string | null;
  readonly evenement: string;
  readonly etatAvant: string | null;
  readonly etatApres: string | null;
  readonly instant: Instant;
  readonly acteurId: string | null;
  readonly preuve: Evidence;
}

/** Ce que le journal dit d'un fait ; `undefined` : il n'en dit rien, et rien ne s'y compare. */
export type Said = { readonly value: string | null } | undefined;

/**
 * L'état où mène une vie : celui où elle est entrée une fois de plus qu'elle n'en est sortie. L'ordre des lignes n'y compte pas : un retour
 * a les siennes dans deux chaînes. @returns `null` quand les pas ne se suivent pas.
 */
export function stateSaid(lines: readonly JournalLine[], birth: string | null = null): string | null {
  const balance = new Map<string, number>(birth === null ? [] : [[birth, 1]]);
  const add = (state: string | null, n: number): void => {
    if (state !== null) balance.set(state, (balance.get(state) ?? 0) + n);
  };
  for (const { etatAvant, etatApres } of lines) {
    add(etatApres, 1);
    add(etatAvant, -1);
  }
  const left = [...balance].filter(([, n]) => n !== 0);
  const [only] = left;
  return left.length === 1 && only?.[1] === 1 ? only[0] : null;
}

/** Depuis quand elle est dans son état. */
export function sinceSaid(lines: readonly JournalLine[]): Said {
  const last = lines.findLast(({ etatAvant, etatApres }) => etatAvant !== etatApres);
  return last && { value: last.instant };
}

/** Un fait que porte la preuve d'une ligne. */
export function saidIn(line: JournalLine | undefined, key: string): Said {
  const value = line?.preuve[key];
  return value === undefined ? undefined : { value: value === null ? null : String(value) };
}

/**
 * La date qu'a posée, depuis la dernière remise en file, un des événements qui la posent (`by`) ; le dernier qui la dit l'emporte.
 * @returns nulle quand aucun n'est arrivé ; rien quand ils sont d'avant cette version, et ne la disent pas.
 */
export function dateSaid(lines: readonly JournalLine[], key: string, by: readonly string[]): Said {
  const cycle = lines.slice(lines.findLastIndex(({ evenement }) => evenement === 'resubmitted') + 1);
  const setting = cycle.filter(({ evenement }) => by.includes(evenement));
  if (setting.length === 0) return { value: null };
  return saidIn(
    setting.findLast(({ preuve }) => key in preuve),
    key,
  );
}
