import type { Log, LogFields, TraceSource } from '@teletransmission/kernel';
import type { Logger } from 'pino';
import pino from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Ce qu'une erreur a le droit de dire au journal : son nom, son code, ses causes. Jamais un message, qui peut citer un contenu. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { nom: typeof error };
  const { code } = error as { code?: unknown };
  return {
    nom: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    // La première ligne d'une pile porte le message ; les suivantes ne portent que des endroits du code.
    pile: (error.stack ?? '')
      .split('\n')
      .slice(1, 6)
      .map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

class PinoLog implements Log {
  constructor(
    private readonly logger: Logger,
    private readonly trace: TraceSource,
  ) {}

  info(message: string, fields: LogFields = {}): void {
    this.logger.info(this.complete(fields), message);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.logger.warn(this.complete(fields), message);
  }

  error(message: string, fields: LogFields = {}, error?: unknown): void {
    this.logger.error(
      { ...this.complete(fields), ...(error === undefined ? {} : { erreur: describeError(error) }) },
      message,
    );
  }

  with(fields: LogFields): Log {
    return new PinoLog(this.logger.child(fields), this.trace);
  }

  private complete(fields: LogFields): LogFields {
    const traceId = this.trace.current();
    return traceId === null ? fields : { traceId, ...fields };
  }
}

/** Le journal technique d'une application : une ligne JSON par fait, sur la sortie standard, horodatée en UTC. */
export function createLog(app: string, niveau: LogLevel, trace: TraceSource = { current: () => null }): Log {
  return new PinoLog(
    pino({ level: niveau, base: { app }, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'message' }),
    trace,
  );
}
