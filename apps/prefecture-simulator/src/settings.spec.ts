import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSettings } from './settings';

describe('readSettings', () => {
  it('démarre sans rien demander', () => {
    expect(readSettings({})).toEqual({
      ok: true,
      value: {
        port: 3003,
        hote: '127.0.0.1',
        dossier: '.donnees/prefecture-simulator',
        delaiMs: 1500,
        jeton: undefined,
        graine: 1,
        classificationDateVersion: '2019-08-29',
      },
    });
  });

  it('lit ce qu’on lui donne', () => {
    const lu = readSettings({
      SIMULATEUR_PORT: '0',
      SIMULATEUR_HOTE: '::1',
      SIMULATEUR_DOSSIER: 'ailleurs',
      SIMULATEUR_DELAI_MS: '0',
      SIMULATEUR_JETON: 'jeton-de-huit',
      SIMULATEUR_GRAINE: '42',
      SIMULATEUR_CLASSIFICATION_DATE: '2018-11-28',
    });
    expect(lu).toMatchObject({
      ok: true,
      value: { port: 0, delaiMs: 0, jeton: 'jeton-de-huit', graine: 42 },
    });
  });

  it('dit toutes les fautes à la fois, en français', () => {
    const lu = readSettings({
      SIMULATEUR_PORT: '70000',
      SIMULATEUR_DELAI_MS: '1,5',
      SIMULATEUR_JETON: 'court',
      SIMULATEUR_CLASSIFICATION_DATE: '29/08/2019',
    });
    if (lu.ok) throw new Error('Ces réglages ne devaient pas passer.');
    expect(lu.problem.code).toBe('simulateur/invalid-settings');
    expect(lu.problem.violations?.map(({ pointer }) => pointer)).toEqual([
      '/SIMULATEUR_PORT',
      '/SIMULATEUR_DELAI_MS',
      '/SIMULATEUR_JETON',
      '/SIMULATEUR_CLASSIFICATION_DATE',
    ]);
    expect(lu.problem.detail).toContain('« 70000 »');
    expect(lu.problem.detail).not.toContain('court»');
  });

  it('lit son jeton dans un fichier, et dit ce fichier fautif avec le reste', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'simulateur-'));
    const file = path.join(folder, 'jeton');
    writeFileSync(file, 'jeton-de-huit\n');
    expect(readSettings({ SIMULATEUR_JETON_FILE: file })).toMatchObject({
      value: { jeton: 'jeton-de-huit' },
    });
    for (const [environment, fault] of [
      [{ SIMULATEUR_JETON_FILE: path.join(folder, 'rien') }, 'ENOENT'],
      [{ SIMULATEUR_JETON_FILE: file, SIMULATEUR_JETON: 'jeton-de-huit' }, 'gardez l’un des deux'],
    ] as const) {
      const lu = readSettings({ ...environment, SIMULATEUR_PORT: '70000' });
      if (lu.ok) throw new Error('Ces réglages ne devaient pas passer.');
      expect(lu.problem.violations?.map(({ pointer }) => pointer)).toEqual([
        '/SIMULATEUR_PORT',
        '/SIMULATEUR_JETON_FILE',
      ]);
      expect(lu.problem.detail).toContain(fault);
    }
    rmSync(folder, { recursive: true });
  });
});
