import { readdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { RawExchange } from '../../../../test/portes/raw-exchange';
import type { RawAnswer } from '../../../../test/portes/raw-exchange';
import { eventually } from '../../../../test/services/eventually';
import { aDeposit, bodyOf } from '../../test/a-deposit';
import { RunningApi } from '../../test/running-api';

jest.setTimeout(60_000);

let api: RunningApi;
let address = '';
beforeAll(async () => {
  // Des délais d'essai : c'est la fermeture, par le serveur, qu'on attend.
  const corps = { periodeMs: 150, octetsParSeconde: 1_000_000 };
  api = await RunningApi.start(undefined, { entetesMs: 200, corps });
  await api.app.listen(0, '127.0.0.1');
  address = `http://127.0.0.1:${(api.app.getHttpServer().address() as AddressInfo).port}`;
});
afterAll(() => api.stop());

/** Envoie le début d'une demande, puis plus rien ; rend ce que le serveur en dit avant de fermer. */
async function begun(bytes: Buffer | string): Promise<RawAnswer> {
  const exchange = await RawExchange.open(address);
  await exchange.send(Buffer.from(bytes));
  return exchange.answer();
}

const head = (path: string, headers: Readonly<Record<string, string | number>>): string =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${api.jetonsCommune.deposant}\r\n${Object.entries(
    headers,
  )
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;

/** Tout ce que le dépôt de documents tient, quelle que soit sa place. */
const kept = async (): Promise<readonly string[]> => {
  const found = await readdir(api.dossier, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
};

describe('une demande qui n’avance plus', () => {
  it.each([
    ['une connexion muette', ''],
    ['une ligne coupée', 'POST /v1/delib'],
    ['des en-têtes qui n’en finissent pas', 'POST /v1/deliberations HTTP/1.1\r\nhost: x\r\nx-a: b\r\n'],
  ])('%s est fermée, avec un problème', async (_, bytes) => {
    const { status, type, body } = await begun(bytes);
    expect([status, type]).toEqual([408, 'application/problem+json']);
    expect(JSON.parse(body.toString())).toMatchObject({ status: 408, code: 'http/too-slow' });
  });

  it('dont le corps en JSON s’arrête est fermée, avec un problème', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': 1_000 };
    const { status, type, body } = await begun(`${head('/v1/deliberations/x/annulation', headers)}{"motif":`);
    expect([status, type]).toEqual([408, 'application/problem+json']);
    expect(JSON.parse(body.toString())).toMatchObject({ status: 408, code: 'http/too-slow' });
  });

  it('dont le dépôt s’arrête au milieu d’un fichier est fermée, et ne laisse rien sur le disque', async () => {
    const { payload, headers } = await bodyOf(aDeposit());
    const before = await kept();
    const start = head('/v1/deliberations', { ...headers, 'content-length': payload.length });
    const { status, headers: answered } = await begun(
      Buffer.concat([Buffer.from(start), payload.subarray(0, -200)]),
    );
    expect(status).toBe(408);
    expect(answered).toMatch(/connection: close/i);
    await eventually(
      'le fichier à demi écrit est repris',
      async () => (await kept()).length === before.length,
    );
  });

  it('de taille inconnue est fermée de même', async () => {
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    const { status } = await begun(`${head('/v1/deliberations/x/annulation', headers)}5\r\n{"mot\r\n`);
    expect(status).toBe(408);
  });

  it('n’empêche pas un dépôt qui vient d’un trait', async () => {
    const { payload, headers } = await bodyOf(aDeposit());
    const response = await fetch(`${address}/v1/deliberations`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${api.jetonsCommune.deposant}` },
      body: new Uint8Array(payload),
    });
    expect(response.status).toBe(201);
  });
});
