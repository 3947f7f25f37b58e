import { z } from 'zod';

/** Ce qu'une file promet : rien d'autre qu'une identité n'y voyage, et chaque chiffre a sa raison. */
export interface JobContract {
  /** Le nom de la file est celui du travail : une sorte de travail par file, l'une n'arrête pas les autres. */
  readonly queue: QueueName;
  /** Le champ qui porte l'identité de la cible. */
  readonly target: TargetField;
  readonly payload: z.ZodType<JobPayload>;
  /** Reprises d'un incident d'infrastructure ; les tours d'un envoi, eux, se décident en base. */
  readonly attempts: number;
  readonly backoffMs: number;
  /** Au-delà, un travail non fini est une alerte. */
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly reason: string;
}

export const QUEUE_NAMES = [
  'seal-enveloppe',
  'submit-enveloppe',
  'reconcile-envoi',
  'collect-retours',
  'apply-retour',
  'track-publication',
  'request-classification',
  'resubmit-outdated',
  'sweep-deadlines',
  'raise-alertes',
  'verify-documents',
  'purge-orphans',
  'forget-expired',
] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

export type TargetField = 'transmissionId' | 'retourId' | 'deliberationId' | 'collectiviteId' | null;

export type JobPayload = { readonly version: 1; readonly traceId?: string | null } & Partial<
  Record<NonNullable<TargetField>, string>
>;

/** La charge d'un travail : sa version, sa trace et l'identité de sa cible. Tout autre champ est refusé. */
export function payloadOf(target: TargetField): z.ZodType<JobPayload> {
  const base = { version: z.literal(1), traceId: z.string().length(32).nullish() };
  return z.strictObject(target === null ? base : { ...base, [target]: z.uuid() });
}

/** L'identité d'un travail : `<file>.<cible>.<tour>`. BullMQ refuse les deux-points et les entiers seuls. */
export function jobIdOf(queue: QueueName, targetId: string, turn: number): string {
  return `${queue}.${targetId}.${turn}`;
}
