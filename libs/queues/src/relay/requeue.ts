import type { OutboxMessage } from '@teletransmission/teletransmission';
import { jobIdOf } from '../contracts/job-contract';
import type { OpenQueues } from '../open-queues';

/** La boîte d'envoi, où remettre ce que la file a oublié. */
export interface OutboxReturn {
  /** @returns le nombre de travaux remis ; ceux que le relais n'a pas encore portés y sont déjà. */
  putBack(messages: readonly OutboxMessage[]): Promise<number>;
}

/** Ce qu'on demande à Redis d'un même souffle : les commandes partent sans attendre les réponses. */
const BATCH = 500;

/**
 * Remet dans la boîte d'envoi ce que la base attend et qu'aucune file ne fera : Redis a pu tout perdre, ou un travail s'épuiser sur un
 * incident. Un travail qui attend ou tourne est laissé ; un travail fini sans que l'état ait bougé est ôté, sinon son identité bloquerait
 * le neuf. C'est le relais qui remet en file : lui seul donne à chaque collectivité son rang.
 * @returns le nombre de travaux remis.
 */
export async function requeue(
  messages: readonly OutboxMessage[],
  queues: OpenQueues,
  outbox: OutboxReturn,
): Promise<number> {
  if (messages.length === 0) return 0;
  await queues.ready();
  let count = 0;
  for (let start = 0; start < messages.length; start += BATCH) {
    const batch = messages.slice(start, start + BATCH);
    const isForgotten = await Promise.all(batch.map((message) => forgets(queues, message)));
    const forgotten = batch.filter((_, index) => isForgotten[index]);
    if (forgotten.length > 0) count += await outbox.putBack(forgotten);
  }
  return count;
}

async function forgets(queues: OpenQueues, { job, targetId, turn }: OutboxMessage): Promise<boolean> {
  const queue = queues.of(job);
  const jobId = jobIdOf(job, targetId, turn);
  const state = await queue.getJobState(jobId);
  if (state === 'completed' || state === 'failed') await queue.remove(jobId);
  return state === 'completed' || state === 'failed' || state === 'unknown';
}
