import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Socket } from 'node:net';

/** Ce que le serveur fait d'une demande. */
export type Script = (request: http.IncomingMessage, response: http.ServerResponse) => void | Promise<void>;

/** Un serveur HTTP qui fait ce que l'essai lui dicte, jusqu'à couper au milieu d'une phrase. */
export class ScriptedServer {
  readonly requests: {
    readonly method: string;
    readonly url: string;
    readonly headers: http.IncomingHttpHeaders;
  }[] = [];
  script: Script = (_request, response) => {
    response.writeHead(404).end();
  };
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: http.Server,
    readonly url: string,
  ) {}

  static async start(tls: https.ServerOptions | null = null): Promise<ScriptedServer> {
    const server = tls === null ? http.createServer() : https.createServer(tls);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const scripted = new ScriptedServer(server, `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}`);
    server.on('connection', (socket: Socket) => {
      scripted.sockets.add(socket);
      socket.on('close', () => scripted.sockets.delete(socket));
      socket.on('error', () => undefined);
    });
    server.on('request', (request: http.IncomingMessage, response: http.ServerResponse) => {
      const { method = '', url = '', headers } = request;
      scripted.requests.push({ method, url, headers });
      void scripted.script(request, response);
    });
    return scripted;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** Lit un corps jusqu'au bout et rend sa taille. */
export async function drained(request: http.IncomingMessage): Promise<number> {
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) size += chunk.length;
  return size;
}

/** Coupe la connexion comme un pair qui meurt : RST, sans adieu. */
export function reset(request: http.IncomingMessage): void {
  request.socket.resetAndDestroy();
}
