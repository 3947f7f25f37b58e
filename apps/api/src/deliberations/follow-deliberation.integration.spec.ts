import { createHash } from 'node:crypto';
import { FileDocumentStore } from '@teletransmission/persistence';
import { Readable } from 'node:stream';
import { seal } from '../../test/acknowledge';
import { RunningApi } from '../../test/running-api';

jest.setTimeout(30_000);

let api: RunningApi;

beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

describe('l’archive d’une délibération', () => {
  it('n’existe pas avant la mise sous enveloppe', async () => {
    const answer = await api.ask('GET', `/v1/deliberations/${await api.deposited()}/archive`);
    expect([answer.status, answer.body['code']]).toEqual([404, 'archive/unknown']);
  });

  it('se rend octet pour octet, sous son nom', async () => {
    const id = await api.deposited();
    await seal(api, id);
    const octets = Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 255]);
    const { empreinte, tailleOctets } = await new FileDocumentStore(api.dossier).put(Readable.from([octets]));
    const [enveloppe]: { nom_archive: string }[] = await api.dataSource
      .query(
        `UPDATE enveloppes SET empreinte = $2, taille_octets = $3 FROM transmissions t
        WHERE t.enveloppe_id = enveloppes.id AND t.deliberation_id = $1 RETURNING nom_archive`,
        [id, empreinte, tailleOctets],
      )
      .then(([rows]: [{ nom_archive: string }[]]) => rows);
    const answer = await api.app.inject({
      url: `/v1/deliberations/${id}/archive`,
      headers: { authorization: `Bearer ${api.jetonsCommune.auditeur}` },
    });
    expect(answer.statusCode).toBe(200);
    expect(createHash('sha256').update(answer.rawPayload).digest('hex')).toBe(empreinte);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/gzip',
      'content-length': '8',
      'content-disposition': `attachment; filename="${enveloppe?.nom_archive ?? ''}"`,
      'x-content-type-options': 'nosniff',
    });
  });
});

describe('les refus suivent la RFC 9457', () => {
  it.each([
    ['une adresse inconnue', 'GET', '/v2/deliberations', 404, 'http/not-found'],
    ['une méthode qui n’est pas admise', 'PUT', '/v1/deliberations', 405, 'http/method-not-allowed'],
    ['une délibération inconnue', 'GET', '/v1/deliberations/abc', 404, 'deliberation/unknown'],
    ['un critère fautif', 'GET', '/v1/deliberations?limite=0', 400, 'search/invalid'],
  ] as const)('%s', async (_, method, url, status, code) => {
    const answer = await api.ask(method, url);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({
      type: `urn:teletransmission:probleme:${code}`,
      title: expect.any(String) as string,
      status,
      detail: expect.any(String) as string,
      instance: `urn:teletransmission:trace:${String(answer.headers['trace-id'])}`,
      code,
    });
    expect(answer.text).not.toMatch(/SELECT|node_modules|\.ts:|\/work|stack/i);
  });

  it('une adresse qui ne se décode pas, que Fastify refuse avant nous', async () => {
    const answer = await api.ask('GET', '/v1/deliberations/%E0%A4%A');
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({ status: 400, code: 'http/malformed' });
  });

  it('reprend la trace que le client donne', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const headers = { traceparent: `00-${trace}-b7ad6b7169203331-01` };
    const answer = await api.ask('GET', '/v1/deliberations/abc', { headers });
    expect(answer.body['instance']).toBe(`urn:teletransmission:trace:${trace}`);
  });
});
