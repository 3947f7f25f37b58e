import type { DataSource, QueryRunner } from 'typeorm';

/**
 * Fait annuler par la base, depuis une autre connexion, l'ordre en cours de celle-ci quand `signal` le demande : une copie en flux ne
 * sait pas s'arrêter d'elle-même.
 * @returns de quoi ne plus écouter.
 */
export async function cancelOnAbort(
  dataSource: DataSource,
  runner: QueryRunner,
  signal: AbortSignal | undefined,
): Promise<() => void> {
  if (!signal) return () => undefined;
  const [{ pid }] = (await runner.query('SELECT pg_backend_pid() AS pid')) as [{ pid: number }];
  const cancel = (): void => {
    dataSource.query('SELECT pg_cancel_backend($1)', [pid]).catch(() => undefined);
  };
  signal.addEventListener('abort', cancel, { once: true });
  return () => {
    signal.removeEventListener('abort', cancel);
  };
}
