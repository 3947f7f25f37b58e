import type { Instant } from '@teletransmission/kernel';
import type { RetryPolicy } from '../transmission/retry-policy';
import { nextTurnAt } from '../transmission/retry-policy';
import type { EntreeAmont, ReleveEnEchec } from './entree-amont';

/** Une entrée en échec se reprend sans fin, au plus tard toutes les heures : la préfecture peut la réparer à tout moment. */
const RELEVE_POLICY: RetryPolicy = {
  maxTurns: Number.POSITIVE_INFINITY,
  firstDelayMs: 30_000,
  maxDelayMs: 3_600_000,
};

/** Pourquoi une entrée ne se relève pas. */
export interface ReleveFault {
  readonly code: string;
  readonly detail: string;
}

/** Ce qui a manqué d'un retour : le prendre, ou dire en amont qu'il est pris. */
export type ReleveStep = 'fetch' | 'acknowledge';

/** Vrai quand la préfecture a répondu, mal, de ce retour-ci : la liaison, elle, marche. */
export function isAnswered(error: unknown): boolean {
  return codeOf(error) === 'prefecture/unexpected-answer';
}

/** La raison à garder et à montrer, d'après ce que la liaison a lancé. */
export function releveFaultOf(step: ReleveStep, error: unknown): ReleveFault {
  const kept =
    step === 'acknowledge' ? 'Ce retour est chez nous, mais la préfecture n’en prend pas note : ' : '';
  const why = isAnswered(error)
    ? `elle répond autre chose que ce qu’on lui demande${causeOf(error)}.`
    : 'la liaison se coupe, ou elle est trop lente.';
  const subject = step === 'acknowledge' ? '' : 'La préfecture annonce ce retour et ne le donne pas : ';
  return { code: codeOf(error), detail: `${kept}${subject}${why}` };
}

/** L'échec qui suit `before` ; le premier quand il n'y en a pas. */
export function nextFailure(
  before: ReleveEnEchec | undefined,
  entree: EntreeAmont,
  { code, detail }: ReleveFault,
  at: Instant,
  id: string,
): ReleveEnEchec {
  const echecs = (before?.echecs ?? 0) + 1;
  return {
    id: before?.id ?? id,
    liaisonId: entree.liaisonId,
    source: entree.source,
    cle: entree.cle,
    sourceId: entree.sourceId,
    nom: entree.nom,
    extrait: entree.extrait,
    premierEchecLe: before?.premierEchecLe ?? at,
    dernierEchecLe: at,
    echecs,
    code,
    detail,
    prochaineLe: nextTurnAt(RELEVE_POLICY, echecs, at, entree.cle) ?? at,
  };
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'prefecture/unreachable';
}

function causeOf(error: unknown): string {
  const { cause } = (error ?? {}) as { readonly cause?: unknown };
  return cause instanceof Error ? ` (${cause.message.slice(0, 80)})` : '';
}
