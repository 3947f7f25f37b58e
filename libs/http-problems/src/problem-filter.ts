import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException } from '@nestjs/common';
import type { Log, Problem, TraceSource } from '@teletransmission/kernel';
import type { FastifyReply } from 'fastify';
import { problemDetailsOf, problemOfStatus } from './problem-details';
import { ProblemException } from './problem-exception';

/** Une panne du monde (base, disque, réseau) : `retry` la distingue d'un défaut à nous. */
function isOutage(error: unknown): boolean {
  const { retry, code, driverError } = error as {
    retry?: unknown;
    code?: unknown;
    driverError?: { code?: unknown };
  };
  const codes = [code, driverError?.code];
  return (
    retry === 'later' ||
    codes.some(
      (c) => typeof c === 'string' && /^(ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|ENOSPC|08|57P|53)/.test(c),
    ) ||
    (error instanceof Error &&
      /Connection terminated|timeout exceeded when trying to connect/.test(error.message))
  );
}

/** Rend tout refus, toute panne et tout défaut en `application/problem+json`, sans pile, sans SQL, sans chemin. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly trace: TraceSource,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const details = problemDetailsOf(this.problemOf(error), this.trace.current());
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (details.status === 401) void reply.header('www-authenticate', 'Bearer');
    if (details.status === 503) void reply.header('retry-after', '10');
    void reply
      .status(details.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(details));
  }

  private problemOf(error: unknown): Problem {
    if (error instanceof ProblemException) return error.problem;
    if (error instanceof HttpException) return problemOfStatus(error.getStatus());
    const { statusCode } = error as { statusCode?: unknown };
    if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
      return problemOfStatus(statusCode);
    if (isOutage(error)) {
      this.log.warn('dépendance en panne', { code: 'service/unavailable' });
      return problemOfStatus(503);
    }
    this.log.error('défaut', { code: 'service/defect' }, error);
    return problemOfStatus(500);
  }
}
