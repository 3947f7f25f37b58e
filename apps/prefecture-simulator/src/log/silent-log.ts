import type { Log } from '@teletransmission/kernel';

/** Un journal qui se tait, pour les essais qui démarrent le simulateur dans leur processus. */
export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => silentLog,
};
