import type { Log } from '@teletransmission/kernel';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FreshDatabase } from '../test/fresh-database';
import { freshDatabase } from '../test/fresh-database';
import { openToServe, UnservableDatabase } from './open-to-serve';

let folder: string;
let database: FreshDatabase;
let waits: string[];
let onWait: () => void;
const log: Log = {
  info: () => undefined,
  warn: (_message, fields) => {
    waits.push(String(fields?.['code']));
    onWait();
  },
  error: () => undefined,
  with: () => log,
};

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tlt-'));
  waits = [];
  onWait = () => undefined;
  database = await freshDatabase();
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

/** Les réglages d'une base dont le serveur n'écoute pas encore, et le geste qui le fait écouter. */
function notYetListening(): { readonly url: string; readonly listen: () => void } {
  const url = new URL(database.url);
  const real = url.searchParams.get('host') ?? '';
  const link = path.join(folder, 'pg');
  url.searchParams.set('host', link);
  return {
    url: url.href,
    listen: () => {
      symlinkSync(real, link);
    },
  };
}

const settingsOf = (url: string) => ({ url, poolSize: 2, applicationName: 'essais', admitsOwner: false });

describe('ouvrir la base pour la servir', () => {
  it('attend celle qui n’écoute pas encore, et le dit', async () => {
    const { url, listen } = notYetListening();
    onWait = () => {
      onWait = () => undefined;
      listen();
    };
    const dataSource = await openToServe(settingsOf(url), log);
    expect(await dataSource.query('SELECT 1 AS un')).toEqual([{ un: 1 }]);
    expect(waits).toEqual(['ENOENT']);
    await dataSource.destroy();
  });

  it('à bout de patience, rend l’erreur au superviseur', async () => {
    await expect(openToServe(settingsOf(notYetListening().url), log, 0)).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('n’attend ni une base à migrer, ni une base qui n’existe pas', async () => {
    const bare = await freshDatabase(false);
    await expect(openToServe(settingsOf(bare.url), log)).rejects.toThrow(UnservableDatabase);
    await bare.close();
    const unknown = new URL(database.url);
    unknown.pathname = '/inconnue';
    await expect(openToServe(settingsOf(unknown.href), log)).rejects.toMatchObject({ code: '3D000' });
    expect(waits).toEqual([]);
  });
});
