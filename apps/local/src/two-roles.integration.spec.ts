import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { freePorts } from '../../../test/processes/free-ports';
import { eventually } from '../../../test/services/eventually';
import { tryForbidden } from '../../../test/services/forbidden-to-service';
import { freshBuild } from '../../../test/services/fresh-build';
import { launchApplication } from './applications/application';
import type { RunningApplication } from './applications/application';
import { POSTGRES_USER, SERVICE_USER } from './servers/postgres/postgres-cluster';
import { runToEnd } from './run-to-end';

jest.setTimeout(300_000);

const READY_WITHIN_MS = 180_000;
/** Ce que chaque application dit d'elle à PostgreSQL. */
const SESSIONS = ['api', 'bureau', 'comptes', 'relais', 'worker'];

type Published = Readonly<Record<'DATABASE_URL' | 'DATABASE_OWNER_URL' | 'API_URL' | 'ADMIN_URL', string>>;

describe('« npm start » et ses deux rôles', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tlt-roles-'));
  const at = (name: string): string => path.join(folder, name);
  let launcher: RunningApplication;
  let published: Published;
  let compiled: (script: string) => string;

  beforeAll(async () => {
    // Sous root, PostgreSQL change de compte et doit pouvoir traverser ce dossier.
    chmodSync(folder, 0o711);
    compiled = await freshBuild();
    const ports = await freePorts(4);
    const doors = ['API', 'ADMIN', 'WORKER', 'SIMULATEUR'].map((name, rank) => [
      `${name}_PORT`,
      String(ports[rank] ?? 0),
    ]);
    launcher = launchApplication(
      {
        title: 'le lanceur',
        name: 'lanceur',
        script: compiled('apps/local/src/main.js'),
        args: ['--data', at('donnees')],
        env: { PATH: process.env['PATH'] ?? '', ...(Object.fromEntries(doors) as Record<string, string>) },
        readyUrl: '',
      },
      folder,
    );
    await eventually(
      'l’instance tourne',
      () => {
        const said = readFileSync(at('lanceur.log'), 'utf8');
        if (launcher.isEnded()) throw new Error(said);
        return said.includes("L'instance tourne.");
      },
      READY_WITHIN_MS,
    );
    published = JSON.parse(readFileSync(at('donnees/services.json'), 'utf8')) as Published;
  }, READY_WITHIN_MS + 10_000);
  afterAll(async () => {
    await launcher.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function query<T>(url: string, sql: string): Promise<readonly T[]> {
    const client = new Client({
      connectionString: url,
      host: new URL(url).searchParams.get('host') ?? undefined,
    });
    await client.connect();
    try {
      return (await client.query(sql)).rows as T[];
    } finally {
      await client.end();
    }
  }

  const onLinux = process.platform === 'linux' ? it : it.skip;

  it('ouvre chaque session du service sous le rôle du service', async () => {
    // Une session oisive se ferme : on en demande une à chacun.
    for (const door of ['API_URL', 'ADMIN_URL'] as const) await fetch(`${published[door]}/health/ready`);
    const rows = await query<{ application: string; role: string }>(
      published.DATABASE_OWNER_URL,
      `SELECT DISTINCT application_name AS application, usename AS role FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY 1`,
    );
    expect(rows).toEqual(SESSIONS.map((application) => ({ application, role: SERVICE_USER })));
  });

  onLinux.each([
    ['l’API', 'api'],
    ['le travailleur', 'worker'],
    ['le bureau', 'admin'],
  ])(
    '%s ne reçoit que ce rôle, et n’y peut rien de ce qu’un service détourné essaierait',
    async (_, name) => {
      const env = environmentOf(compiled(`apps/${name}/src/main.js`), folder);
      expect(Object.keys(env).filter((key) => key.includes('OWNER'))).toEqual([]);
      expect(Object.values(env).filter((value) => value.includes(`${POSTGRES_USER}@`))).toEqual([]);
      const { passed, count } = await tryForbidden(env['DATABASE_URL'] ?? '', POSTGRES_USER);
      expect(passed).toEqual([]);
      expect(count).toBeGreaterThan(40);
    },
  );

  it('la console prend le rôle du service pour administrer, celui du propriétaire pour sauvegarder', async () => {
    const { passed } = await tryForbidden(published.DATABASE_URL, POSTGRES_USER);
    expect(passed).toEqual([]);
    const run = (env: Readonly<Record<string, string>>, ...args: string[]): ReturnType<typeof runToEnd> =>
      runToEnd({
        program: process.execPath,
        args: [compiled('apps/console/src/main.js'), ...args, '--json'],
        env: { PATH: process.env['PATH'] ?? '', STOCKAGE_DOSSIER: at('donnees/stockage'), ...env },
        cwd: folder,
      });
    const service = { DATABASE_URL: published.DATABASE_URL };
    expect(await run(service, 'compte', 'lister')).toMatchObject({ status: 0 });
    expect(await run(service, 'audit', 'verifier')).toMatchObject({ status: 0 });
    const local = { TELETRANSMISSION_DONNEES: at('donnees') };
    expect(await run(local, 'sauvegarder', '--vers', at('copies'))).toMatchObject({ status: 0 });
    for (const command of [
      ['base', 'migrer'],
      ['sauvegarder', '--vers', at('copies')],
      ['restaurer', '--depuis', at('copies')],
    ])
      expect(await run(service, ...command)).toMatchObject({
        status: 2,
        stdout: expect.stringContaining('DATABASE_OWNER_URL') as string,
      });
  });
});

/** L'environnement d'un processus qui joue ce script pour ce dossier, tel que le système le garde (proc(5)). */
function environmentOf(script: string, folder: string): Readonly<Record<string, string>> {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const read = (file: string): readonly string[] =>
        readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
      if (!read('cmdline').includes(script)) continue;
      const env: Record<string, string> = {};
      for (const line of read('environ')) env[line.split('=', 1)[0] ?? ''] = line.replace(/^[^=]*=/, '');
      if (env['STOCKAGE_DOSSIER']?.startsWith(folder)) return env;
    } catch {
      // Mort entre-temps, ou à un autre compte.
    }
  }
  throw new Error(`Aucun processus ne joue ${script}`);
}
