import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { bytesOf } from '../../../../test/portes/raw-exchange';
import { RunningApi } from '../../test/running-api';

jest.setTimeout(60_000);

let api: RunningApi;
let server: Server;
beforeAll(async () => {
  api = await RunningApi.start();
  await api.app.listen(0, '127.0.0.1');
  server = api.app.getHttpServer();
});
afterAll(() => api.stop());

/** Envoie tout sans rien lire, attend que le serveur ait fermé, et ne lit qu'alors : ce qu'un client lent reçoit. */
async function readAfterClosing(bytes: Buffer): Promise<string> {
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  socket.on('error', () => undefined);
  const [served] = await accepted;
  const closed = once(served, 'close');
  socket.write(bytes);
  await closed;
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.resume();
  await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks).toString();
}

describe('un refus tombé avant la fin de l’envoi', () => {
  it.each([
    ['d’un type que rien ne lit', 'application/x-www-form-urlencoded', 415],
    ['d’un JSON trop lourd', 'application/json', 413],
  ])('%s se lit, même quand le client demande de fermer, et la connexion finit', async (_, type, status) => {
    const body = Buffer.alloc(4 * 1024 * 1024, 'a=1&');
    const headers = { 'content-type': type };
    const path = '/v1/deliberations/x/annulation';
    const bytes = bytesOf({ method: 'POST', path, headers, body }, api.jetons.operateur);
    const answer = await readAfterClosing(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*application/problem\\+json`));
  });
});
