import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** Ce qui arrive à un dépôt qui passe. */
type Mishap = 'reponse-perdue' | 'demande-perdue' | 'mandataire';

const BAD_GATEWAY =
  'HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: 22\r\nconnection: close\r\n\r\n<h1>Bad Gateway</h1>\r\n';
/** Un envoi avalé ne se coupe pas aussitôt : l'appelant doit pouvoir l'écrire en entier. */
const SWALLOW_MS = 400;
const FLUSH_MS = 20;

/** Un fil vers un serveur HTTP, que l'on coupe, ralentit, ou qui perd ce qui passe. */
export class BreakableLine {
  private readonly sockets = new Set<net.Socket>();
  private readonly mishaps: Mishap[] = [];
  private isCut = false;
  private slownessMs = 0;

  private constructor(
    private readonly server: net.Server,
    private readonly port: number,
    private readonly struck: string,
  ) {}

  /** `struck` : le début des demandes que frappent les sorts, par exemple `POST /actes/depot`. */
  static async open(port: number, struck: string): Promise<BreakableLine> {
    const server = net.createServer();
    const line = new BreakableLine(server, port, struck);
    server.on('connection', (inner) => {
      line.carry(inner);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Coupe tout ce qui passe, et tout ce qui viendra, jusqu'à `mend`. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  slowDown(perChunkMs: number): void {
    this.slownessMs = perChunkMs;
  }

  /** Les prochains dépôts auront ce sort, un chacun. */
  expect(mishap: Mishap, count: number): void {
    for (let n = 0; n < count; n += 1) this.mishaps.push(mishap);
  }

  get pendingMishaps(): number {
    return this.mishaps.length;
  }

  /** La ligne redevient droite. */
  mend(): void {
    this.isCut = false;
    this.slownessMs = 0;
    this.mishaps.length = 0;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private carry(inner: net.Socket): void {
    this.watch(inner);
    if (this.isCut) {
      inner.resetAndDestroy();
      return;
    }
    const outer = net.connect(this.port, '127.0.0.1');
    this.watch(outer);
    inner.once('close', () => outer.destroy());
    // Ce qui est encore en chemin sur une ligne lente doit arriver avant la fin.
    outer.once('close', () => setTimeout(() => inner.end(), this.slownessMs + FLUSH_MS));
    let fate: Mishap | undefined;
    inner.on('data', (chunk) => {
      // Une connexion gardée porte plusieurs demandes : chacune a son sort.
      if (chunk.subarray(0, this.struck.length).toString('latin1') === this.struck) {
        fate = this.mishaps.shift();
        if (fate === 'mandataire') inner.end(BAD_GATEWAY);
        if (fate === 'demande-perdue') setTimeout(() => inner.resetAndDestroy(), SWALLOW_MS);
      }
      if (fate === undefined || fate === 'reponse-perdue') this.pass(chunk, inner, outer);
    });
    outer.on('data', (chunk) => {
      // Le serveur a répondu, donc fait ce qu'on lui demandait : personne n'en saura rien.
      if (fate === 'reponse-perdue') inner.resetAndDestroy();
      else this.pass(chunk, outer, inner);
    });
  }

  private pass(chunk: Buffer, from: net.Socket, to: net.Socket): void {
    if (this.slownessMs === 0) {
      to.write(chunk);
      return;
    }
    from.pause();
    setTimeout(() => {
      if (!to.destroyed) to.write(chunk);
      from.resume();
    }, this.slownessMs);
  }

  private watch(socket: net.Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.sockets.delete(socket));
  }
}
