import type { Problem } from '@teletransmission/kernel';
import type { FastifyReply } from 'fastify';
import { problemBody } from './problem-body';
import { problemDetailsOf } from './problem-details';

/** Ce qu'un contenu commencé avait annoncé de lui, et qui ne vaut pas pour un refus. */
const CONTENT_HEADERS = [
  'content-length',
  'content-disposition',
  'content-range',
  'accept-ranges',
  'etag',
  'repr-digest',
];

const RETRY_AFTER_SECONDS: Readonly<Record<number, number>> = { 429: 5, 503: 10 };

/** Envoie un refus en `application/problem+json`, avec les en-têtes que son statut veut. */
export function sendProblem(
  reply: FastifyReply,
  problem: Problem,
  traceId: string | null,
  headers: Readonly<Record<string, string>> = {},
): void {
  const details = problemDetailsOf(problem, traceId);
  for (const name of CONTENT_HEADERS) void reply.removeHeader(name);
  if (details.status === 401) void reply.header('www-authenticate', 'Bearer');
  const retryAfter = RETRY_AFTER_SECONDS[details.status];
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  void reply
    .status(details.status)
    .headers({
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    })
    .send(problemBody(details));
}
