import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { englishIn } from '../../../../test/services/english-words';
import type { OwnDatabase } from '../../../../test/services/own-database';
import { createOwnDatabase } from '../../../../test/services/own-database';
import { findProjectRoot } from '../../../local/src/project-root';
import { runConsole } from '../../test/run-console';

jest.setTimeout(600_000);

const golden = (name: string): string => path.join(findProjectRoot(), 'test', 'golden', 'console', name);

let database: OwnDatabase;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  database = await createOwnDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'console-'));
  env = {
    DATABASE_URL: database.url,
    STOCKAGE_DOSSIER: path.join(folder, 'stockage'),
    TELETRANSMISSION_DONNEES: folder,
  };
  await runConsole(['base', 'migrer'], env);
  await runConsole(['collectivite', 'inscrire', golden('commune.json')], env);
  const opened = await runConsole(
    ['compte', 'ouvrir', '--nom', 'Essai', '--role', 'administrateur', '--json'],
    env,
  );
  env = { ...env, TELETRANSMISSION_JETON: String(opened.json()['jeton']) };
  for (const name of ['extrait.pdf', 'convention.pdf']) await copyFile(golden(name), path.join(folder, name));
  await writeFile(path.join(folder, 'dossier.json'), await readFile(golden('dossier.json'), 'utf8'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Ce qu'une personne lit de cette commande, sur ses deux sorties. */
async function saidBy(args: readonly string[], own: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout, stderr } = await runConsole(args, { ...env, ...own });
  return `${stdout}\n${stderr}`;
}

/** Le dépôt de l'essai, et ce qui en parle, dans l'ordre. */
const DEPOSIT: readonly (readonly string[])[] = [
  ['deposer', golden('dossier-fautif.json')],
  ['deposer', 'DOSSIER'],
  ['deposer', 'DOSSIER'],
  ['suivre', '2022-10-062'],
  ['lister'],
];

/** Des demandes faites de travers, et d'autres non : chacune fait parler une bibliothèque, le système ou la base. */
const COMMANDS: readonly (readonly string[])[] = [
  ['--help'],
  ['prefecture', '--help'],
  ['prefecture', 'regler', '--help'],
  ['actes'],
  ['inconnue'],
  ['suivre'],
  ['suivre', 'a', 'b'],
  ['lister', '--limite'],
  ['lister', '--limit', '3'],
  ['lister', '--etat', 'perdue'],
  ['lister', '--apres', 'abc'],
  ['compte', 'ouvrir', '--nom', 'Essai'],
  ['compte', 'ouvrir', '--nom', 'Essai', '--role', 'maire'],
  ['compte', 'lister'],
  ['deposer', '.'],
  ['suivre', 'introuvable'],
  ['actes', 'construire', golden('ACTE-fautif.json'), '--sortie', 'essai'],
  ['actes', 'verifier', golden('message-fautif.xml')],
  ['actes', 'lire', golden('extrait.pdf')],
  ['collectivite', 'inscrire', golden('dossier.json')],
  ['prefecture', 'lister'],
  ['prefecture', 'regler', '034', '--motif', 'ok', '--actes-par-heure', 'beaucoup'],
  ['audit', 'ancrer', '--sortie', path.join('absent', 'ancre.json')],
  ['audit', 'verifier', '--ancre', golden('dossier.json')],
  ['sauvegarder', '--vers', path.join('DOSSIER', 'dedans')],
  ['restaurer', '--depuis', 'absent'],
  ['reprendre', '--image', 'hier'],
  ['reprendre', '--image', '2020-01-01T00:00:00Z'],
];
const AT_ONCE = 4;

/** Ce que cette commande dit d'anglais, avec tout ce qu'elle dit. */
async function faultOf(command: readonly string[]): Promise<readonly string[]> {
  const args = command.map((word) => word.replace('DOSSIER', path.join(folder, 'dossier.json')));
  const said = await saidBy(args);
  const english = englishIn(said);
  return english.length === 0 ? [] : [`${args.join(' ')} : ${english.join(', ')} — ${said.trim()}`];
}

describe('la console ne parle que français', () => {
  it('à qui dépose, se trompe, puis suit', async () => {
    const found: string[] = [];
    for (const command of DEPOSIT) found.push(...(await faultOf(command)));
    expect(found).toEqual([]);
  });

  it('quoi qu’on lui demande, et comme que ce soit', async () => {
    const found: string[] = [];
    for (let rank = 0; rank < COMMANDS.length; rank += AT_ONCE)
      found.push(...(await Promise.all(COMMANDS.slice(rank, rank + AT_ONCE).map(faultOf))).flat());
    expect(found).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['une base absente', { DATABASE_URL: 'postgres://personne@127.0.0.1:9/rien' }],
    ['un réglage faux', { DATABASE_POOL: '0' }],
    ['un jeton de fantaisie', { TELETRANSMISSION_JETON: 'x'.repeat(30) }],
    ['aucun jeton', { TELETRANSMISSION_JETON: '' }],
    ['des autorités absentes', { SIGNATURE_AUTORITES: '/absent.pem' }],
  ])('ni devant %s', async (_, own) => {
    const said = await saidBy(['deposer', path.join(folder, 'dossier.json')], own);
    expect([englishIn(said), said]).toEqual([[], expect.any(String)]);
  });
});
