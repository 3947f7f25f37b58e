import { Catch, HttpException, Inject } from '@nestjs/common';
import type { ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import type { Log } from '@teletransmission/kernel';
import { LOG } from './tokens';

/** Note au journal ce qui n'est pas un refus, une seule fois, puis laisse Nest répondre. */
@Catch()
export class UnexpectedErrorFilter extends BaseExceptionFilter {
  constructor(
    { httpAdapter }: HttpAdapterHost,
    @Inject(LOG) private readonly log: Log,
  ) {
    super(httpAdapter);
  }

  override catch(exception: unknown, host: ArgumentsHost): void {
    const status = exception instanceof HttpException ? exception.getStatus() : 500;
    if (status >= 500) this.log.error('requête en échec', { event: 'request-failed', status }, exception);
    super.catch(exception, host);
  }
}
