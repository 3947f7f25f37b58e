import type { Clock, Log, LogFields } from '@teletransmission/kernel';
import { pino } from 'pino';
import type { Logger } from 'pino';

/** Le journal technique en lignes JSON sur la sortie standard. Les champs sont ceux du noyau : aucun ne porte un nom de personne. */
export class PinoLog implements Log {
  private constructor(private readonly logger: Logger) {}

  static create(clock: Clock): PinoLog {
    return new PinoLog(pino({ base: undefined, timestamp: () => `,"time":"${clock.now()}"` }));
  }

  info(message: string, fields: LogFields = {}): void {
    this.logger.info(fields, message);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.logger.warn(fields, message);
  }

  error(message: string, fields: LogFields = {}, error?: unknown): void {
    this.logger.error({ ...fields, err: error }, message);
  }

  with(fields: LogFields): Log {
    return new PinoLog(this.logger.child(fields));
  }
}
