import type { Instant } from '@teletransmission/kernel';

/** Les travaux que la boîte d'envoi demande ; la file de chacun porte son nom. */
export const JOBS = [
  'seal-enveloppe',
  'submit-enveloppe',
  'reconcile-envoi',
  'apply-retour',
  'track-publication',
  'request-classification',
  'resubmit-outdated',
] as const;
export type JobName = (typeof JOBS)[number];

/** Un travail à faire, écrit dans la transaction qui le rend nécessaire ; le relais le porte à la file. */
export interface OutboxMessage {
  readonly job: JobName;
  /** L'identité de ce qui est à traiter : rien d'autre ne voyage dans une file. */
  readonly targetId: string;
  /** Fait l'unicité du travail : la même cible au même tour n'est mise en file qu'une fois. */
  readonly turn: number;
  readonly notBefore: Instant | null;
  /** Son rang de passage dans sa file, du premier servi (1) au dernier. Absent : l'ordre d'arrivée. */
  readonly rang?: number;
}
