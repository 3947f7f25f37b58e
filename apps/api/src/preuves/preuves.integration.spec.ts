import { packArchive, readFichiersRetour } from '@teletransmission/actes';
import { civilDateAt } from '@teletransmission/kernel';
import { SystemClock } from '@teletransmission/observability';
import { anAccuse, anAccuseAnnulation, anAnomalie, anAnomalieEnveloppe } from '@teletransmission/testkit';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { seal, send } from '../../test/acknowledge';
import { applyRetour } from '../../test/apply';
import { RunningApi } from '../../test/running-api';
import { anomaliesSchema } from './preuve.schema';

let api: RunningApi;
let today: string;
let nextNumber = 500;

beforeAll(async () => {
  api = await RunningApi.start();
  today = civilDateAt(new SystemClock().now(), api.commune.fuseau);
});
afterAll(() => api.stop());

interface Sent {
  readonly id: string;
  readonly identifiantActe: string;
  readonly numeroInterne: string;
  readonly archive: string;
}

/** Une délibération dont l'archive est partie. */
async function sent(): Promise<Sent> {
  nextNumber += 1;
  const numeroInterne = `2022-10-${nextNumber}`;
  const id = await api.deposited({ numeroInterne });
  await send(api, await seal(api, id));
  const { body } = await api.ask('GET', `/v1/deliberations/${id}`);
  const archive = (body['archive'] as { nom: string }).nom;
  return { id, identifiantActe: String(body['identifiantActe']), numeroInterne, archive };
}

const sha256 = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('hex');

/** Le message d'une archive de retour, tel qu'il y est. */
async function messageOf(archive: Buffer, type: string): Promise<{ nom: string; octets: Buffer }> {
  const read = await readFichiersRetour(Readable.from([archive], { objectMode: false }));
  if (!read.ok) throw new Error(read.problem.detail);
  const found = read.value.fichiers.find(({ nom }) => nom.includes(type));
  return { nom: found?.nom ?? '', octets: Buffer.from(found?.octets ?? []) };
}

interface Problem {
  readonly code?: unknown;
  readonly detail?: unknown;
}

async function get(
  url: string,
  jeton = api.jetonsCommune.deposant,
): Promise<{
  status: number;
  octets: Buffer;
  headers: Record<string, unknown>;
  code: unknown;
  detail: unknown;
}> {
  const answer = await api.app.inject({ url, headers: { authorization: `Bearer ${jeton}` } });
  const isProblem = String(answer.headers['content-type']).includes('problem');
  const { code, detail } = isProblem ? answer.json<Problem>() : {};
  return { status: answer.statusCode, octets: answer.rawPayload, headers: answer.headers, code, detail };
}

describe('l’accusé d’un acte', () => {
  it('n’existe pas avant que la préfecture accuse, et une phrase dit où en est l’acte', async () => {
    const { id } = await sent();
    for (const suffix of ['accuse', 'annulation/accuse']) {
      const { status, code, detail, headers } = await get(`/v1/deliberations/${id}/${suffix}`);
      expect([status, code]).toEqual([404, 'accuse/unknown']);
      expect(detail).toMatch(/La préfecture n’a .*accusé.* : il est dans l’état « .+ »\./);
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  it('se prend par son déposant, à l’octet près, avec ses empreintes et ses dates', async () => {
    const { id, identifiantActe } = await sent();
    const archive = await anAccuse({ identifiantActe, dateReception: today });
    const message = await messageOf(archive, '1-2_');
    const retour = await applyRetour(api, archive);
    // Un document à lui : le retour brut perdu, il se lit toujours, et le journal dit son empreinte.
    expect(
      await api.dataSource.query(
        `SELECT m.type, m.nom, m.empreinte, a.preuve->>'empreinteMessage' AS dite FROM messages_recus m
          JOIN audit_entries a ON a.sujet_id = m.transmission_id::text AND a.evenement = 'ar-received' WHERE m.retour_id = $1`,
        [retour.id],
      ),
    ).toEqual([
      { type: '1-2', nom: message.nom, empreinte: sha256(message.octets), dite: sha256(message.octets) },
    ]);
    const { status, octets, headers } = await get(`/v1/deliberations/${id}/accuse`);
    expect([status, octets.equals(message.octets)]).toEqual([200, true]);
    expect(headers).toMatchObject({
      'content-type': 'application/xml',
      'content-disposition': `attachment; filename="${message.nom}"`,
      etag: `"${sha256(message.octets)}"`,
      'repr-digest': `sha-256=:${createHash('sha256').update(message.octets).digest('base64')}:`,
      'preuve-empreinte': sha256(message.octets),
      'preuve-date-reception': today,
      'preuve-recue-le': retour.recuLe,
      'preuve-retour-empreinte': sha256(archive),
      'cache-control': 'private, no-cache',
    });
    const part = await api.app.inject({
      url: `/v1/deliberations/${id}/accuse`,
      headers: { authorization: `Bearer ${api.jetonsCommune.auditeur}`, range: 'bytes=10-29' },
    });
    expect([part.statusCode, part.rawPayload.equals(message.octets.subarray(10, 30))]).toEqual([206, true]);
  });

  it('venu en XML seul, avec une marque d’ordre et une déclaration d’ailleurs, reste le sien', async () => {
    const { id, identifiantActe } = await sent();
    const { octets } = await messageOf(await anAccuse({ identifiantActe, dateReception: today }), '1-2_');
    const text = octets.toString('latin1').replace(/^<\?xml[^>]*\?>\s*/, '');
    const received = Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-8"?>\r\n${text}\r\n`, 'utf8');
    await applyRetour(api, received, `${identifiantActe}-1-2_1.xml`);
    expect((await get(`/v1/deliberations/${id}/accuse`)).octets.equals(received)).toBe(true);
  });

  it('venu dans un retour qui en porte deux, est celui de l’acte, et l’autre celui de l’autre', async () => {
    const [one, other] = [await sent(), await sent()];
    const messages = await Promise.all(
      [one, other].map(async ({ identifiantActe }) =>
        messageOf(await anAccuse({ identifiantActe, dateReception: today }), '1-2_'),
      ),
    );
    const chunks: Buffer[] = [];
    const packed = packArchive(
      messages.map(({ nom, octets }) => ({
        nom,
        tailleOctets: octets.byteLength,
        open: () => Readable.from([octets]),
        compresser: true,
      })),
    );
    for await (const chunk of packed as AsyncIterable<Buffer>) chunks.push(chunk);
    await applyRetour(api, Buffer.concat(chunks));
    for (const [index, { id }] of [one, other].entries()) {
      const { status, octets } = await get(`/v1/deliberations/${id}/accuse`);
      expect([status, octets.toString('latin1')]).toEqual([200, messages[index]?.octets.toString('latin1')]);
    }
  });
});

describe('les anomalies d’un acte', () => {
  it('se listent et se prennent, dans l’ordre de leur arrivée', async () => {
    const acte = await sent();
    expect((await api.ask('GET', `/v1/deliberations/${acte.id}/anomalies`)).body).toEqual({ anomalies: [] });
    const archive = await anAnomalie('007', 'Fichier illisible', '2019-08-29', {
      acte: { numeroInterne: acte.numeroInterne as never },
    });
    await applyRetour(api, archive);
    const message = await messageOf(archive, '1-3_');
    const listed = await api.ask('GET', `/v1/deliberations/${acte.id}/anomalies`, {
      jeton: api.jetonsCommune.deposant,
    });
    expect(anomaliesSchema.parse(listed.body)).toEqual({
      anomalies: [
        expect.objectContaining({
          rang: 1,
          concerne: 'acte',
          flux: '1-3',
          nature: '007',
          detail: 'Fichier illisible',
          nom: message.nom,
          empreinte: sha256(message.octets),
          tailleOctets: message.octets.byteLength,
        }),
      ],
    });
    const first = await get(`/v1/deliberations/${acte.id}/anomalies/1`);
    expect([first.status, first.octets.equals(message.octets)]).toEqual([200, true]);
    for (const rang of ['0', '2', '01', 'abc']) {
      const { status, code } = await get(`/v1/deliberations/${acte.id}/anomalies/${rang}`);
      expect([rang, status, code]).toEqual([rang, 404, 'anomalie/unknown']);
    }
  });

  it('d’enveloppe, venues en XML seul, se prennent aussi', async () => {
    const { id, archive } = await sent();
    const octets = anAnomalieEnveloppe();
    const nom = `ANO_${archive.replace(/^.*?TACT/, 'TACT').replace(/\.tar\.gz$/, '.xml')}`;
    await applyRetour(api, octets, nom);
    const { status, octets: got } = await get(`/v1/deliberations/${id}/anomalies/1`);
    expect([status, got.equals(octets)]).toEqual([200, true]);
  });
});

describe('l’accusé d’une annulation', () => {
  it('se prend à côté de celui de l’acte, qui reste', async () => {
    const id = await api.deposited({ numeroInterne: '2022-10-062' });
    await send(api, await seal(api, id));
    const accuse = await anAccuse({ dateReception: today });
    await applyRetour(api, accuse);
    const asked = await api.ask('POST', `/v1/deliberations/${id}/annulation`, {
      body: { motif: 'Erreur de montant' },
    });
    expect(asked.status).toBe(202);
    await send(api, await seal(api, id, '6-1'));
    const archive = await anAccuseAnnulation(today);
    await applyRetour(api, archive);
    const got = await get(`/v1/deliberations/${id}/annulation/accuse`);
    expect([got.status, got.octets.equals((await messageOf(archive, '6-2_')).octets)]).toEqual([200, true]);
    const still = await get(`/v1/deliberations/${id}/accuse`);
    expect(still.octets.equals((await messageOf(accuse, '1-2_')).octets)).toBe(true);
  });
});

describe('l’historique de son acte', () => {
  it('est à lire par le déposant ; la chaîne entière de la collectivité reste à qui l’audite', async () => {
    const { id } = await sent();
    const jeton = api.jetonsCommune.deposant;
    const own = await api.ask('GET', `/v1/deliberations/${id}/historique`, { jeton });
    expect(own.status).toBe(200);
    expect((own.body['entrees'] as { evenement: string }[]).map(({ evenement }) => evenement)).toContain(
      'enveloppe-sealed',
    );
    const chain = await api.ask('GET', `/v1/collectivites/${api.commune.siren}/historique`, { jeton });
    expect([chain.status, chain.body['code']]).toEqual([403, 'compte/forbidden']);
  });
});
