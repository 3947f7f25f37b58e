import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemBody } from './problem-body';
import { problemDetailsOf, problemOfStatus } from './problem-details';

/** Ce qu'on laisse à un client pour lire un refus tombé au milieu de sa demande. */
const LINGER_MS = 10_000;

const STATUS_OF: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/**
 * Refuse ce qui n'est pas une demande, ou ne l'est pas devenu à temps : aucune route ne la voit, aucun filtre ne parlerait. La connexion se
 * ferme de notre côté, et le client a un moment pour lire.
 */
export function refuseBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    // Une suite illisible après le refus n'en appelle pas un second.
    if (!socket.writableEnded) socket.destroy();
    return;
  }
  const status = STATUS_OF[error.code ?? ''] ?? 400;
  const body = problemBody(problemDetailsOf(problemOfStatus(status), null));
  const tooLate = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.once('close', () => {
    clearTimeout(tooLate);
  });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'content-type: application/problem+json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
