import type { Client } from 'pg';
import { listeningClient } from '../../sql/listening-client';
import type { KeptComptes } from './kept-comptes';

/** Une connexion perdue se reprend vite : d'ici là, la seconde de garde suffit. */
const RETRY_MS = 1_000;

/**
 * Fait oublier les comptes gardés dès que la base dit qu'un compte ou un jeton change, sur une connexion à elle, reprise quand elle casse.
 * @returns de quoi cesser.
 */
export function watchComptes(url: string, kept: Pick<KeptComptes, 'forget'>): () => Promise<void> {
  let current: Client | null = null;
  let retry: NodeJS.Timeout | undefined;
  let isStopped = false;
  const again = (client: Client): void => {
    if (isStopped || current !== client) return;
    current = null;
    kept.forget();
    client.end().catch(() => undefined);
    retry = setTimeout(open, RETRY_MS).unref();
  };
  function open(): void {
    const client = listeningClient(url, 'comptes');
    current = client;
    // Sans écouteur, une connexion perdue finirait le processus.
    client.on('error', () => {
      again(client);
    });
    client.on('notification', () => {
      kept.forget();
    });
    client
      .connect()
      .then(() => client.query('LISTEN comptes'))
      .catch(() => {
        again(client);
      });
  }
  open();
  return async () => {
    isStopped = true;
    clearTimeout(retry);
    await current?.end().catch(() => undefined);
  };
}
