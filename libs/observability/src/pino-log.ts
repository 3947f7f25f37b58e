import type { Log, LogFields, TraceSource } from '@teletransmission/kernel';
import type { DestinationStream, Logger } from 'pino';
import pino from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Une cause qui se cite elle-même ne doit pas faire une ligne sans fin. */
const CAUSES_MAX = 5;

/** Ce qu'une erreur a le droit de dire au journal : son nom, son code, ses causes. Jamais un message, qui peut citer un contenu. */
function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { nom: typeof error };
  const { code } = error as { code?: unknown };
  return {
    nom: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    pile: placesOf(error),
    ...(error.cause === undefined || depth === CAUSES_MAX
      ? {}
      : { cause: describeError(error.cause, depth + 1) }),
  };
}

/** Les endroits du code d'une pile, sans son message : il peut tenir sur plusieurs lignes, et même imiter un endroit. */
function placesOf(error: Error): readonly string[] {
  const { stack = '', message } = error;
  const start = stack.indexOf(message);
  return (start === -1 ? stack : stack.slice(start + message.length))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 5);
}

class PinoLog implements Log {
  constructor(
    private readonly logger: Logger,
    private readonly trace: TraceSource,
    private readonly scope: LogFields = {},
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
    // Non `logger.child` : un champ redit y paraîtrait deux fois dans la même ligne.
    return new PinoLog(this.logger, this.trace, { ...this.scope, ...fields });
  }

  private complete(fields: LogFields): LogFields {
    const traceId = this.trace.current();
    return { ...(traceId === null ? {} : { traceId }), ...this.scope, ...fields };
  }
}

/**
 * Le journal technique d'une application : une ligne JSON par fait, horodatée en UTC, sur la sortie standard ou celle donnée.
 */
export function createLog(
  app: string,
  niveau: LogLevel,
  trace: TraceSource = { current: () => null },
  sortie?: DestinationStream,
): Log {
  const options = {
    level: niveau,
    base: { app },
    timestamp: pino.stdTimeFunctions.isoTime,
    messageKey: 'message',
  };
  return new PinoLog(pino(options, sortie ?? openJournal(STANDARD_OUTPUT)), trace);
}

const STANDARD_OUTPUT = 1;
/** Ce qu'on retient d'un journal qui ne s'écrit plus, en octets ; au-delà, ses lignes se perdent et le service continue. */
const HELD_BACK_BYTES = 1024 * 1024;

/**
 * Ouvre un journal, par son descripteur ou son chemin. Un disque plein n'y finit pas le processus : ses lignes attendent, et
 * s'écrivent quand la place revient. Sans cet écouteur, la première écriture refusée tuerait l'application qui voulait le dire.
 */
export function openJournal(destination: number | string): DestinationStream {
  const journal = pino.destination({ dest: destination, sync: true, maxLength: HELD_BACK_BYTES });
  journal.on('error', () => undefined);
  return journal;
}
