import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { instanceFolderAt, openInstanceFolder, wipeInstanceFolder } from './instance-folder';

describe('Le dossier de l’instance', () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(path.join(os.tmpdir(), 'tlt-dossier-'));
  });
  afterEach(() => {
    rmSync(parent, { recursive: true });
  });
  const at = (name: string): ReturnType<typeof instanceFolderAt> => instanceFolderAt(path.join(parent, name));

  it('absent, il est créé ; déjà à nous, il est rouvert avec ce qu’il contient', () => {
    const folder = at('neuf');
    openInstanceFolder(folder);
    writeFileSync(path.join(folder.stockage, 'archive'), 'x');
    openInstanceFolder(folder);
    expect(readdirSync(folder.stockage)).toEqual(['archive']);
  });

  it('qui contient autre chose, il est refusé sans qu’on y touche', () => {
    const folder = at('papiers');
    mkdirSync(folder.root);
    writeFileSync(path.join(folder.root, 'lettre.odt'), 'x');
    expect(() => {
      openInstanceFolder(folder);
    }).toThrow("n'est pas celui d'une instance");
    expect(readdirSync(folder.root)).toEqual(['lettre.odt']);
  });

  it('qui est un fichier, ou sous un fichier, il est refusé en le disant', () => {
    writeFileSync(path.join(parent, 'fichier'), 'x');
    for (const name of ['fichier', 'fichier/dessous']) {
      expect(() => {
        openInstanceFolder(at(name));
      }).toThrow("ce chemin n'est pas un dossier");
    }
  });

  it('effacé, il ne garde que sa marque et son verrou', () => {
    const folder = at('ancien');
    openInstanceFolder(folder);
    writeFileSync(folder.lock, '{}');
    writeFileSync(folder.jetons, '{}');
    writeFileSync(path.join(folder.stockage, 'archive'), 'x');
    wipeInstanceFolder(folder);
    expect(existsSync(folder.lock)).toBe(true);
    expect(existsSync(folder.jetons)).toBe(false);
    expect(readdirSync(folder.stockage)).toEqual([]);
  });

  it('effacé, il n’emporte pas un dossier étranger que nommerait un faux renvoi', () => {
    const folder = at('ancien');
    const foreign = path.join(parent, 'etranger');
    mkdirSync(foreign);
    openInstanceFolder(folder);
    writeFileSync(`${folder.postgres}.ailleurs`, `${foreign}\n`);
    wipeInstanceFolder(folder);
    expect(existsSync(foreign)).toBe(true);
  });
});
