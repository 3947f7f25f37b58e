import type { Instant } from '@teletransmission/kernel';
import type { CompteId, TransmissionId } from '../ids';

/** Ce qu'un opérateur a établi auprès de la préfecture d'un envoi incertain : elle a l'archive, ou ne l'a pas. */
export type Verdict = 'absente' | 'presente';

export const VERDICTS = ['absente', 'presente'] as const satisfies readonly Verdict[];

/** Le constat d'un opérateur, avec son motif. Un par compte et par envoi ; le changer remplace le sien, et le journal garde les deux. */
export interface Constat {
  readonly transmissionId: TransmissionId;
  readonly cycle: number;
  readonly turn: number;
  readonly compteId: CompteId;
  readonly compteNom: string;
  readonly constat: Verdict;
  readonly motif: string;
  readonly instant: Instant;
}

/** Ce que valent ensemble les constats d'un envoi. */
export type Concertation =
  | { readonly kind: 'second-awaited' }
  | { readonly kind: 'contradictory' }
  | { readonly kind: 'agreed'; readonly verdict: Verdict; readonly first: Constat; readonly second: Constat };

/** Deux comptes d'accord, et personne d'un autre avis : un seul ne suffit jamais, et une contradiction ne se tranche pas au nombre. */
export function concert(constats: readonly Constat[]): Concertation {
  const [first, second] = [...constats].sort((a, b) => (a.instant < b.instant ? -1 : 1));
  if (!first || !second) return { kind: 'second-awaited' };
  if (constats.some(({ constat }) => constat !== first.constat)) return { kind: 'contradictory' };
  return { kind: 'agreed', verdict: first.constat, first, second };
}
