import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { LaunchFailure } from '../launch-failure';
import { activityOf, commandLineOf, isAlive } from '../process-mark';

const STOP_WITHIN_MS = 20_000;
const POLL_MS = 25;

/**
 * Arrête le serveur qu'un lanceur tué aurait laissé sur ces mêmes fichiers : deux serveurs sur un dossier le corrompraient.
 * Le numéro vient de son fichier `pidFile` (première ligne) ; on n'arrête qu'un processus dont la commande contient `hallmark`.
 */
export async function stopPreviousServer(
  title: string,
  pidFile: string,
  hallmark: string,
  stopSignal: 'SIGINT' | 'SIGTERM',
): Promise<void> {
  const pid = readPid(pidFile);
  if (pid === null || !isAlive(pid) || !commandLineOf(pid).includes(hallmark)) return;
  process.kill(pid, stopSignal);
  // Suspendu, il n'entendrait le signal qu'en reprenant.
  if (activityOf(pid) === 'suspended') process.kill(pid, 'SIGCONT');
  const deadline = performance.now() + STOP_WITHIN_MS;
  while (isAlive(pid) && commandLineOf(pid).includes(hallmark)) {
    if (performance.now() > deadline) {
      throw new LaunchFailure(
        'local/previous-server-remains',
        `Un ${title} d'un démarrage précédent (processus ${pid}) ne s'arrête pas. Arrêtez-le par « kill ${pid} », puis recommencez.`,
      );
    }
    await delay(POLL_MS);
  }
}

function readPid(pidFile: string): number | null {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n', 1)[0]);
    return Number.isInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}
