import type { ArgumentsHost } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import { ProblemException, ProblemFilter } from '@teletransmission/http-problems';
import { MalformedCursor, problems } from '@teletransmission/teletransmission';

/** Ce qu'une demande en JSON pèse au plus. */
export const BODY_MAX_BYTES = 1024 * 1024;

/** Le filtre de la maison, plus les refus qui naissent hors du domaine : un curseur que nous n'avons pas donné, un corps trop lourd. */
@Catch()
export class ApiProblemFilter extends ProblemFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    super.catch(known(error), host);
  }
}

function known(error: unknown): unknown {
  if (error instanceof MalformedCursor) return new ProblemException(problems.malformedCursor());
  const { code } = (error ?? {}) as { readonly code?: unknown };
  if (code !== 'FST_ERR_CTP_BODY_TOO_LARGE') return error;
  const detail = 'Le corps de la demande dépasse 1 Mio : aucune demande en JSON n’en demande autant.';
  return new ProblemException({ code: 'http/too-large', detail });
}
