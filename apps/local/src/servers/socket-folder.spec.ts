import { lstatSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openSocketFolder, socketFolderOf } from './socket-folder';

describe('Le dossier des prises', () => {
  it('reste court quelle que soit la longueur du chemin des données, et n’est qu’à lui', () => {
    const deep = `/projet/${'très-long/'.repeat(40)}`;
    expect(Buffer.byteLength(path.join(socketFolderOf(deep), '.s.PGSQL.5432'))).toBeLessThanOrEqual(107);
    expect(socketFolderOf(deep)).toBe(socketFolderOf(`${deep}.`));
    expect(socketFolderOf(deep)).not.toBe(socketFolderOf(`${deep}a`));
  });

  it('quitte un dossier temporaire trop long pour une prise unix', () => {
    expect(socketFolderOf('/projet', `/${'x'.repeat(90)}`)).toMatch(/^\/tmp\/tlt-[0-9a-f]{16}$/);
  });

  it('est fermé aux autres, et refusé quand un lien y mène', () => {
    const parent = mkdtempSync(path.join(os.tmpdir(), 'tlt-prises-'));
    const own = path.join(parent, 'a-nous');
    openSocketFolder(own, null);
    expect(lstatSync(own).mode & 0o777).toBe(0o700);
    const link = path.join(parent, 'lien');
    symlinkSync(own, link);
    expect(() => {
      openSocketFolder(link, null);
    }).toThrow('appartient à un autre compte');
    rmSync(parent, { recursive: true });
  });
});
