/**
 * Issue d'une règle : une valeur, ou un refus codé. Un refus est une donnée, jamais une exception.
 */
export type Result<T, P = Problem> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P };

/** Un point fautif d'une entrée : `pointer` est un pointeur JSON (RFC 6901), `detail` un texte français pour les personnes. */
export interface Violation {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/**
 * Un refus codé. `code` a la forme `contexte/ce-qui-est-arrive` et ne change jamais ; `detail` est en français et dit quoi faire.
 * `facts` porte les faits que le code promet (état, événements permis…), pour les machines.
 */
export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly violations?: readonly Violation[];
  readonly facts?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/** Enveloppe une valeur dans un résultat heureux. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** Enveloppe un refus. */
export function refuse<P>(problem: P): { readonly ok: false; readonly problem: P } {
  return { ok: false, problem };
}
