import type { ArgumentsHost } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import { ProblemException, ProblemFilter } from '@teletransmission/http-problems';
import { MalformedCursor } from '@teletransmission/persistence';
import { problems } from '@teletransmission/teletransmission';

/** Le filtre de la maison, plus le seul refus qui naît dans un adaptateur : un curseur que nous n'avons pas donné. */
@Catch()
export class ApiProblemFilter extends ProblemFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    super.catch(
      error instanceof MalformedCursor ? new ProblemException(problems.malformedCursor()) : error,
      host,
    );
  }
}
