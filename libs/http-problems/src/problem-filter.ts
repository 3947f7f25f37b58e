import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException } from '@nestjs/common';
import type { Log, Problem, TraceSource } from '@teletransmission/kernel';
import type { FastifyReply } from 'fastify';
import { problemOfStatus } from './problem-details';
import { ProblemException } from './problem-exception';
import { sendProblem } from './send-problem';

/** Les codes de Node et les classes SQLSTATE qui disent que le monde manque : réseau, disque, base arrêtée, pleine ou débordée. */
const OUTAGE_CODES =
  /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOSPC|EDQUOT|EROFS|EIO|08|53|57|40001|40P01|55P03)/;
/** Ce que le pilote de PostgreSQL ne dit qu'en toutes lettres. */
const OUTAGE_MESSAGES =
  /Connection terminated|is not queryable|timeout exceeded when trying to connect|Query read timeout/;

/** Ce qu'on regarde d'une erreur, d'où qu'elle vienne : Node, un pilote, le cadre ou nous. */
interface Thrown {
  readonly retry?: unknown;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
  readonly statusCode?: unknown;
  readonly driverError?: { readonly code?: unknown };
}

/** Une panne du monde (base, disque, réseau) : `retry` la distingue d'un défaut à nous. */
function isOutage({ retry, code, syscall, driverError, message }: Thrown): boolean {
  return (
    retry === 'later' ||
    // La prise locale d'une base arrêtée n'est plus dans son dossier : c'est bien elle qui manque, et non un fichier à nous.
    (code === 'ENOENT' && syscall === 'connect') ||
    [code, driverError?.code].some((c) => typeof c === 'string' && OUTAGE_CODES.test(c)) ||
    (typeof message === 'string' && OUTAGE_MESSAGES.test(message))
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
    const problem = this.problemOf(error);
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    const headers = error instanceof ProblemException ? error.headers : {};
    sendProblem(reply, problem, this.trace.current(), headers);
  }

  private problemOf(error: unknown): Problem {
    if (error instanceof ProblemException) return error.problem;
    const thrown = (error ?? {}) as Thrown;
    const status = statusOf(error, thrown);
    if (status !== null && status < 500) return problemOfStatus(status);
    if (status === 503 || isOutage(thrown)) {
      this.log.warn('dépendance en panne', { code: 'service/unavailable' });
      return problemOfStatus(503);
    }
    this.log.error('défaut', { code: 'service/defect' }, error);
    return problemOfStatus(500);
  }
}

/** Le statut que le cadre a choisi : Nest le porte dans une méthode, Fastify dans un champ, où il n'est jamais de notre fait. */
function statusOf(error: unknown, { statusCode, code }: Thrown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  // Le client a raccroché au milieu de sa demande : personne ne lira la réponse, et ce n'est pas un défaut.
  if (code === 'ERR_STREAM_PREMATURE_CLOSE') return 400;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : null;
}
