import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { transformSync } from '@swc/core';
import { eventually } from '../../../test/services/eventually';
import { findProjectRoot } from './project-root';
import { socketFolderOf } from './servers/socket-folder';

const { swcOptions } = jest.requireActual<{ swcOptions: object }>('../../../scripts/swc-options.cjs');
const projectRoot = findProjectRoot();
const DOORS = [
  ['api', 'API_PORT'],
  ['admin', 'ADMIN_PORT'],
  ['worker', 'WORKER_PORT'],
  ['prefecture-simulator', 'SIMULATEUR_PORT'],
] as const;

jest.setTimeout(90_000);

/** Un projet compilé à part, où les applications sont de comédie : c'est le lanceur que l'on juge. */
function buildStage(stage: string): void {
  writeFileSync(path.join(stage, 'package.json'), '{}');
  // Le lanceur n'installe rien : ce lien n'est jamais que lu.
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(stage, 'node_modules'));
  for (const source of ['apps/local', 'libs/kernel']) compile(source, stage);
  const stubs = path.join(stage, 'dist', 'apps', 'local', 'stubs');
  const script = (name: string, text: string): void => {
    const folder = path.join(stage, 'dist', 'apps', name, 'src');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'main.js'), text);
  };
  for (const [name, variable] of DOORS) {
    script(name, `process.argv.splice(2, 0, '${name}', '${variable}'); require('${stubs}/application.cjs');`);
  }
  script('console', `require('${stubs}/console.cjs');`);
}

function compile(source: string, stage: string): void {
  const from = path.join(projectRoot, source);
  const to = path.join(stage, 'dist', source);
  cpSync(from, to, { recursive: true, filter: (file) => !file.endsWith('.spec.ts') });
  for (const file of listTypeScript(to)) {
    const original = path.join(from, path.relative(to, file));
    const { code } = transformSync(readFileSync(file, 'utf8'), { ...swcOptions, filename: original });
    writeFileSync(file.replace(/\.ts$/, '.js'), code);
  }
}

function listTypeScript(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name));
}

/** Quatre ports voisins et libres : le noyau en choisit un, et ses voisins le sont presque toujours. */
async function aPortBase(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return Math.min(port, 65_000);
}

interface Launch {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
}

describe('Le lanceur', () => {
  const stage = mkdtempSync(path.join(os.tmpdir(), 'tlt-lanceur-'));
  const launches: Launch[] = [];
  let portBase: number;
  beforeAll(async () => {
    // Sous root, PostgreSQL change de compte : fermé, ce dossier l'enverrait dans /var/lib.
    chmodSync(stage, 0o711);
    buildStage(stage);
    portBase = await aPortBase();
  });
  afterEach(async () => {
    for (const { child } of launches) child.kill('SIGTERM');
    await Promise.all(launches.splice(0).map(({ ended }) => ended));
    await eventually('il ne reste aucun processus', () => processesOf(stage).length === 0);
  });
  afterAll(() => {
    rmSync(stage, { recursive: true });
  });

  function launch(args: readonly string[], env: Readonly<Record<string, string>> = {}): Launch {
    const main = path.join(stage, 'dist', 'apps', 'local', 'src', 'main.js');
    const child = spawn(process.execPath, [main, '--port-base', String(portBase), ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      // Son propre groupe, comme sous un terminal : on peut lui envoyer le Ctrl-C que tous reçoivent à la fois.
      detached: true,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
      child.once('close', (code) => {
        resolve({ code, output });
      });
    });
    const one = { child, output: () => output, ended };
    launches.push(one);
    return one;
  }
  const at = (...names: readonly string[]): string => path.join(stage, '.donnees', ...names);
  const isUp = (one: Launch) => (): boolean => one.output().includes("L'instance tourne.");
  const signals = (): readonly string[] => readFileSync(at('stockage', 'signaux'), 'utf8').trim().split('\n');

  it('joue la démonstration d’une commande, finit par un objet JSON, et ne laisse aucun processus', async () => {
    const { code, output } = await launch(['--demo', '--fresh']).ended;
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(JSON.parse(output.trim().split('\n').at(-1) ?? '')).toMatchObject({
      identifiantActe: '034-213402761-20221020-2022-10-062-DE',
      dateExecutoire: '2022-10-27',
      archive: at('archives', 'TLT-essai.tar.gz'),
    });
    expect(existsSync(at('verrou.json'))).toBe(false);
    expect(existsSync(at('jetons.json'))).toBe(false);
    expect(existsSync(at('services.json'))).toBe(false);
    expect(processesOf(stage)).toEqual([]);
  });

  it('rejoué sur les mêmes données, ne dépose rien de nouveau et rend les mêmes faits', async () => {
    const { code, output } = await launch(['--demo']).ended;
    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringContaining('déjà déposée') as string,
    });
  });

  it('reste à l’écoute, laisse de quoi le trouver, puis sur Ctrl-C arrête le travailleur d’abord, sans rien laisser', async () => {
    rmSync(at('stockage', 'signaux'), { force: true });
    const one = launch([]);
    await eventually("l'instance tourne", isUp(one), 60_000);
    expect(JSON.parse(readFileSync(at('jetons.json'), 'utf8'))).toMatchObject({ auditeur: 'tlt_auditeur' });
    const published = JSON.parse(readFileSync(at('services.json'), 'utf8')) as Record<string, string>;
    expect(published['API_URL']).toBe(`http://127.0.0.1:${portBase}`);
    // Le terminal envoie SIGINT à tout le groupe ; npm le renvoie encore au lanceur.
    process.kill(-(one.child.pid ?? 0), 'SIGINT');
    one.child.kill('SIGINT');
    const { code, output } = await one.ended;
    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringContaining('Tout est arrêté.') as string,
    });
    expect(signals().filter((line) => line.endsWith('SIGINT'))).toEqual([]);
    expect(signals()[0]).toBe('worker SIGTERM');
    expect(signals().at(-1)).toBe('prefecture-simulator SIGTERM');
    expect(existsSync(at('jetons.json'))).toBe(false);
    expect(processesOf(stage)).toEqual([]);
  });

  it('refuse un second démarrage sur le même dossier, en nommant le premier, qui continue', async () => {
    const one = launch([]);
    await eventually("l'instance tourne", isUp(one), 60_000);
    const second = await launch(['--demo']).ended;
    expect(second).toMatchObject({
      code: 1,
      output: expect.stringContaining(`processus ${String(one.child.pid)}`) as string,
    });
    expect(one.child.exitCode).toBeNull();
  });

  it('refuse un port pris avant de rien lancer', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(portBase + 1, '127.0.0.1', resolve));
    const { code, output } = await launch(['--demo']).ended;
    squatter.close();
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining(`ADMIN_PORT ${portBase + 1} (déjà pris)`) as string,
    });
    expect(output).not.toContain('lancé');
  });

  it('tué net, n’abandonne aucun processus : chacun s’éteint de lui-même', async () => {
    const one = launch([]);
    await eventually("l'instance tourne", isUp(one), 60_000);
    one.child.kill('SIGKILL');
    await one.ended;
    await eventually('tout s’est éteint', () => processesOf(stage).length === 0);
  });

  it('tué net, n’empêche pas le démarrage suivant, qui reprend son dossier', async () => {
    const one = launch([]);
    await eventually("l'instance tourne", isUp(one), 60_000);
    one.child.kill('SIGKILL');
    await one.ended;
    const { code, output } = await launch(['--demo']).ended;
    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringContaining('je reprends son dossier') as string,
    });
  });

  it('montre le journal de l’application qui ne démarre pas, et arrête tout', async () => {
    const { code, output } = await launch([], { ESSAI_CHUTE: 'worker' }).ended;
    expect({ code, output }).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /Le travailleur s'est arrêté au démarrage \(code 3\)[^]*\| La configuration est fausse/,
      ) as string,
    });
  });

  it('attend l’application lente tant qu’elle vit, et dit laquelle', async () => {
    const one = launch(['--demo', '--fresh'], { ESSAI_LENTEUR: 'worker', DEMARRAGE_NOUVELLES_MS: '50' });
    await eventually('le lanceur dit ce qu’il attend', () =>
      /Le travailleur se prépare depuis .*\/health\/ready ne répond pas.*worker\.log/.test(one.output()),
    );
    expect(one.output()).not.toContain('prêts.');
    writeFileSync(at('stockage', 'réveil'), '');
    const { code, output } = await one.ended;
    expect({ code, output }).toMatchObject({ code: 0 });
  });

  it('montre ce que dit la préparation quand elle échoue', async () => {
    const { code, output } = await launch([], { ESSAI_CHUTE: 'console' }).ended;
    expect({ code, output }).toMatchObject({
      code: 1,
      output: expect.stringContaining('| La base ne répond pas.') as string,
    });
  });

  it('s’arrête en le disant quand une application meurt en route', async () => {
    const one = launch([]);
    await eventually("l'instance tourne", isUp(one), 60_000);
    const pid = listProcesses().find(
      ({ ppid, command }) => ppid === one.child.pid && command.includes(path.join('admin', 'src', 'main.js')),
    )?.pid;
    expect(pid).toBeDefined();
    process.kill(pid ?? 0, 'SIGKILL');
    const { code, output } = await one.ended;
    expect({ code, output }).toMatchObject({
      code: 1,
      output: expect.stringContaining("Le bureau s'est arrêté sans qu'on le demande (SIGKILL)") as string,
    });
  });

  it('avec --demo, échoue avec la raison quand la délibération attend une personne', async () => {
    const { code, output } = await launch(['--demo'], { ESSAI_FIN: 'retenue' }).ended;
    expect({ code, output }).toMatchObject({
      code: 1,
      output: expect.stringContaining('La matière 9.9 est inconnue') as string,
    });
  });

  it('sans Redis, tient les files dans PostgreSQL, et le dit', async () => {
    const { code, output } = await launch(['--demo'], { QUEUE_BACKEND: 'postgres' }).ended;
    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringContaining('dans PostgreSQL') as string,
    });
  });
});

interface SystemProcess {
  readonly pid: number;
  readonly ppid: number;
  readonly command: string;
}

function listProcesses(): readonly SystemProcess[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, ppid, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), ppid: Number(ppid), command }];
  });
}

/** Les processus nés de ce projet : leur commande nomme son dossier, ou celui de l'une de ses prises. */
function processesOf(stage: string): readonly SystemProcess[] {
  const marks = [
    stage,
    ...['postgres', 'redis'].map((name) => socketFolderOf(path.join(stage, '.donnees', name))),
  ];
  return listProcesses().filter(({ command }) => marks.some((mark) => command.includes(mark)));
}
