import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freshBuild } from '../services/fresh-build';
import { freePorts } from '../processes/free-ports';
import type { OtherNode } from '../processes/other-node';
import { otherNode } from '../processes/other-node';

jest.setTimeout(300_000);

let other: OtherNode;
let folder: string;
beforeAll(() => {
  other = otherNode();
  folder = mkdtempSync(path.join(tmpdir(), 'tlt-autre-node-'));
  // Sous root, PostgreSQL change de compte : fermé, ce dossier l'enverrait dans /var/lib.
  chmodSync(folder, 0o711);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Quatre ports qui se suivent, libres à l'instant. */
async function aPortBase(): Promise<number> {
  const [free = 0] = await freePorts(1);
  return Math.min(free, 65_000);
}

it('la vie entière de la délibération de référence se joue aussi sous l’autre version de Node', async () => {
  if (other.kind === 'missing') {
    process.stderr.write(`L’autre version de Node manque (${other.why}) : ce parcours n’est pas fait.\n`);
    return;
  }
  const { program, version } = other;
  expect(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.trim()).toBe(`v${version}`);
  expect(version.split('.')[0]).not.toBe(process.versions.node.split('.')[0]);
  const compiled = await freshBuild();
  const place = ['--data', folder, '--port-base', String(await aPortBase())];
  const child = spawn(program, [compiled('apps/local/src/main.js'), '--demo', '--fresh', ...place], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(JSON.parse(output.trim().split('\n').at(-1) ?? '')).toMatchObject({
    identifiantActe: '034-213402761-20221020-2022-10-062-DE',
    dateExecutoire: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string,
  });
});
