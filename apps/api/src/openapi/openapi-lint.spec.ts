import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openapiDocument } from './openapi-document';

const ROOT = path.resolve(__dirname, '../../../..');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'openapi-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Ce que dit le vérificateur d'une description. Sans réseau : ni statistiques, ni recherche d'une version plus neuve. */
function lint(document: unknown): { readonly status: number | null; readonly said: string } {
  const file = path.join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(document, null, 1));
  const cli = path.join(ROOT, 'node_modules/@redocly/cli/bin/cli.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'lint', file, '--config', path.join(ROOT, 'redocly.yaml'), '--format', 'stylish'],
    {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: folder,
        CI: 'true',
        REDOCLY_TELEMETRY: 'off',
        REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
      },
    },
  );
  return { status, said: `${stdout}${stderr}` };
}

describe('la description OpenAPI, devant un vérificateur qui n’est pas le nôtre', () => {
  it('n’a pas une faute', () => {
    const { status, said } = lint(openapiDocument());
    expect([status, status === 0 ? '' : said]).toEqual([0, '']);
  });

  it('en aurait, si un exemple ne suivait pas son schéma ou si un nom servait deux fois', () => {
    const text = JSON.stringify(openapiDocument());
    const twice = lint(JSON.parse(text.replace('"lireRetour"', '"lireArchive"')));
    expect([twice.status, twice.said]).toEqual([1, expect.stringContaining('operationId-unique') as string]);
    const odd = lint(JSON.parse(text.replaceAll('"votants":24', '"votants":"vingt-quatre"')));
    expect([odd.status, odd.said]).toEqual([1, expect.stringContaining('media-type-examples') as string]);
  });
});
