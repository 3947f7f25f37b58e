import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import type { Header } from 'tar-stream';
import { readArchive } from './read-archive';

let dossier: string;
beforeEach(async () => {
  dossier = await mkdtemp(path.join(tmpdir(), 'archive-'));
});
afterEach(() => rm(dossier, { recursive: true, force: true }));

type Fichier = Partial<Header> & { readonly name: string; readonly contenu?: string };

async function tarOf(fichiers: readonly Fichier[]): Promise<Buffer> {
  const tar = pack();
  for (const { contenu = '', ...entete } of fichiers) tar.entry(entete, contenu);
  tar.finalize();
  return buffer(tar);
}

async function read(octets: Buffer): ReturnType<typeof readArchive> {
  const chemin = path.join(dossier, 'archive.tar.gz');
  await writeFile(chemin, octets);
  return readArchive(chemin);
}

describe('readArchive', () => {
  it('garde le contenu des XML et des petits fichiers, et les deux bouts des gros', async () => {
    const petit = `%PDF-${'x'.repeat(5000)}`;
    const gros = `%PDF-${'x'.repeat(5 * 1024 * 1024)}fin`;
    const lue = await read(
      gzipSync(
        await tarOf([
          { name: 'a.xml', contenu: '<a/>' },
          { name: 'b.pdf', contenu: petit },
          { name: 'c.pdf', contenu: gros },
        ]),
      ),
    );
    if (!lue.ok) throw new Error(lue.problem.detail);
    expect([...lue.value.keys()]).toEqual(['a.xml', 'b.pdf', 'c.pdf']);
    expect(lue.value.get('a.xml')?.contenu?.toString()).toBe('<a/>');
    expect(lue.value.get('b.pdf')?.contenu?.toString()).toBe(petit);
    const entry = lue.value.get('c.pdf');
    expect([entry?.tailleOctets, entry?.contenu]).toEqual([gros.length, undefined]);
    expect([entry?.debut.toString(), entry?.fin.toString()]).toEqual([
      gros.slice(0, 1024),
      gros.slice(-2048),
    ]);
  });

  it('s’arrête dès qu’elle en sait assez', async () => {
    const chemin = path.join(dossier, 'archive.tar.gz');
    await writeFile(chemin, gzipSync(await tarOf([{ name: 'a.xml' }, { name: 'b.xml' }, { name: '../c' }])));
    const lue = await readArchive(chemin, (entries) => entries.has('a.xml'));
    expect(lue.ok && [...lue.value.keys()]).toEqual(['a.xml']);
  });

  it.each<[string, readonly Fichier[]]>([
    ['un chemin', [{ name: 'dossier/a.xml' }]],
    ['une remontée', [{ name: '../a.xml' }]],
    ['un chemin absolu', [{ name: '/a.xml' }]],
    ['un chemin à la mode de Windows', [{ name: 'c:\\a.xml' }]],
    ['un dossier', [{ name: 'dossier', type: 'directory' }]],
    ['un lien symbolique', [{ name: 'a.xml', type: 'symlink', linkname: '/etc/hostname' }]],
    ['un lien physique', [{ name: 'a.xml', type: 'link', linkname: 'b.xml' }]],
    ['deux fois le même nom', [{ name: 'a.xml' }, { name: 'a.xml' }]],
    ['plus de mille fichiers', Array.from({ length: 1001 }, (_, n) => ({ name: `${n}.xml` }))],
  ])('refuse %s', async (_quoi, fichiers) => {
    expect(await read(gzipSync(await tarOf(fichiers)))).toMatchObject({
      problem: { code: 'archive/unreadable' },
    });
  });

  it('refuse ce qui n’est pas un gzip, un gzip tronqué, un tar tronqué, un tar qui n’en est pas un', async () => {
    const tar = await tarOf([{ name: 'a.xml', contenu: 'x'.repeat(3000) }]);
    const gzip = gzipSync(tar);
    const mauvais = [
      tar,
      gzip.subarray(0, gzip.length - 20),
      gzipSync(tar.subarray(0, 1500)),
      gzipSync('x'.repeat(2000)),
    ];
    for (const octets of mauvais) expect(await read(octets)).toMatchObject({ ok: false });
  });

  it('refuse une bombe à son en-tête, avant de la déployer', async () => {
    const tar = pack();
    tar.entry({ name: 'a.pdf', size: 5_000_000_000 }).write(Buffer.alloc(512));
    const debut: Buffer[] = [];
    for await (const morceau of tar as AsyncIterable<Buffer>) {
      debut.push(morceau);
      if (debut.length === 2) break;
    }
    expect(await read(gzipSync(Buffer.concat(debut)))).toMatchObject({
      problem: { detail: 'le contenu déployé est démesuré' },
    });
  });
});
