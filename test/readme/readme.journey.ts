import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProjectRoot } from '../../apps/local/src/project-root';
import { freePorts } from '../processes/free-ports';
import { eventually } from '../services/eventually';
import { freshBuild } from '../services/fresh-build';

jest.setTimeout(600_000);

const ROOT = findProjectRoot();
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');

/** Installer et tout essayer se fait ailleurs : c'est de là que cet essai est lancé. */
const ELSEWHERE = /^npm ci && npm (start|test)\b/;

/** Les blocs de commandes, tels qu'ils sont écrits. */
const BLOCKS = [...README.matchAll(/^```sh\n([^]*?)^```$/gm)]
  .map(([, block = '']) => block)
  .filter((block) => !ELSEWHERE.test(block));

/** Ce que le README dit de remplacer, et rien d'autre. */
interface Substitutions {
  readonly portBase: number;
  readonly folder: string;
}

function substituted(block: string, { portBase, folder }: Substitutions): string {
  return block
    .replace(/127\.0\.0\.1:300([0-3])/g, (_, rank: string) => `127.0.0.1:${portBase + Number(rank)}`)
    .replaceAll("'./.donnees/", `'${folder}/instance/`)
    .replace(/(?<=[ ])(essai|sauvegardes)(?=[/\s])/g, (name) => path.join(folder, name));
}

/** Une machine chargée fait dire au lanceur qu'une application tarde : on le relance, comme le ferait une personne. */
const ATTEMPTS = 3;

let folder: string;
let portBase: number;
let instance: Launched;

interface Launched {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  readonly said: () => string;
}

function launch(): Launched {
  const options = ['--data', path.join(folder, 'instance'), '--port-base', String(portBase)];
  const child = spawn('npm', ['start', '--', ...options], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
  return { child, ended: new Promise((resolve) => child.once('exit', resolve)), said: () => said };
}

async function isUp({ child, said }: Launched): Promise<boolean> {
  await eventually(
    'le démarrage finit',
    () => child.exitCode !== null || said().includes("L'instance tourne."),
    300_000,
  );
  return child.exitCode === null;
}

beforeAll(async () => {
  await freshBuild();
  folder = mkdtempSync(path.join(tmpdir(), 'tlt-lisez-moi-'));
  // Sous root, PostgreSQL change de compte et doit pouvoir traverser ce dossier.
  chmodSync(folder, 0o711);
  const [port = 0] = await freePorts(1);
  portBase = Math.min(port, 65_000);
  instance = launch();
  for (let attempt = 1; !(await isUp(instance)); attempt += 1) {
    if (attempt === ATTEMPTS) throw new Error(`npm start s’est arrêté : ${instance.said()}`);
    instance = launch();
  }
});

afterAll(async () => {
  const { child, ended } = instance;
  if (child.pid !== undefined && child.exitCode === null) {
    process.kill(-child.pid, 'SIGINT');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

describe('le README suivi à la lettre', () => {
  it('montre au démarrage de quoi tout ouvrir, préfecture simulée comprise', () => {
    expect(instance.said()).toMatch(/préfecture simulée {2}\S{20,}/);
  });

  it.each(BLOCKS.map((block) => [block.split('\n')[0] ?? '', block] as const))(
    'joue « %s … »',
    (_, block) => {
      const script = substituted(block, { portBase, folder });
      const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
        cwd: ROOT,
        encoding: 'utf8',
        timeout: 300_000,
      });
      expect([status, stderr, stdout]).toEqual([0, expect.any(String), expect.any(String)]);
    },
  );

  it('décrit le dossier que sa commande dépose', () => {
    const described = [...README.matchAll(/^```json\n([^]*?)^```$/gm)].map(
      ([, block = '']) => JSON.parse(block) as unknown,
    );
    const deposited = readFileSync(path.join(ROOT, 'test/golden/console/dossier-suivant.json'), 'utf8');
    expect(described).toEqual([JSON.parse(deposited)]);
  });

  it('ne nomme que des commandes de la console et des scripts qui existent', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const named = [...README.matchAll(/npm run (?:-s )?([a-z:]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    const main = readFileSync(path.join(ROOT, 'apps/console/src/main.ts'), 'utf8');
    const known = [...main.matchAll(/command\(\s*(\w+),\s*'(\S+?)(?=[ '])/g)].map(
      ([, parent = '', name = '']) => (parent === 'program' ? name : `${parent} ${name}`),
    );
    const [, table = ''] = README.split('## La console');
    const told = [...(table.split('\n## ')[0] ?? '').matchAll(/^\| (`.*`)\s*\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([a-z]+(?: [a-z]+)?)/g)].map(([, name = '']) => name),
    );
    expect(told.length).toBeGreaterThan(15);
    expect(told.filter((name) => !known.includes(name))).toEqual([]);
  });
});
