import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createOwnDatabase } from '../../../../test/services/own-database';
import type { OwnDatabase } from '../../../../test/services/own-database';
import { describeFieldCases, fieldCase } from '../../../../test/services/field-cases';
import { runConsole } from '../../test/run-console';

jest.setTimeout(60_000);

const ENTITES = '08-objet-entites-html';
const BOM = '11-json-bom';
const WINDOWS_1252 = '12-json-windows-1252';

describeFieldCases('Les cas de terrain, à la console', () => {
  let database: OwnDatabase;
  let folder: string;
  let env: Record<string, string>;
  const run = (...args: readonly string[]): ReturnType<typeof runConsole> =>
    runConsole([...args, '--json'], env);

  beforeAll(async () => {
    database = await createOwnDatabase();
    folder = await mkdtemp(path.join(tmpdir(), 'terrain-'));
    env = {
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      STOCKAGE_DOSSIER: path.join(folder, 'stockage'),
      TELETRANSMISSION_DONNEES: folder,
    };
    expect((await run('base', 'migrer')).status).toBe(0);
    expect((await run('collectivite', 'inscrire', fieldCase(BOM, 'commune.json'))).status).toBe(0);
    const compte = await run('compte', 'ouvrir', '--nom', 'terrain', '--role', 'administrateur');
    env = { ...env, TELETRANSMISSION_JETON: String(compte.json()['jeton']) };
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('08 : l’objet construit est, caractère pour caractère, celui qu’on a donné', async () => {
    const file = fieldCase(ENTITES, 'ACTE.json');
    const { acte } = JSON.parse(await readFile(file, 'utf8')) as { acte: { objet: string } };
    const built = await run('actes', 'construire', file, '--sortie', folder);
    const message = path.join(folder, String(built.json()['message']));
    expect((await readFile(message)).toString('latin1')).toContain('L&amp;#39;école &amp;amp; la');
    expect((await run('actes', 'lire', message)).json()['objet']).toBe(acte.objet);
    expect(
      (
        await run(
          'actes',
          'verifier',
          path.join(folder, String(built.json()['archive']).split('/').at(-1) ?? ''),
        )
      ).status,
    ).toBe(0);
  });

  it('11 : une marque d’ordre se lit partout', async () => {
    const built = await run('actes', 'construire', fieldCase(BOM, 'ACTE.json'), '--sortie', folder);
    const deposited = await run('deposer', fieldCase(BOM, 'dossier.json'));
    expect([built.status, deposited.status]).toEqual([0, 0]);
    const followed = await run('suivre', String(deposited.json()['id']));
    expect(followed.json()['objet']).toBe('Délibération à accents');
  });

  it('12 : du windows-1252 est refusé partout, avec son nom et sa première place', async () => {
    const refusals = [
      await run('actes', 'construire', fieldCase(WINDOWS_1252, 'ACTE.json'), '--sortie', folder),
      await run('deposer', fieldCase(WINDOWS_1252, 'dossier.json')),
      await run('collectivite', 'inscrire', fieldCase(WINDOWS_1252, 'commune.json')),
    ];
    for (const refused of refusals) {
      expect(refused.status).toBe(2);
      expect(refused.json()['erreur']).toMatchObject({
        code: 'console/not-json',
        facts: { cause: 'texte/not-utf8', ligne: expect.any(Number) as number },
        detail: expect.stringMatching(/Encodage probable : (windows-1252|ISO-8859-1)/) as string,
      });
    }
  });
});
