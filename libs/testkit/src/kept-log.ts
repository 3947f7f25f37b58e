import type { Log, LogFields } from '@teletransmission/kernel';

/** Un journal qui se relit. */
export class KeptLog implements Log {
  readonly lines: {
    readonly level: string;
    readonly message: string;
    readonly fields: LogFields;
    readonly error?: unknown;
  }[] = [];

  info(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'info', message, fields });
  }

  warn(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'warn', message, fields });
  }

  error(message: string, fields: LogFields = {}, error?: unknown): void {
    this.lines.push({ level: 'error', message, fields, error });
  }

  with(): Log {
    return this;
  }
}
