import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException } from '@nestjs/common';
import { PROBLEM_TITLES, ProblemException } from '@teletransmission/http-problems';
import type { Log, Problem } from '@teletransmission/kernel';
import { MalformedCursor, problems, StoreFailure } from '@teletransmission/teletransmission';
import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { renderFault } from './fault-page';
import type { FaultText } from './fault-texts.fr';
import { DEFECT_TEXT, faultTextOf, MISSING_FILE_TEXT } from './fault-texts.fr';

interface FaultFound extends FaultText {
  readonly status: number;
}

function faultOfProblem(problem: Problem): FaultFound | null {
  const title = (
    PROBLEM_TITLES as Readonly<Record<string, { readonly status: number; readonly title: string }>>
  )[problem.code];
  return title ? { status: title.status, titre: title.title, detail: problem.detail } : null;
}

/** La faute que la personne a faite ou rencontrée ; `null` : c'est la nôtre. */
function faultOf(error: unknown): FaultFound | null {
  if (error instanceof ProblemException) return faultOfProblem(error.problem);
  if (error instanceof MalformedCursor) return faultOfProblem(problems.malformedCursor());
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown }).statusCode;
  return typeof status === 'number' && status < 500 ? { status, ...faultTextOf(status) } : null;
}

/** Rend toute faute en une page française. Ce qui est de notre fait s'écrit au journal, sous la référence que la page montre. */
@Catch()
export class FaultFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { compte } = host.switchToHttp().getRequest<FastifyRequest>();
    // Un téléchargement déjà commencé ne se change plus en page : on coupe, le navigateur verra un fichier incomplet.
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    const fault = faultOf(error);
    const ours =
      error instanceof StoreFailure ? { status: 404, ...MISSING_FILE_TEXT } : { status: 500, ...DEFECT_TEXT };
    const { status, titre, detail } = fault ?? ours;
    const reference = fault ? undefined : this.report(error);
    void reply
      .status(status)
      .type('text/html; charset=utf-8')
      .send(
        renderFault({ status, titre, detail, compte, ...(reference === undefined ? {} : { reference }) }),
      );
  }

  private report(error: unknown): string {
    const traceId = randomBytes(16).toString('hex');
    this.log.error(
      'défaut du bureau',
      { traceId, code: error instanceof StoreFailure ? error.code : 'service/defect' },
      error,
    );
    return traceId;
  }
}
