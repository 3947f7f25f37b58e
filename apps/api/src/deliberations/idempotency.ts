import { ProblemException } from '@teletransmission/http-problems';
import type { DepositAnswer } from '@teletransmission/teletransmission';
import type { FastifyReply } from 'fastify';

/** Une clé d'idempotence, ou rien. @throws ProblemException `http/malformed` */
export function checkIdempotencyKey(cle: string | undefined): void {
  if (cle === undefined || /^[\x21-\x7e]{1,200}$/.test(cle)) return;
  const detail = 'L’en-tête Idempotency-Key compte 1 à 200 caractères visibles, sans espace ni accent.';
  throw new ProblemException({ code: 'http/malformed', detail });
}

/** Le reçu d'un dépôt ou d'une correction : où le suivre, et s'il répète une réponse déjà donnée. */
export function sendReceipt(
  reply: FastifyReply,
  { receipt, isReplay }: DepositAnswer,
): Record<string, string> {
  if (isReplay) void reply.header('idempotency-replayed', 'true');
  void reply.header('location', `/v1/deliberations/${receipt.deliberationId}`);
  return {
    id: receipt.deliberationId,
    transmission: receipt.transmissionId,
    identifiantActe: receipt.identifiantActe,
    deposeeLe: receipt.deposeeLe,
  };
}
