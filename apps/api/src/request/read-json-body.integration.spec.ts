import { RunningApi } from '../../test/running-api';
import type { Answer } from '../../test/running-api';
import { ROUTES } from '../openapi/routes';

let api: RunningApi;

beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

/** Toutes les adresses qui prennent un corps JSON, d'après la description que l'API rend. */
const DOORS = ROUTES.filter(({ body }) => body?.type === 'application/json').map(({ method, path }) => [
  method.toUpperCase() as 'POST',
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'departement' ? '034' : name === 'siren' ? '213402761' : '0190a000-0000-7000-8000-000000000000',
  ),
]) as readonly (readonly ['POST', string])[];

function send([method, path]: readonly ['POST', string], body: Buffer): Promise<Answer> {
  return api.ask(method, path, {
    jeton: api.jetons.administrateur,
    headers: { 'content-type': 'application/json' },
    body,
  });
}

describe.each(DOORS)('le corps JSON de %s %s', (...door) => {
  it('est refusé s’il n’est pas en UTF-8, en disant la place et l’encodage', async () => {
    const answer = await send(door, Buffer.from('{\n "motif": "Erreur décelée"}', 'latin1'));
    expect([answer.status, answer.headers['content-type']]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
    expect(answer.body).toMatchObject({
      type: 'urn:teletransmission:probleme:http/malformed',
      cause: 'texte/not-utf8',
      encodage: 'ISO-8859-1 ou windows-1252',
      ligne: 2,
      colonne: 20,
    });
  });

  it('mal formé, dit la ligne, la colonne et ce qui était attendu, en français', async () => {
    const answer = await send(door, Buffer.from('{"motif": "Erreur",\n}'));
    expect([answer.status, answer.body['ligne'], answer.body['colonne']]).toEqual([400, 2, 1]);
    expect(answer.body['detail']).toBe(
      'Le corps de la demande n’est pas du JSON : ligne 2, colonne 1, attendu un nom de champ entre guillemets droits ; trouvé « } », après une virgule de trop.',
    );
  });

  it('n’entre ni trop profond, ni abîmé, ni vide', async () => {
    const causes = await Promise.all(
      ['['.repeat(1_000), '{"motif":"\\ud800"}', '{"motif":"a","motif":"b"}', ''].map(
        async (text) => (await send(door, Buffer.from(text))).body['cause'],
      ),
    );
    expect(causes).toEqual([
      'json/too-deep',
      'json/refused-content',
      'json/refused-content',
      'json/malformed',
    ]);
  });

  it('se lit avec une marque d’ordre', async () => {
    const answer = await send(door, Buffer.from('\ufeff{"motif": "Erreur décelée"}'));
    expect(answer.body['cause']).toBeUndefined();
  });
});

describe('un corps qui n’est ni du JSON ni un multipart', () => {
  it.each(['application/x-www-form-urlencoded', 'application/xml'])('%s n’est pas lu', async (type) => {
    const answer = await api.ask('POST', DOORS[0]?.[1] ?? '', {
      jeton: api.jetons.administrateur,
      headers: { 'content-type': type },
      body: Buffer.from('motif=Erreur'),
    });
    expect([answer.status, answer.body['code']]).toEqual([415, 'http/unsupported-media-type']);
  });
});
