import { Client } from 'pg';

/** Une base muette ne doit pas retenir qui sait se passer d'écoute. */
const CONNECTION_TIMEOUT_MS = 10_000;

/** Une connexion à soi, pas encore ouverte, pour écouter des notifications. @param nom ce que PostgreSQL montre d'elle. */
export function listeningClient(url: string, nom: string): Client {
  const socket = new URL(url).searchParams.get('host');
  return new Client({
    connectionString: url,
    ...(socket === null ? {} : { host: socket }),
    application_name: nom,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
  });
}
