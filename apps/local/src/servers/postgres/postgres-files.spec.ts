import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findPostgresBinaries, restoreLinks } from './postgres-binaries';
import { refuseOtherMajor } from './postgres-cluster';
import { isInRoomOutside, roomOutside } from './room-outside';

describe('Les fichiers de PostgreSQL', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tlt-pg-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('retrouvent leurs liens symboliques quand npm a sauté le script qui les crée, autant de fois qu’il le faut', () => {
    mkdirSync(path.join(folder, 'lib'));
    writeFileSync(path.join(folder, 'lib', 'libicuuc.so.60.2'), 'x');
    const links = [{ source: 'native/lib/libicuuc.so.60.2', target: 'native/lib/libicuuc.so.60' }];
    writeFileSync(path.join(folder, 'pg-symlinks.json'), JSON.stringify(links));
    expect(restoreLinks(folder)).toBe(true);
    expect(restoreLinks(folder)).toBe(true);
    const link = path.join(folder, 'lib', 'libicuuc.so.60');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readlinkSync(link)).toBe('libicuuc.so.60.2');
    expect(readFileSync(link, 'utf8')).toBe('x');
  });

  it('absents, sont demandés en français, avec les deux issues', () => {
    const find = (): unknown => findPostgresBinaries(folder, null, () => folder);
    expect(find).toThrow('npm ci');
    expect(find).toThrow('DATABASE_URL=');
  });

  it('écrits par une autre version majeure, sont refusés en nommant les deux', () => {
    const binaries = { native: '/x', version: '17.10.0', major: '17' };
    writeFileSync(path.join(folder, 'PG_VERSION'), '16\n');
    expect(() => {
      refuseOtherMajor(folder, binaries);
    }).toThrow(/écrites par PostgreSQL 16, et celui-ci est PostgreSQL 17/);
    writeFileSync(path.join(folder, 'PG_VERSION'), '17\n');
    expect(() => {
      refuseOtherMajor(folder, binaries);
    }).not.toThrow();
  });

  it('pas encore écrits, ne s’opposent à rien', () => {
    expect(() => {
      refuseOtherMajor(path.join(folder, 'absent'), { native: '/x', version: '17.10.0', major: '17' });
    }).not.toThrow();
  });

  it('hors du projet, vont au premier emplacement possible, et lui seul peut être effacé', () => {
    writeFileSync(path.join(folder, 'fichier'), 'x');
    const places = [path.join(folder, 'fichier', 'impossible'), path.join(folder, 'possible')];
    expect(roomOutside(null, places)).toBe(path.join(folder, 'possible'));
    expect(() => roomOutside(null, places.slice(0, 1))).toThrow('--data');
    expect(isInRoomOutside(path.join(folder, 'possible', 'postgres-1'), places)).toBe(true);
    expect(isInRoomOutside(path.join(folder, 'possible', '..', 'autre'), places)).toBe(false);
  });
});
