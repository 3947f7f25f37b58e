import { FileDocumentStore } from '@teletransmission/persistence';
import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { seal } from '../../test/acknowledge';
import { RunningApi } from '../../test/running-api';

const OCTETS = Buffer.from(Array.from({ length: 5_000 }, (_, rang) => (rang * 7) % 251));
const EMPREINTE = createHash('sha256').update(OCTETS).digest('hex');
const ETAG = `"${EMPREINTE}"`;

let api: RunningApi;
let adresse: string;

beforeAll(async () => {
  api = await RunningApi.start();
  const id = await api.deposited();
  await seal(api, id);
  await new FileDocumentStore(api.dossier).put(Readable.from([OCTETS]));
  await api.dataSource.query(
    `UPDATE enveloppes SET empreinte = $2, taille_octets = $3 FROM transmissions t
     WHERE t.enveloppe_id = enveloppes.id AND t.deliberation_id = $1`,
    [id, EMPREINTE, OCTETS.length],
  );
  adresse = `/v1/deliberations/${id}/archive`;
});
afterAll(() => api.stop());

interface Document {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly octets: Buffer;
}

async function get(
  headers: Readonly<Record<string, string>> = {},
  method: 'GET' | 'HEAD' = 'GET',
): Promise<Document> {
  const answer = await api.app.inject({
    method,
    url: adresse,
    headers: { authorization: `Bearer ${api.jetonsCommune.deposant}`, ...headers },
  });
  return { status: answer.statusCode, headers: answer.headers, octets: answer.rawPayload };
}

describe('un document', () => {
  it('se rend entier, avec son sceau, son empreinte et combien de temps il se garde', async () => {
    const { status, headers, octets } = await get();
    expect([status, octets.equals(OCTETS)]).toEqual([200, true]);
    expect(headers).toMatchObject({
      etag: ETAG,
      'repr-digest': `sha-256=:${createHash('sha256').update(OCTETS).digest('base64')}:`,
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      vary: 'Authorization',
      'content-length': String(OCTETS.length),
    });
  });

  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=4900-', 4_900, 4_999],
    ['bytes=-1', 4_999, 4_999],
    ['bytes=2500-999999', 2_500, 4_999],
  ])('donne l’étendue %s', async (range, start, end) => {
    const { status, headers, octets } = await get({ range });
    expect(status).toBe(206);
    expect(octets.equals(OCTETS.subarray(start, end + 1))).toBe(true);
    expect(headers).toMatchObject({
      'content-range': `bytes ${start}-${end}/${OCTETS.length}`,
      'content-length': String(end - start + 1),
      etag: ETAG,
    });
  });

  it('hors de lui, refuse l’étendue en disant sa taille', async () => {
    const { status, headers, octets } = await get({ range: 'bytes=5000-' });
    expect([status, headers['content-range']]).toEqual([416, 'bytes */5000']);
    expect(JSON.parse(octets.toString())).toMatchObject({ code: 'http/range-not-satisfiable' });
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['etag']).toBeUndefined();
  });

  it.each([['bytes=0-1,8-9'], ['lignes=1-2'], ['bytes=9-1'], ['n’importe quoi'.replace('’', '')]])(
    'ignore l’étendue %j, et se rend entier',
    async (range) => {
      const { status, octets } = await get({ range });
      expect([status, octets.equals(OCTETS)]).toEqual([200, true]);
    },
  );

  it('ne reprend (If-Range) que si c’est bien lui', async () => {
    const range = 'bytes=0-9';
    expect((await get({ range, 'if-range': ETAG })).status).toBe(206);
    for (const other of ['"autre"', `W/${ETAG}`, 'Wed, 21 Oct 2015 07:28:00 GMT', '']) {
      const { status, octets } = await get({ range, 'if-range': other });
      expect([other, status, octets.length]).toEqual([other, 200, OCTETS.length]);
    }
  });

  it.each([ETAG, `W/${ETAG}`, `"autre", ${ETAG}`, '*'])(
    'déjà connu sous %s, répond 304 sans corps',
    async (known) => {
      const { status, headers, octets } = await get({ 'if-none-match': known, range: 'bytes=0-9' });
      expect([status, octets.length, headers['etag']]).toEqual([304, 0, ETAG]);
      expect(headers['cache-control']).toBe('private, no-cache');
      expect(headers['content-range']).toBeUndefined();
    },
  );

  it('connu sous un autre sceau, se rend entier', async () => {
    expect((await get({ 'if-none-match': '"autre"' })).status).toBe(200);
  });

  it('exigé sous un autre sceau (If-Match), se refuse', async () => {
    const { status, octets } = await get({ 'if-match': '"autre"' });
    expect(status).toBe(412);
    expect(JSON.parse(octets.toString())).toMatchObject({ code: 'http/precondition-failed' });
    expect((await get({ 'if-match': ETAG })).status).toBe(200);
  });

  it('HEAD en dit les mêmes en-têtes, ceux du contenu entier', async () => {
    const got = await get();
    for (const headers of [{}, { range: 'bytes=0-9' }]) {
      const head = await get(headers as Record<string, string>, 'HEAD');
      const said = Object.fromEntries(
        Object.entries(head.headers).filter(([name]) => !['date', 'trace-id'].includes(name)),
      );
      expect([head.status, head.octets.length]).toEqual([200, 0]);
      expect(got.headers).toMatchObject(said);
      expect(said['content-length']).toBe(String(OCTETS.length));
    }
  });
});
