import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { applicationVersion } from './application-version';

describe('la version de l’application', () => {
  let folder: string;
  let deep: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'version-'));
    deep = path.join(folder, 'dist', 'apps', 'worker');
    mkdirSync(deep, { recursive: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const describeAt = (at: string, manifest: unknown): void => {
    writeFileSync(path.join(at, 'package.json'), JSON.stringify(manifest));
  };

  it('est celle du package.json le plus proche, au-dessus de soi', () => {
    describeAt(folder, { version: '1.0.0' });
    expect(applicationVersion(deep)).toBe('1.0.0');
    describeAt(deep, { version: '2.0.0' });
    expect(applicationVersion(deep)).toBe('2.0.0');
  });

  it('est inconnue quand rien ne la dit, ou la dit mal', () => {
    describeAt(folder, { name: 'sans version' });
    expect(applicationVersion(deep)).toBe('inconnue');
    describeAt(folder, { version: 3 });
    expect(applicationVersion(deep)).toBe('inconnue');
    expect(applicationVersion(path.parse(folder).root)).toBe('inconnue');
  });

  it('depuis les sources, est celle du projet', () => {
    expect(applicationVersion()).toMatch(/^\d+\.\d+\.\d+/);
  });
});
