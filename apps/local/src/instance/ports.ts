import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { LaunchFailure, systemCodeOf } from '../launch-failure';

const POLL_MS = 100;

/** Un port que l'instance va ouvrir. */
export interface PlannedPort {
  /** La variable d'environnement qui le change, par exemple `API_PORT`. */
  readonly variable: string;
  readonly host: string;
  readonly port: number;
}

/**
 * Vérifie que chaque port est libre, avant de lancer quoi que ce soit. Échoue (`local/port-in-use`) en nommant
 * tous ceux qui ne le sont pas, et comment en changer. `patienceMs` laisse à une instance tuée le temps de rendre les siens.
 */
export async function refuseBusyPorts(ports: readonly PlannedPort[], patienceMs = 0): Promise<void> {
  const deadline = performance.now() + patienceMs;
  let complaints = await complaintsAbout(ports);
  while (complaints.length > 0 && performance.now() < deadline) {
    await delay(POLL_MS);
    complaints = await complaintsAbout(ports);
  }
  if (complaints.length === 0) return;
  throw new LaunchFailure(
    'local/port-in-use',
    `Ports indisponibles : ${complaints.join(', ')}. Arrêtez le programme qui les occupe, ` +
      'ou décalez les quatre ports : npm start -- --port-base 4000',
  );
}

async function complaintsAbout(ports: readonly PlannedPort[]): Promise<readonly string[]> {
  const repeated = ports.filter((one, rank) => ports.findIndex(({ port }) => port === one.port) !== rank);
  const busy = await Promise.all(ports.map(complaintAbout));
  return [
    ...repeated.map(({ variable, port }) => `${variable} ${port} (demandé deux fois)`),
    ...busy.filter((complaint) => complaint !== null),
  ];
}

async function complaintAbout({ variable, host, port }: PlannedPort): Promise<string | null> {
  const code = await tryToListen(host, port);
  if (code === '') return null;
  const reason = code === 'EADDRINUSE' ? 'déjà pris' : code === 'EACCES' ? 'réservé à root' : code;
  return `${variable} ${port} (${reason})`;
}

function tryToListen(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => {
      resolve(systemCodeOf(error));
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve('');
      });
    });
  });
}
