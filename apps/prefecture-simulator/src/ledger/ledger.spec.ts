import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ledger } from './ledger';
import type { LedgerEntry } from './ledger-entry';
import { StorageFailure } from '../storage/storage-failure';

let dossier: string;
let fichier: string;
beforeEach(async () => {
  dossier = await mkdtemp(path.join(tmpdir(), 'registre-'));
  fichier = path.join(dossier, 'registre.jsonl');
});
afterEach(() => rm(dossier, { recursive: true, force: true }));

const consigne = (cle: string): LedgerEntry => ({
  type: 'scenario-set',
  cle,
  consigne: { scenario: 'silence' },
});

async function keysAfterReopening(): Promise<readonly string[]> {
  const ledger = await Ledger.open(dossier);
  const cles = [...ledger.registre.scenarios.keys()];
  await ledger.close();
  return cles;
}

describe('Ledger', () => {
  it('rend à la réouverture tout ce qu’il a confirmé, dans l’ordre', async () => {
    const ledger = await Ledger.open(dossier);
    await Promise.all(['a', 'b', 'c'].map((cle) => ledger.append(consigne(cle))));
    await ledger.append({ type: 'scenario-removed', cle: 'b' });
    await ledger.close();
    expect(await keysAfterReopening()).toEqual(['a', 'c']);
  });

  it('écrit aussi ce qu’on lui donne à peine la ligne précédente confirmée', async () => {
    const ledger = await Ledger.open(dossier);
    for (let n = 0; n < 20; n += 1) await ledger.append(consigne(`${n}`));
    await ledger.close();
    expect(await keysAfterReopening()).toHaveLength(20);
  });

  it('ne montre un fait qu’une fois écrit', async () => {
    const ledger = await Ledger.open(dossier);
    const ecriture = ledger.append(consigne('a'));
    expect(ledger.registre.scenarios.size).toBe(0);
    await ecriture;
    expect(await readFile(fichier, 'utf8')).toContain('"cle":"a"');
    expect(ledger.registre.scenarios.size).toBe(1);
    await ledger.close();
  });

  it.each([
    ['coupée au milieu', '{"type":"scenario-set","cle":"b","con'],
    [
      'coupée dans un caractère',
      Buffer.concat([Buffer.from('{"type":"scenario-set","cle":"'), Buffer.from([0xc3])]),
    ],
    ['entière mais sans fin de ligne', JSON.stringify(consigne('b'))],
  ])('ignore une dernière ligne %s, et écrit ensuite proprement', async (_quoi, reste) => {
    await writeFile(fichier, `${JSON.stringify(consigne('a'))}\n`);
    await appendFile(fichier, reste);
    const ledger = await Ledger.open(dossier);
    expect([...ledger.registre.scenarios.keys()]).toEqual(['a']);
    await ledger.append(consigne('c'));
    await ledger.close();
    expect(await keysAfterReopening()).toEqual(['a', 'c']);
  });

  it('refuse de s’ouvrir sur une ligne illisible qui n’est pas la dernière : ce n’est pas un arrêt brutal', async () => {
    await writeFile(fichier, `illisible\n${JSON.stringify(consigne('a'))}\n`);
    await expect(Ledger.open(dossier)).rejects.toThrow(SyntaxError);
  });

  it('n’écrit plus rien après un échec : il ne sait plus où finit sa dernière ligne', async () => {
    const ledger = await Ledger.open(dossier);
    await ledger.append(consigne('a'));
    await ledger.close();
    await expect(ledger.append(consigne('b'))).rejects.toThrow(StorageFailure);
    await expect(ledger.append(consigne('c'))).rejects.toThrow(StorageFailure);
    expect(await keysAfterReopening()).toEqual(['a']);
  });
});
