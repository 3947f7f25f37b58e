import { createConnection } from 'node:net';
import { LaunchFailure } from '../../launch-failure';

/** Code SQLSTATE d'un serveur qui démarre encore (`cannot_connect_now`). */
const STARTING = '57P03';
const PROTOCOL_3 = 196_608;
const ANSWER_WITHIN_MS = 5_000;

/**
 * Vrai quand PostgreSQL ouvre une session sur cette base ; faux tant qu'il démarre ; une exception quand il refuse.
 * C'est le début du protocole 3.0 (« Frontend/Backend Protocol », Start-up), écrit ici pour n'avoir besoin d'aucun paquet.
 */
export function answersAsPostgres(socketFile: string, user: string, database: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(socketFile);
    let received = Buffer.alloc(0);
    socket.once('connect', () => socket.write(startupMessage(user, database)));
    // Un serveur figé accepte et se tait : qui attend doit pouvoir le dire, et renoncer.
    socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy());
    // Pas encore de prise, ou fermée aussitôt : il démarre.
    socket.on('error', () => {
      resolve(false);
    });
    socket.on('close', () => {
      resolve(false);
    });
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const verdict = readVerdict(received);
      if (verdict === 'more') return;
      socket.end(Buffer.from([0x58, 0, 0, 0, 4]));
      if (verdict === 'ready' || verdict === 'starting') {
        resolve(verdict === 'ready');
        return;
      }
      reject(
        new LaunchFailure(
          'local/postgres-refuses',
          `PostgreSQL refuse d'ouvrir la base ${database} : ${verdict.refusal}.`,
        ),
      );
    });
  });
}

function startupMessage(user: string, database: string): Buffer {
  const text = Buffer.from(`user\0${user}\0database\0${database}\0\0`, 'utf8');
  const message = Buffer.alloc(8 + text.length);
  message.writeInt32BE(message.length, 0);
  message.writeInt32BE(PROTOCOL_3, 4);
  text.copy(message, 8);
  return message;
}

function readVerdict(bytes: Buffer): 'more' | 'ready' | 'starting' | { readonly refusal: string } {
  let at = 0;
  while (at + 5 <= bytes.length) {
    const kind = String.fromCharCode(bytes.readUInt8(at));
    const end = at + 1 + bytes.readInt32BE(at + 1);
    if (end > bytes.length) return 'more';
    if (kind === 'Z') return 'ready';
    if (kind === 'E') return refusalOf(bytes.subarray(at + 5, end).toString('utf8'));
    at = end;
  }
  return 'more';
}

function refusalOf(fields: string): 'starting' | { readonly refusal: string } {
  const field = (letter: string): string =>
    fields
      .split('\0')
      .find((one) => one.startsWith(letter))
      ?.slice(1) ?? '';
  return field('C') === STARTING ? 'starting' : { refusal: field('M') };
}
