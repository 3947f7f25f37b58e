import type { TraceSource } from '@teletransmission/kernel';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const traces = new AsyncLocalStorage<string>();

/** La trace en cours, pour le journal et la boîte d'envoi. */
export const TRACE: TraceSource = { current: () => traces.getStore() ?? null };

/** Fait `work` sous une trace : celle donnée si elle a la forme attendue, sinon une neuve. */
export function withTrace<T>(traceId: string | null | undefined, work: () => T): T {
  const usable = traceId && /^[0-9a-f]{32}$/.test(traceId) ? traceId : randomBytes(16).toString('hex');
  return traces.run(usable, work);
}

/** La trace d'un en-tête `traceparent` (W3C Trace Context), si l'appelant en a une. */
export function traceOfParent(header: string | undefined): string | null {
  return /^00-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(header ?? '')?.[1] ?? null;
}
