import { unwrap } from '@teletransmission/http-problems';
import type { Result } from '@teletransmission/kernel';
import type { HeldContents } from '@teletransmission/persistence';
import type { FastifyRequest } from 'fastify';
import type { ReceivedDeposit } from './read-deposit';
import { readDeposit } from './read-deposit';

/** Reçoit ce qu'une demande dépose ; refusée, elle ne laisse rien sur le disque. */
export class ReceiveDeposit {
  constructor(private readonly hold: () => HeldContents) {}

  /**
   * @param act ce que la demande fait de son dépôt ; un refus de lui n'a rien inscrit.
   * @throws ProblemException son refus, ou `http/malformed`, `http/too-large`, `http/too-many-parts`, `http/unsupported-media-type`
   */
  async execute<T>(
    request: FastifyRequest,
    act: (received: ReceivedDeposit) => Promise<Result<T>>,
  ): Promise<T> {
    const held = this.hold();
    let isRefused = true;
    try {
      const received = await readDeposit(request, held);
      // Une panne, ici, ne dit pas si la base a inscrit : dans le doute, on garde.
      isRefused = false;
      const outcome = await act(received);
      isRefused = !outcome.ok;
      return unwrap(outcome);
    } finally {
      if (isRefused) await held.release();
      else held.keep();
    }
  }
}
