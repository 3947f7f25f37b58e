import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { renderFault } from '../faults/fault-page';
import { faultTextOf } from '../faults/fault-texts.fr';
import { securityHeaders } from './security-headers';

/** Répond à une adresse que le routeur ne sait pas lire : il la refuse avant toute porte, et parlerait anglais. */
export function answerMalformedUrl(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode === 414 ? 414 : 400;
  void reply
    .status(status)
    .headers(securityHeaders(false))
    .type('text/html; charset=utf-8')
    .send(renderFault({ status, ...faultTextOf(status), compte: null }));
}
