import type { Socket } from 'node:net';
import { connect } from 'node:net';

/** Une demande, octet pour octet : aucune bibliothèque ne la redresse. */
export interface RawRequest {
  readonly method: 'GET' | 'POST';
  /** L'adresse telle quelle, critères compris. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** Une réponse, ou ce qu'on en a reçu avant que la connexion ne se ferme. */
export interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly headers: string;
  readonly body: Buffer;
}

/** Une connexion à soi, dont on envoie les octets au moment choisi. */
export class RawExchange {
  private readonly received: Buffer[] = [];
  private readonly closed: Promise<void>;
  private isBegun = false;
  /** Aboutit au premier octet de la réponse, ou à la fermeture. */
  readonly begun: Promise<void>;

  private constructor(private readonly socket: Socket) {
    this.begun = new Promise((resolve) => {
      const begin = (): void => {
        this.isBegun = true;
        resolve();
      };
      socket.once('data', begin);
      socket.once('close', begin);
    });
    this.closed = new Promise((resolve) =>
      socket.once('close', () => {
        resolve();
      }),
    );
    socket.on('data', (chunk) => this.received.push(chunk));
    // Un refus parti avant la fin de l'envoi ferme la connexion sous nos pieds : ce qui a été reçu se lit quand même.
    socket.on('error', () => undefined);
  }

  static open(address: string): Promise<RawExchange> {
    const { hostname, port } = new URL(address);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new RawExchange(socket));
      });
    });
  }

  /** Vrai dès que la réponse a commencé, ou ne viendra plus. */
  get isAnswered(): boolean {
    return this.isBegun;
  }

  /** Envoie des octets ; aboutit quand le système les a pris, ou qu'il n'en prendra plus. */
  send(bytes: Buffer): Promise<void> {
    return new Promise((resolve) => {
      if (bytes.length === 0 || this.socket.destroyed) {
        resolve();
        return;
      }
      const done = (): void => {
        this.socket.off('close', done);
        resolve();
      };
      this.socket.once('close', done);
      this.socket.write(bytes, done);
    });
  }

  /** La réponse entière : la demande dit « Connection: close », la fermeture la finit. */
  async answer(): Promise<RawAnswer> {
    await this.closed;
    const all = Buffer.concat(this.received);
    const end = all.indexOf('\r\n\r\n');
    const headers = all.subarray(0, end < 0 ? 0 : end).toString('latin1');
    return {
      status: Number(/^HTTP\/1\.1 (\d{3})/.exec(headers)?.[1] ?? 0),
      type: /^content-type: *([^\r;]*)/im.exec(headers)?.[1] ?? '',
      headers,
      body: end < 0 ? Buffer.alloc(0) : all.subarray(end + 4),
    };
  }

  close(): void {
    this.socket.destroy();
  }
}

/** Les octets d'une demande ; un en-tête donné remplace celui qu'on aurait mis. */
export function bytesOf({ method, path, headers = {}, body }: RawRequest, jeton: string | null): Buffer {
  const lines = Object.entries({
    host: '127.0.0.1',
    connection: 'close',
    ...(jeton === null ? {} : { authorization: `Bearer ${jeton}` }),
    ...(body === undefined ? {} : { 'content-length': String(body.length) }),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
  return Buffer.concat([head, body ?? Buffer.alloc(0)]);
}
