import { readFile } from 'node:fs/promises';
import { describeFieldCases, fieldCase } from '../../../../test/services/field-cases';
import { RunningApi } from '../../test/running-api';
import type { Answer } from '../../test/running-api';

jest.setTimeout(30_000);

/** La même demande, son dossier en octets, par les deux façons de le joindre. */
const WAYS = [
  ['en champ', 'name="dossier"'],
  ['en fichier', 'name="dossier"; filename="dossier.json"\r\nContent-Type: application/json'],
] as const;

describeFieldCases('Les cas de terrain, au dépôt', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await RunningApi.start();
  });
  afterAll(() => api.stop());

  async function deposit(head: string, dossier: Buffer): Promise<Answer> {
    const part = (name: string, content: Buffer): readonly Buffer[] => [
      Buffer.from(`--limite\r\nContent-Disposition: form-data; ${name}\r\n\r\n`),
      content,
      Buffer.from('\r\n'),
    ];
    const pdf = await readFile(fieldCase('08-objet-entites-html', 'extrait.pdf'));
    return api.ask('POST', '/v1/deliberations', {
      headers: { 'content-type': 'multipart/form-data; boundary=limite' },
      body: Buffer.concat([
        ...part(head, dossier),
        ...part('name="fichier"; filename="extrait.pdf"', pdf),
        Buffer.from('--limite--\r\n'),
      ]),
    });
  }

  it.each(['A', 'B', 'C', 'D', 'E'])('08 : l’objet de F08%s est gardé tel quel', async (rank) => {
    const dossier = await readFile(fieldCase('08-objet-entites-html', `dossier-F08${rank}.json`));
    const deposited = await deposit('name="dossier"', dossier);
    expect(deposited.status).toBe(201);
    const followed = await api.ask('GET', `/v1/deliberations/${String(deposited.body['id'])}`);
    const { objet } = JSON.parse(dossier.toString('utf8')) as { objet: string };
    expect(followed.body['objet']).toBe(objet);
  });

  it.each(WAYS)('11 : un dossier à marque d’ordre se lit %s', async (way, head) => {
    const bytes = await readFile(fieldCase('11-json-bom', 'dossier.json'));
    const numbered = bytes.toString('utf8').replace('"F11"', `"F11-${way.length}"`);
    expect((await deposit(head, Buffer.from(numbered))).status).toBe(201);
  });

  it.each(WAYS)('12 : un dossier en windows-1252 est refusé %s', async (_, head) => {
    const answer = await deposit(head, await readFile(fieldCase('12-json-windows-1252', 'dossier.json')));
    expect([answer.status, answer.body['cause'], answer.body['encodage']]).toEqual([
      400,
      'texte/not-utf8',
      'windows-1252',
    ]);
    expect(answer.body['detail']).toContain('ligne 6, colonne 14');
  });
});
