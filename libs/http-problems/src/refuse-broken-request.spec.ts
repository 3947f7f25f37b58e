import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { refuseBrokenRequest } from './refuse-broken-request';

const server = createServer({ maxHeaderSize: 1_024 }, (_request, reply) => reply.end('servi'));
server.on('clientError', refuseBrokenRequest);
let port = 0;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

/** Tout ce qu'une connexion reçoit, jusqu'à ce que le serveur la ferme. */
async function sent(text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.write(text);
  await once(socket, 'end');
  socket.destroy();
  return Buffer.concat(chunks).toString();
}

describe('refuseBrokenRequest', () => {
  it.each([
    ['une ligne illisible', 'n’importe quoi\r\n\r\n', 400, 'http/malformed'],
    [
      'un en-tête trop long',
      `GET / HTTP/1.1\r\nx: ${'a'.repeat(2_000)}\r\n\r\n`,
      431,
      'http/headers-too-large',
    ],
    ['deux demandes illisibles de suite', '\u0001\r\n\r\n\u0001\r\n\r\n', 400, 'http/malformed'],
  ])('rend un problème à %s, et ferme', async (_, text, status, code) => {
    const [head = '', body = '', ...rest] = (await sent(text)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*application/problem\\+json`));
    expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
    expect(JSON.parse(body)).toMatchObject({ status, code });
    expect(rest).toEqual([]);
  });
});
