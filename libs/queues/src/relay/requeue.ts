import type { Clock } from '@teletransmission/kernel';
import { epochMsOf } from '@teletransmission/kernel';
import type { OutboxMessage } from '@teletransmission/teletransmission';
import { jobIdOf } from '../contracts/job-contract';
import type { OpenQueues } from '../open-queues';
import { bulkJobOf } from './outbox-relay';

/** Les états d'un travail qui se fera de lui-même. */
const ALIVE: readonly string[] = ['waiting', 'active', 'delayed', 'prioritized', 'waiting-children'];

/**
 * Remet en file ce que la base attend encore : Redis a pu tout perdre, ou un travail s'épuiser sur un incident. Un travail qui
 * attend ou tourne est laissé ; un travail fini sans que l'état ait bougé est ôté, sinon son identité bloquerait le neuf.
 * @returns le nombre de travaux remis.
 */
export async function requeue(
  messages: readonly OutboxMessage[],
  queues: OpenQueues,
  clock: Clock,
): Promise<number> {
  if (messages.length === 0) return 0;
  await queues.ready();
  let count = 0;
  for (const message of messages) {
    const queue = queues.of(message.job);
    const known = await queue.getJob(jobIdOf(message.job, message.targetId, message.turn));
    if (known) {
      if (ALIVE.includes(await known.getState())) continue;
      await known.remove();
    }
    await queue.addBulk([bulkJobOf({ ...message, traceId: null }, epochMsOf(clock.now()))]);
    count += 1;
  }
  return count;
}
