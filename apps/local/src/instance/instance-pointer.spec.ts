import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { instancePointerOf } from './instance-pointer';

describe('le repère d’une instance lancée dans un autre dossier', () => {
  let project: string;
  const pointed = (): string | null => {
    const file = path.join(project, '.instance-locale');
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
  };
  beforeEach(() => {
    project = mkdtempSync(path.join(tmpdir(), 'repere-'));
  });
  afterEach(() => {
    rmSync(project, { recursive: true, force: true });
  });

  it('dit son dossier tant qu’elle tourne', () => {
    const pointer = instancePointerOf(project, '/ailleurs/instance');
    pointer.write();
    expect(pointed()).toBe('/ailleurs/instance');
    pointer.withdraw();
    expect(pointed()).toBeNull();
    pointer.withdraw();
  });

  it('ne se retire pas quand une autre y a mis le sien', () => {
    const first = instancePointerOf(project, '/une');
    first.write();
    instancePointerOf(project, '/autre').write();
    first.withdraw();
    expect(pointed()).toBe('/autre');
  });

  it('ne sert pas au dossier habituel, ni ne gêne là où rien ne s’écrit', () => {
    instancePointerOf(project, path.join(project, '.donnees')).write();
    expect(pointed()).toBeNull();
    writeFileSync(path.join(project, 'fichier'), '');
    expect(() => {
      instancePointerOf(path.join(project, 'fichier'), '/une').write();
    }).not.toThrow();
  });
});
