import { CommandFailure } from './outcome';

const INTERRUPTED = new CommandFailure({
  code: 'console/interrupted',
  detail: 'Interrompue : rien n’a été laissé à moitié.',
});

/** Entre deux lignes d'avancement. */
const EVERY_MS = 2_000;

/** Dit où en est une commande longue, sur la sortie d'erreur : la sortie standard reste à ce que la commande rend. */
export function progressOf(isSilent: boolean): (text: () => string) => void {
  let last = performance.now();
  return (text) => {
    const now = performance.now();
    if (isSilent || now - last < EVERY_MS) return;
    last = now;
    process.stderr.write(`${text()}\n`);
  };
}

/**
 * Fait `work`, que Ctrl-C ou une demande d'arrêt interrompt proprement : au premier signal elle défait ce qu'elle tient, au second le
 * processus finit.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort(INTERRUPTED);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  }
}
