import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { END, entry, tgz, typed } from '../../epreuves/tar-entries';
import type { ArchiveLimits } from './archive-limits';
import { readArchiveRetour } from './read-archive-retour';

const content = Buffer.from('<a/>');
const good = entry('a.xml', content);
const pax = (...records: readonly string[]): Buffer =>
  Buffer.concat(
    records.map((record) => {
      const bytes = Buffer.byteLength(record) + 2;
      const length = bytes + String(bytes + String(bytes).length).length;
      return Buffer.from(`${length} ${record}\n`);
    }),
  );
const base256 = (offset: number, width: number, value: number) => (header: Buffer) => {
  header.fill(0, offset, offset + width);
  header.writeUIntBE(value, offset + width - 6, 6);
  header.writeUInt8(0x80, offset);
};
/** Un gzip qui porte un nom et une date, comme `gzip fichier` en écrit. */
const named = (octets: Buffer): Buffer => {
  const plain = gzipSync(octets);
  return Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 8, 0x10, 0x20, 0x30, 0x60, 0, 3]),
    Buffer.from('retour.tar\0'),
    plain.subarray(10),
  ]);
};
const LONG = `${'b'.repeat(150)}.xml`;

/** Les fichiers lus et leur contenu, puis les remarques ; ou le code du refus. */
async function read(octets: Buffer, limits: Partial<ArchiveLimits> = {}): Promise<unknown> {
  const seen: string[] = [];
  // Par petits morceaux : rien ne doit tenir au découpage.
  const pieces = Array.from({ length: Math.ceil(octets.byteLength / 97) }, (_, i) =>
    octets.subarray(i * 97, (i + 1) * 97),
  );
  const result = await readArchiveRetour(
    Readable.from(pieces, { objectMode: false }),
    async (nom, _taille, contenu) => {
      seen.push(`${nom ?? '(seul)'} ${(await buffer(contenu)).toString()}`);
    },
    limits,
  );
  return result.ok ? [seen, result.value.remarques.map(({ regle }) => regle)] : result.problem.code;
}

describe('un retour lisible se lit, quel que soit l’outil qui l’a fait', () => {
  it.each<[string, Buffer, readonly string[], readonly string[]]>([
    ['une archive ordinaire', tgz(good), ['a.xml <a/>'], []],
    ['un nom et une date dans le gzip', named(Buffer.concat([good, END])), ['a.xml <a/>'], []],
    [
      'pax : dates et propriétaires',
      tgz(typed('x', 'PaxHeader', pax('mtime=1.5', 'uname=é')), good),
      ['a.xml <a/>'],
      [],
    ],
    [
      'pax : pour toute l’archive',
      tgz(typed('g', 'global', pax('comment=x')), good, entry('b.xml', content)),
      ['a.xml <a/>', 'b.xml <a/>'],
      [],
    ],
    ['pax : un nom trop long', tgz(typed('x', 'PaxHeader', pax(`path=${LONG}`)), good), [`${LONG} <a/>`], []],
    [
      'pax : une taille',
      tgz(typed('x', 'PaxHeader', pax('size=3')), entry('a.xml', Buffer.from('abcdef'))),
      ['a.xml abc'],
      [],
    ],
    [
      'pax : illisible',
      tgz(typed('x', 'PaxHeader', Buffer.from('99 n’importe quoi')), good),
      ['a.xml <a/>'],
      [],
    ],
    [
      'GNU : un nom trop long',
      tgz(typed('L', '././@LongLink', Buffer.from(`${LONG}\0`)), good),
      [`${LONG} <a/>`],
      [],
    ],
    [
      'GNU : un lien trop long, sans lien',
      tgz(typed('K', '././@LongLink', Buffer.from('x\0')), good),
      ['a.xml <a/>'],
      [],
    ],
    [
      'GNU : un propriétaire en base 256',
      tgz(entry('a.xml', content, base256(108, 8, 3_059_270_968))),
      ['a.xml <a/>'],
      [],
    ],
    ['GNU : une taille en base 256', tgz(entry('a.xml', content, base256(124, 12, 4))), ['a.xml <a/>'], []],
    [
      'un nom en « ./ »',
      tgz(typed('5', './', Buffer.alloc(0)), entry('./a.xml', content)),
      ['a.xml <a/>'],
      [],
    ],
    [
      'un dossier',
      tgz(typed('5', 'retour/', Buffer.alloc(0)), entry('retour/a.xml', content)),
      ['a.xml <a/>'],
      ['archive/dossier', 'archive/sous-dossier'],
    ],
    [
      'un dossier d’avant la norme',
      tgz(entry('retour/', Buffer.alloc(0)), good),
      ['a.xml <a/>'],
      ['archive/dossier'],
    ],
    [
      'les compagnons de macOS',
      tgz(
        entry('._a.xml', Buffer.from('\0\u0005\u0016')),
        good,
        entry('.DS_Store', content),
        entry('__MACOSX/._b.xml', content),
      ),
      ['a.xml <a/>'],
      ['archive/compagnon'],
    ],
    ['ceux de Windows', tgz(good, entry('Thumbs.db', content)), ['a.xml <a/>'], ['archive/compagnon']],
    ['un nom accentué', tgz(entry('reçu.xml', content)), ['reçu.xml <a/>'], []],
    [
      'un nom que le terminal prendrait pour un ordre',
      tgz(entry('a\u001b[2J.xml', content)),
      ['a_[2J.xml <a/>'],
      [],
    ],
    [
      'des données après la fin du tar',
      gzipSync(Buffer.concat([good, END, Buffer.from('ajout '.repeat(200))])),
      ['a.xml <a/>'],
      ['archive/apres-la-fin'],
    ],
    [
      'des octets après la fin du gzip',
      Buffer.concat([tgz(good), Buffer.alloc(512), Buffer.from('ajout')]),
      ['a.xml <a/>'],
      ['archive/apres-le-gzip'],
    ],
    [
      'deux archives bout à bout',
      Buffer.concat([tgz(good), tgz(entry('b.xml', content))]),
      ['a.xml <a/>', 'b.xml <a/>'],
      ['archive/bout-a-bout'],
    ],
    ['un tar sans ses blocs de fin', gzipSync(good), ['a.xml <a/>'], ['archive/sans-fin']],
    [
      'un tar sans son dernier bourrage',
      gzipSync(good.subarray(0, 516)),
      ['a.xml <a/>'],
      ['archive/sans-fin'],
    ],
    ['un tar sans gzip', Buffer.concat([good, END]), ['a.xml <a/>'], ['archive/sans-gzip']],
    ['un gzip dans un gzip', gzipSync(tgz(good)), ['a.xml <a/>'], ['archive/double-gzip']],
    ['un XML seul', content, ['(seul) <a/>'], []],
    ['un XML seul, compressé', gzipSync(content), ['(seul) <a/>'], ['archive/xml-compresse']],
    [
      'un XML seul en UTF-16, compressé',
      gzipSync(Buffer.from('\ufeff<', 'utf16le')),
      ['(seul) \ufffd\ufffd<\0'],
      ['archive/xml-compresse'],
    ],
  ])('%s', async (_, octets, files, remarques) => {
    expect(await read(octets)).toEqual([files, remarques]);
  });

  it('ce qui n’est pas lu d’un fichier est passé', async () => {
    const seen: string[] = [];
    const archive = tgz(entry('gros.pdf', randomBytes(200_000)), good);
    await readArchiveRetour(Readable.from([archive]), (nom) => {
      seen.push(nom ?? '');
      return Promise.resolve();
    });
    expect(seen).toEqual(['gros.pdf', 'a.xml']);
  });
});

describe('les bornes de sûreté restent celles de l’aller', () => {
  const huge = Buffer.alloc(9 * 1024 * 1024);
  it.each<[string, Buffer, string]>([
    ['un zip', Buffer.from('PK\u0003\u0004 et la suite'), 'archive/other-format'],
    ['un zip dans un gzip', gzipSync(Buffer.from('PK\u0003\u0004 et la suite')), 'archive/other-format'],
    ['un bzip2', Buffer.from('BZh91AY&SY'), 'archive/other-format'],
    ['un PDF', Buffer.from('%PDF-1.7 et la suite'), 'archive/other-format'],
    ['un gzip de texte', gzipSync(Buffer.from('bonjour')), 'archive/not-tar'],
    ['un gzip dans un gzip dans un gzip', gzipSync(gzipSync(tgz(good))), 'archive/not-tar'],
    ['un gzip coupé', tgz(good).subarray(0, -12), 'archive/truncated'],
    ['un tar sans gzip, coupé entre deux fichiers', good, 'archive/truncated'],
    ['un tar coupé au milieu d’un fichier', gzipSync(good.subarray(0, 515)), 'archive/truncated'],
    ['un tar vide', gzipSync(END), 'archive/empty'],
    ['un tar qui n’a que des compagnons', tgz(entry('._a.xml', content)), 'archive/empty'],
    ['une remontée', tgz(entry('../a.xml', content)), 'archive/path-traversal'],
    [
      'une remontée dans un nom pax',
      tgz(typed('x', 'PaxHeader', pax('path=x/../../a.xml')), good),
      'archive/path-traversal',
    ],
    [
      'une remontée dans un nom long',
      tgz(typed('L', 'L', Buffer.from('../../a.xml\0')), good),
      'archive/path-traversal',
    ],
    ['un chemin absolu', tgz(entry('/etc/passwd', content)), 'archive/absolute-path'],
    ['un lien symbolique', tgz(typed('2', 'a.xml', Buffer.alloc(0))), 'archive/link'],
    ['un lien dur', tgz(typed('1', 'a.xml', Buffer.alloc(0))), 'archive/link'],
    ['un périphérique', tgz(typed('3', 'a.xml', Buffer.alloc(0))), 'archive/device'],
    [
      'un fichier à trous',
      tgz(typed('x', 'PaxHeader', pax('GNU.sparse.major=1')), good),
      'archive/unsupported-entry',
    ],
    ['une entrée d’un genre inconnu', tgz(typed('Q', 'a.xml', content)), 'archive/unsupported-entry'],
    ['deux fois le même nom', tgz(good, good), 'archive/duplicate-name'],
    [
      'une taille illisible',
      tgz(entry('a.xml', content, (header) => void header.write('9x', 124))),
      'archive/bad-header',
    ],
    [
      'une taille sans fin',
      tgz(entry('a.xml', content, (header) => void header.fill(0xff, 124, 136))),
      'archive/entry-too-large',
    ],
    [
      'un en-tête étendu sans fin',
      tgz(typed('x', 'PaxHeader', Buffer.alloc(70_000, ' ')), good),
      'archive/bad-header',
    ],
    [
      'un nom vide',
      tgz(entry('a.xml', content, (header) => void header.fill(0, 0, 100))),
      'archive/bad-header',
    ],
    [
      'trop d’en-têtes',
      tgz(...Array.from({ length: 4_001 }, () => typed('K', 'K', Buffer.alloc(0)))),
      'archive/too-many-entries',
    ],
    [
      'trop de fichiers',
      tgz(...Array.from({ length: 2_001 }, (_, i) => entry(`f${i}.pdf`, Buffer.alloc(0)))),
      'archive/too-many-entries',
    ],
    ['une bombe', tgz(entry('a.pdf', huge)), 'archive/bomb'],
    [
      'une bombe derrière la fin',
      gzipSync(Buffer.concat([good, END, Buffer.alloc(512, 'x'), huge])),
      'archive/bomb',
    ],
  ])('%s', async (_, octets, code) => {
    expect(await read(octets)).toBe(code);
  });

  it('le total et chaque entrée', async () => {
    const archive = tgz(entry('a.pdf', randomBytes(600)), entry('._b.pdf', randomBytes(600)));
    expect(await read(archive, { totalMaxBytes: 1_000 })).toBe('archive/total-too-large');
    expect(await read(archive, { entryMaxBytes: 500 })).toBe('archive/entry-too-large');
    expect(await read(archive, { archiveMaxBytes: 500 })).toBe('archive/too-large');
  });

  it('un échec du flux, ou de l’appelant, est relancé tel quel', async () => {
    const broken = function* (): Generator<Buffer> {
      yield tgz(good).subarray(0, 40);
      throw new Error('coupée');
    };
    const nothing = (): Promise<void> => Promise.resolve();
    await expect(readArchiveRetour(Readable.from(broken()), nothing)).rejects.toThrow('coupée');
    const failing = (): Promise<void> => Promise.reject(new Error('disque plein'));
    const source = Readable.from([tgz(good)]);
    await expect(readArchiveRetour(source, failing)).rejects.toThrow('disque plein');
    expect(source.destroyed).toBe(true);
  });
});
