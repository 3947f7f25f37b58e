import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { END, entry, tgz, typed } from '../../epreuves/tar-entries';
import { readArchive } from './read-archive';

const content = Buffer.from('contenu');
const good = entry('a.xml', content);
const ofType = (type: string): Buffer => tgz(typed(type, 'a.xml', content));
const sized = (size: string): Buffer =>
  tgz(entry('a.xml', content, (header) => void header.write(size, 124, 'latin1')));
const many = (count: number): Buffer =>
  tgz(...Array.from({ length: count }, (_, index) => entry(`f${index}.pdf`, Buffer.alloc(0))));
const corrupted = (): Buffer => {
  const archive = tgz(
    good,
    entry('b.pdf', Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251))),
  );
  archive.fill(0xff, 60, 90);
  return archive;
};
const badChecksum = Buffer.concat([good, entry('b.xml', content)]);
badChecksum.write('Z', good.byteLength, 'latin1');

const HOSTILE: readonly (readonly [title: string, archive: Buffer, code: string])[] = [
  ['un fichier vide', Buffer.alloc(0), 'archive/truncated'],
  ['un PDF', Buffer.from('%PDF-1.7 et la suite'), 'archive/not-gzip'],
  ['un ZIP', Buffer.from('PK\u0003\u0004 et la suite'), 'archive/not-gzip'],
  ['un tar sans gzip', Buffer.concat([good, END]), 'archive/not-gzip'],
  ['un gzip d’un texte', gzipSync(Buffer.from('bonjour')), 'archive/not-tar'],
  ['un gzip d’un long texte', gzipSync(Buffer.alloc(2048, 'bonjour ')), 'archive/not-tar'],
  ['un gzip coupé', tgz(good).subarray(0, -12), 'archive/truncated'],
  ['un tar coupé au milieu d’un fichier', gzipSync(good.subarray(0, 515)), 'archive/truncated'],
  ['un tar sans fin', gzipSync(good), 'archive/truncated'],
  ['un tar vide', gzipSync(END), 'archive/empty'],
  ['des octets abîmés', corrupted(), 'archive/corrupt-gzip'],
  ['une somme d’en-tête fausse', gzipSync(Buffer.concat([badChecksum, END])), 'archive/bad-header'],
  ['une taille illisible', sized('9x'), 'archive/bad-header'],
  ['une remontée', tgz(entry('../a.xml', content)), 'archive/path-traversal'],
  ['une remontée à la Windows', tgz(entry('..\\a.xml', content)), 'archive/path-traversal'],
  ['une remontée cachée au milieu', tgz(entry('x/../../a.xml', content)), 'archive/path-traversal'],
  [
    'une remontée dans le préfixe ustar',
    tgz(entry('a.xml', content, (header) => void header.write('../..', 345))),
    'archive/path-traversal',
  ],
  ['un chemin absolu', tgz(entry('/etc/passwd', content)), 'archive/absolute-path'],
  ['une lettre de lecteur', tgz(entry('C:\\a.xml', content)), 'archive/absolute-path'],
  ['un sous-répertoire', tgz(entry('dossier/a.xml', content)), 'archive/nested-path'],
  ['un nom à point', tgz(entry('.bashrc', content)), 'archive/bad-name'],
  ['un nom vide', tgz(entry('a.xml', content, (header) => void header.fill(0, 0, 100))), 'archive/bad-name'],
  ['un nom à caractère de contrôle', tgz(entry('a\u001b[2J.xml', content)), 'archive/bad-name'],
  ['un lien symbolique', ofType('2'), 'archive/link'],
  ['un lien dur', ofType('1'), 'archive/link'],
  ['un périphérique', ofType('3'), 'archive/device'],
  ['un tube', ofType('6'), 'archive/device'],
  ['un répertoire', ofType('5'), 'archive/directory'],
  ['un en-tête pax', ofType('x'), 'archive/unsupported-entry'],
  ['un nom long GNU', ofType('L'), 'archive/unsupported-entry'],
  ['deux fois le même nom', tgz(good, good), 'archive/duplicate-name'],
  ['trop de fichiers', many(2_001), 'archive/too-many-entries'],
  ['une entrée de huit gibioctets annoncés', sized('77777777777\0'), 'archive/entry-too-large'],
  [
    'une taille en base 256',
    tgz(entry('a.xml', content, (header) => void header.fill(0xff, 124, 136))),
    'archive/entry-too-large',
  ],
  [
    'une entrée derrière la fin du tar',
    gzipSync(Buffer.concat([good, END, good])),
    'archive/trailing-garbage',
  ],
  [
    'du texte derrière le gzip',
    Buffer.concat([tgz(good), Buffer.from('ajout ajout')]),
    'archive/trailing-garbage',
  ],
  ['des zéros derrière le gzip', Buffer.concat([tgz(good), Buffer.alloc(16)]), 'archive/trailing-garbage'],
  ['un second gzip derrière le premier', Buffer.concat([tgz(good), tgz(good)]), 'archive/trailing-garbage'],
];

async function codeOf(source: Readable): Promise<string> {
  const result = await readArchive(source, async (_nom, _taille, contenu) => {
    await finished(contenu.resume());
  });
  return result.ok ? 'lue' : result.problem.code;
}

describe('Une archive hostile ou abîmée', () => {
  it.each(HOSTILE)('%s est refusée par son code, lue d’un bloc', async (_title, archive, code) => {
    expect(await codeOf(Readable.from([archive]))).toBe(code);
  });

  it.each(HOSTILE)('%s est refusée par son code, lue octet par octet', async (_title, archive, code) => {
    const pieces = Array.from(archive.subarray(0, 20_000), (_, index) => archive.subarray(index, index + 1));
    expect(
      await codeOf(Readable.from([...pieces, archive.subarray(20_000)].filter(({ length }) => length > 0))),
    ).toBe(code);
  });

  it.each(HOSTILE)(
    '%s est refusée par son code, même si personne n’en lit le contenu',
    async (_title, archive, code) => {
      const result = await readArchive(Readable.from([archive]), () => Promise.resolve());
      expect(result.ok ? 'lue' : result.problem.code).toBe(code);
    },
  );

  it('une bombe de deux gibioctets est arrêtée sans remplir la mémoire', async () => {
    const zeros = Buffer.alloc(1024 * 1024);
    const bomb = function* (): Generator<Buffer> {
      yield entry('a.pdf', Buffer.alloc(0), (header) => void header.write('00777777777\0', 124, 'latin1'));
      for (let index = 0; index < 2048; index += 1) yield zeros;
    };
    const before = process.memoryUsage().rss;
    const source = Readable.from(bomb()).pipe(createGzip({ level: 9 }));
    expect(await codeOf(source)).toBe('archive/bomb');
    expect(process.memoryUsage().rss - before).toBeLessThan(96 * 1024 * 1024);
    expect(source.destroyed).toBe(true);
  });

  it('une archive trop grosse est arrêtée à sa borne', async () => {
    const archive = tgz(
      entry('a.pdf', Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919) % 251))),
    );
    const result = await readArchive(Readable.from([archive]), () => Promise.resolve(), {
      archiveMaxBytes: 100,
    });
    expect(result.ok ? '' : result.problem.code).toBe('archive/too-large');
  });

  it('des fichiers trop gros ensemble sont arrêtés avant le contenu du dernier', async () => {
    const seen: string[] = [];
    const archive = tgz(entry('a.pdf', Buffer.alloc(600)), entry('b.pdf', Buffer.alloc(600)));
    const onEntry = (nom: string): Promise<void> => Promise.resolve(void seen.push(nom));
    const result = await readArchive(Readable.from([archive]), onEntry, { totalMaxBytes: 1000 });
    expect(result.ok ? '' : result.problem.code).toBe('archive/total-too-large');
    expect(seen).toEqual(['a.pdf']);
  });

  it('l’échec de la source est relancé, non pris pour un refus', async () => {
    const broken = function* (): Generator<Buffer> {
      yield tgz(good).subarray(0, 20);
      throw new Error('disque débranché');
    };
    await expect(readArchive(Readable.from(broken()), () => Promise.resolve())).rejects.toThrow(
      'disque débranché',
    );
  });

  it('l’échec de l’appelant est relancé, et la source refermée', async () => {
    const source = Readable.from([tgz(good)]);
    const failing = (): Promise<void> => Promise.reject(new Error('disque plein'));
    await expect(readArchive(source, failing)).rejects.toThrow('disque plein');
    expect(source.destroyed).toBe(true);
  });

  it('une archive saine se lit entière', async () => {
    const seen = new Map<string, string>();
    const result = await readArchive(
      Readable.from([tgz(good, entry('b.pdf', Buffer.alloc(3000, 'x')))]),
      async (nom, _taille, contenu) => {
        seen.set(nom, (await buffer(contenu)).toString('latin1'));
      },
    );
    expect(result).toEqual({
      ok: true,
      value: [
        { nom: 'a.xml', tailleOctets: 7 },
        { nom: 'b.pdf', tailleOctets: 3000 },
      ],
    });
    expect(seen.get('a.xml')).toBe('contenu');
    expect(seen.get('b.pdf')).toBe('x'.repeat(3000));
  });
});
