import { createConnection } from 'node:net';

const ANSWER_WITHIN_MS = 5_000;

/** Vrai quand Redis répond `PONG` sur cette prise ; faux tant qu'il n'écoute pas ou relit son journal (`LOADING`). */
export function answersAsRedis(socketFile: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(socketFile);
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => {
      resolve(answer.toString('latin1').startsWith('+PONG'));
      socket.destroy();
    });
    // Un serveur figé accepte et se tait : qui attend doit pouvoir le dire, et renoncer.
    socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy());
    socket.on('error', () => {
      resolve(false);
    });
    socket.on('close', () => {
      resolve(false);
    });
  });
}
