import { projectFiles, read } from './project-files';

/** Les salles dont toute ligne d'un ordre écrit à la main se lit par sa forme. */
const HELD = [
  'readings',
  'sql',
  'mesures',
  'documents',
  'roles',
  'repositories/administration',
  'repositories/actes/decisions',
].map((room) => `libs/persistence/src/${room}/`);

/** Une réponse crue sur parole : le type y est écrit à côté de l'ordre, et rien ne le vérifie. */
const TRUSTED =
  /const\s+[^=:;()]+:\s*(?!\s|unknown\b)[^=;]+=\s*await\s+[\w.]+\.query\(|\.query<|\.query\([^;]*\)\)? as /g;

describe('une ligne de la base', () => {
  const files = projectFiles().filter(
    (file) => HELD.some((room) => file.startsWith(room)) && !/[.]spec[.]ts$/.test(file),
  );

  it('se lit par sa forme, dans chaque salle tenue', () => {
    expect(files.length).toBeGreaterThan(20);
    const trusted = files.flatMap((file) =>
      [...read(file).matchAll(TRUSTED)].map(([order]) => `${file} : ${order.slice(0, 80)}`),
    );
    expect(trusted).toEqual([]);
  });

  it('crue sur parole se reconnaît', () => {
    const written = [
      'const rows: { id: string }[] = await this.dataSource.query(`SELECT`)',
      'const [row]: Row[] = await manager.query(`SELECT`)',
      'const rows = await source.query<Row>(`SELECT`)',
      'const rows = (await runner.query(`SELECT`)) as Row[]',
    ];
    expect(written.map((text) => [...text.matchAll(TRUSTED)].length)).toEqual([1, 1, 1, 1]);
    expect([...'const gone: unknown[] = await manager.query(`SELECT`)'.matchAll(TRUSTED)]).toEqual([]);
  });
});
