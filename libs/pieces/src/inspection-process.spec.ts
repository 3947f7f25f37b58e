import { PDFDocument } from '@cantoo/pdf-lib';
import type { Inspection } from '@teletransmission/teletransmission';
import {
  aBudget,
  afterHttpHeaders,
  aJpeg,
  aPdf,
  aPng,
  cutPdf,
  docx,
  encryptedPdf,
  gzipped,
  loginPage,
  sentenceNamingPdf,
  withLostBlock,
  withoutPage,
  withoutTrailer,
  withUnfinishedRevision,
  withWrongTable,
} from '@teletransmission/testkit';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { arrayBomb, nestedArrays, pageLoop, tableBomb, tableLoop } from '../test/bombs';
import { inHand } from '../test/in-hand';
import { InspectionProcess } from './inspection-process';
import { RunningInspector } from './running-inspector';

const FIELD_CASES = path.join(__dirname, '../../../../shared/reference/field-cases');
const opener = new InspectionProcess({ withinMs: 60_000, heapMib: 128, patienceMs: 60_000 });
afterAll(() => {
  opener.close();
});

const inspect = (octets: Buffer): Promise<Inspection> => opener.inspect(inHand(octets));

/** Un avis en quelques mots : le format et les remarques, ou le code du refus. */
async function verdictOf(octets: Buffer): Promise<string> {
  const found = await inspect(octets);
  if (found.kind === 'opened') return [found.piece.format, ...found.piece.remarques].join(' ');
  return found.kind === 'refused' ? found.code : found.kind;
}

const latin1 = (texte: string): Buffer => Buffer.from(texte, 'latin1');
const followedBy = (octets: Buffer, suite: string): Buffer => Buffer.concat([octets, latin1(suite)]);

/** Un PDF comme les logiciels d'aujourd'hui en font : table et objets en flux. */
async function modernPdf(pages = 2): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  for (let page = 0; page < pages; page += 1) pdf.addPage([595, 842]).drawText(`Page ${page + 1}`);
  return Buffer.from(await pdf.save({ useObjectStreams: true }));
}

describe('un PDF entier s’ouvre', () => {
  it.each<[string, () => Buffer | Promise<Buffer>, string]>([
    ['d’une page', () => aPdf(), 'pdf'],
    ['de trois cents pages', () => aPdf({ pages: 300 }), 'pdf'],
    ['de trois mégaoctets d’images', () => aPdf({ pages: 3, octets: 3_000_000 }), 'pdf'],
    ['à table et objets en flux', () => modernPdf(), 'pdf'],
    ['sans le dernier retour à la ligne', () => aPdf().subarray(0, -1), 'pdf'],
    [
      'suivi d’octets nuls, comme d’un secteur mal rempli',
      () => followedBy(aPdf(), '\0'.repeat(70_000)),
      'pdf',
    ],
    [
      'précédé d’une marque d’UTF-8',
      () => Buffer.concat([latin1('\xef\xbb\xbf'), aPdf()]),
      'pdf octets-avant-le-pdf',
    ],
    ['après des en-têtes HTTP', () => afterHttpHeaders(), 'pdf octets-avant-le-pdf'],
    ['suivi d’une fin de page web', () => followedBy(aPdf(), '</body></html>\n'), 'pdf octets-apres-la-fin'],
    ['dont la table est mal placée', () => withWrongTable(), 'pdf table-reconstruite'],
  ])('%s', async (_quoi, make, verdict) => {
    expect(await verdictOf(await make())).toBe(verdict);
  });

  it('sans que les images en soient lues', async () => {
    const octets = aPdf({ pages: 3, octets: 8_000_000 });
    let read = 0;
    const counted = {
      tailleOctets: octets.length,
      read: (offset: number, length: number) => {
        read += length;
        return inHand(octets).read(offset, length);
      },
    };
    expect(await opener.inspect(counted)).toMatchObject({ kind: 'opened' });
    expect(read).toBeLessThan(octets.length / 2);
  });
});

describe('un PDF coupé est refusé', () => {
  it('où qu’il le soit, fût-ce de sa dernière marque', async () => {
    for (const pdf of [aPdf({ pages: 2 }), await modernPdf()]) {
      const end = pdf.lastIndexOf('%%EOF') + 5;
      const cuts = [
        ...Array.from({ length: 19 }, (_, n) => Math.floor((pdf.length * (n + 1)) / 20)),
        end - 1,
        end - 6,
      ];
      const verdicts = await Promise.all(cuts.map((cut) => verdictOf(pdf.subarray(0, cut))));
      expect(new Set(verdicts)).toEqual(new Set(['piece/cut']));
    }
  });

  it.each<[string, () => Buffer]>([
    ['sans table ni fin', () => withoutTrailer()],
    ['dont la seconde révision n’est pas finie', () => withUnfinishedRevision()],
    ['complété d’octets nuls à sa taille d’origine', () => Buffer.concat([cutPdf(), Buffer.alloc(2_000)])],
    ['après des en-têtes HTTP', () => afterHttpHeaders(cutPdf()).subarray()],
  ])('%s', async (quoi, make) => {
    // D'un début d'HTTP et d'un PDF coupé, c'est la réponse du serveur qui se voit : la phrase le dit.
    expect(await verdictOf(make())).toBe(quoi.includes('HTTP') ? 'piece/format-unknown' : 'piece/cut');
  });
});

describe('un PDF abîmé est refusé', () => {
  it.each<[string, () => Buffer]>([
    ['dont un bloc s’est perdu', () => withLostBlock()],
    [
      'passé par un transfert « en texte »',
      () => latin1(aPdf({ octets: 4_000 }).toString('latin1').replaceAll('\n', '\r\n')),
    ],
    ['enregistré comme de l’UTF-8', () => Buffer.from(aPdf({ octets: 4_000 }).toString('utf8'), 'utf8')],
  ])('%s', async (_quoi, make) => {
    expect(await verdictOf(make())).toBe('piece/damaged');
  });

  it.each<[string, () => Buffer, string]>([
    ['qui demande un mot de passe', () => encryptedPdf('secret'), 'piece/password'],
    ['qui s’ouvre mais reste verrouillé', () => encryptedPdf(''), 'piece/locked'],
    ['sans aucune page', () => withoutPage(), 'piece/no-page'],
  ])('%s, en disant ce qu’il a', async (_quoi, make, code) => {
    expect(await verdictOf(make())).toBe(code);
  });
});

describe('ce qui n’est pas un document de la norme est nommé', () => {
  it.each<[string, Buffer, RegExp]>([
    ['vide', Buffer.alloc(0), /^est vide/],
    ['des zéros', Buffer.alloc(4_000), /octets nuls/],
    ['une page de connexion', loginPage(), /^est une page web/],
    [
      'la même en XHTML',
      latin1(`<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"/>`),
      /^est une page web/,
    ],
    [
      'une page web après des en-têtes HTTP',
      Buffer.concat([latin1('HTTP/1.1 302 Found\r\n\r\n'), loginPage()]),
      /réponse d’un serveur/,
    ],
    ['une phrase qui parle d’un PDF', sentenceNamingPdf(), /^est un texte/],
    ['du JSON', latin1('{"erreur": "%PDF-1.7 attendu"}'), /^est un texte/],
    ['un document Word', docx(), /^est un document Word/],
    ['un ZIP', latin1('PK\x03\x04\x14\0\0\0'), /^est une archive ZIP/],
    ['un ancien document Office', latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0'), /Office ancien/],
    ['un PDF compressé', gzipped(), /décompressez-le/],
    ['une image TIFF', latin1('II*\0\x08\0\0\0'), /^est une image TIFF/],
    ['une photographie HEIC', latin1('\0\0\0\x18ftypheic\0\0\0\0'), /^est une image HEIC/],
    [
      'un courriel',
      latin1('From: a@b.fr\r\nTo: c@d.fr\r\nSubject: délibération\r\n\r\nbonjour'),
      /^est un courriel/,
    ],
    ['un PDF en base64', Buffer.from(aPdf().toString('base64')), /base64/],
    ['une signature PEM', latin1('-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----\n'), /^est une signature/],
    ['n’importe quoi', Buffer.from([1, 2, 3, 4, 5]), /d’aucun format connu/],
  ])('%s', async (_quoi, octets, phrase) => {
    const found = await inspect(octets);
    expect(found.kind).toBe('refused');
    expect(found.kind === 'refused' ? found.detail : '').toMatch(phrase);
    expect(found.kind === 'refused' ? found.detail : '').toMatch(/[.)]$/);
  });
});

describe('une image', () => {
  const edited = (octets: Buffer, at: number, by: number): Buffer => {
    const copy = Buffer.from(octets);
    copy.writeUInt8(by, at);
    return copy;
  };

  it.each<[string, Buffer, string]>([
    ['PNG entière s’ouvre', aPng(), 'png'],
    ['JPEG entière s’ouvre', aJpeg(), 'jpg'],
    ['JPEG suivie d’octets d’appareil s’ouvre', followedBy(aJpeg(), 'MPF\0\0'), 'jpg'],
    ['PNG coupée est refusée', aPng().subarray(0, -8), 'piece/cut'],
    ['PNG réduite à sa marque est refusée', aPng().subarray(0, 8), 'piece/cut'],
    ['PNG dont un octet a changé est refusée', edited(aPng(), 44, 7), 'piece/image-damaged'],
    ['PNG sans largeur est refusée', aPng(0, 4), 'piece/image-damaged'],
    ['PNG démesurée est refusée', aPng(100_000, 100_000), 'piece/image-damaged'],
    ['JPEG coupée est refusée', aJpeg().subarray(0, -1), 'piece/cut'],
    ['JPEG réduite à ses en-têtes est refusée', aJpeg().subarray(0, 30), 'piece/cut'],
    ['JPEG sans hauteur est refusée', aJpeg(4, 0), 'piece/image-damaged'],
    [
      'nommée par sa seule marque est refusée',
      latin1('\xff\xd8\xff\xe0\0\x04??<html><body>'),
      'piece/image-damaged',
    ],
  ])('%s', async (_quoi, octets, verdict) => {
    expect(await verdictOf(octets)).toBe(verdict);
  });
});

describe('un document budgétaire', () => {
  const edited = (what: string | RegExp, by: string): Buffer =>
    latin1(aBudget().toString('latin1').replace(what, by));

  it.each<[string, Buffer, string]>([
    ['scellé s’ouvre', aBudget(), 'xml'],
    ['scellé puis remis en page garde son sceau', edited(/\n +/g, ''), 'xml'],
    [
      'scellé puis enregistré en UTF-8 garde son sceau',
      Buffer.from(edited('ISO-8859-1', 'UTF-8').toString('latin1'), 'utf8'),
      'xml',
    ],
    [
      'au sceau écrit en majuscules s’ouvre',
      edited(/md5="[^"]+"/, 'md5="D648283E57E530952265E90DD5EE357A"'),
      'xml',
    ],
    [
      'où le sceau ne sait pas se recalculer le dit',
      edited('<Budget>', '<!-- vu --><Budget>'),
      'xml sceau-non-verifie',
    ],
    ['sans sceau est refusé', aBudget({ sceau: null }), 'piece/budget-not-sealed'],
    ['modifié depuis son sceau est refusé', edited('1200.50', '9200.50'), 'piece/budget-seal-false'],
    [
      'au sceau d’un contenu vide est refusé',
      aBudget({
        sceau: { md5: 'd41d8cd98f00b204e9800998ecf8427e', sha1: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' },
      }),
      'piece/budget-seal-false',
    ],
    ['au sceau sans date est refusé', edited(/ date="[^"]+"/, ''), 'piece/budget-seal-false'],
    ['coupé est refusé', aBudget().subarray(0, 400), 'piece/xml-refused'],
    [
      'précédé d’un DOCTYPE est refusé',
      edited('<DocumentBudgetaire', '<!DOCTYPE DocumentBudgetaire><DocumentBudgetaire'),
      'piece/xml-refused',
    ],
    ['d’un autre espace de noms est refusé', edited(/docbudgetaire"/, 'autre"'), 'piece/xml-refused'],
    [
      'd’octets qui ne sont pas de son encodage est refusé',
      edited('ISO-8859-1', 'UTF-8'),
      'piece/xml-refused',
    ],
    ['d’un encodage inconnu est refusé', edited('ISO-8859-1', 'ebcdic-42'), 'piece/xml-refused'],
    ['compressé demande à être décompressé', gzipped(aBudget()), 'piece/compressed'],
  ])('%s', async (_quoi, octets, verdict) => {
    expect(await verdictOf(octets)).toBe(verdict);
  });

  it('d’une autre racine dit laquelle', async () => {
    expect(await inspect(latin1('<?xml version="1.0"?><Facture xmlns="urn:f"/>'))).toMatchObject({
      detail: expect.stringMatching(/racine « Facture »/) as string,
    });
  });
});

describe('un document hostile', () => {
  it.each<[string, () => Buffer, RegExp]>([
    ['dont la table se déplie sans fin', tableBomb, /^piece\/(too-complex|damaged)$/],
    ['dont un tableau emplit la mémoire', arrayBomb, /^piece\/(too-complex|damaged)$/],
    ['dont l’arbre des pages se contient', pageLoop, /^piece\/(damaged|no-page)$/],
    ['aux tableaux sans fond', nestedArrays, /^piece\//],
    ['dont la table renvoie à elle-même', tableLoop, /^piece\/no-page$/],
  ])('%s est refusé, et le suivant s’ouvre', async (_quoi, make, code) => {
    expect(await verdictOf(make())).toMatch(code);
    expect(await verdictOf(aPdf())).toBe('pdf');
  });
});

describe('le processus d’ouverture', () => {
  it('ouvre ce qu’on lui donne à la fois, l’un après l’autre', async () => {
    const verdicts = await Promise.all([aPdf(), cutPdf(), aPng(), aPdf({ pages: 0 })].map(verdictOf));
    expect(verdicts).toEqual(['pdf', 'piece/cut', 'png', 'piece/no-page']);
  });

  it('relancé, reprend', async () => {
    opener.close();
    expect(await verdictOf(aPdf())).toBe('pdf');
  });

  it('rend telle quelle la panne de la lecture, et le suivant s’ouvre', async () => {
    const failure = new Error('le disque ne répond plus');
    const content = { tailleOctets: 5_000, read: () => Promise.reject(failure) };
    await expect(opener.inspect(content)).rejects.toBe(failure);
    expect(await verdictOf(aPdf())).toBe('pdf');
  });

  it('qui n’en finit pas est tué', async () => {
    const running = await RunningInspector.start(128, 60_000);
    const silent = { tailleOctets: 5_000, read: () => new Promise<Uint8Array>(() => undefined) };
    expect(await running?.open(silent, 1)).toEqual({ kind: 'too-long' });
    expect(running?.isDead).toBe(true);
  });

  it('ne refuse jamais ce qu’il n’a pas eu le temps d’ouvrir', async () => {
    const hurried = new InspectionProcess({ withinMs: 1, heapMib: 128, patienceMs: 60_000 });
    const silent = { tailleOctets: 10, read: () => new Promise<Uint8Array>(() => undefined) };
    expect(await hurried.inspect(silent)).toMatchObject({ kind: 'unavailable' });
    hurried.close();
  });

  it('qui ne démarre pas rend tout indisponible', async () => {
    const stillborn = new InspectionProcess({ withinMs: 1_000, heapMib: 128, patienceMs: 0 });
    expect(await stillborn.inspect(inHand(aPdf()))).toMatchObject({ kind: 'unavailable' });
  });
});

(existsSync(FIELD_CASES) ? describe : describe.skip)('les fichiers de terrain', () => {
  it.each([
    ['19-pdf-chiffre/ouverture.pdf', 'piece/password'],
    ['19-pdf-chiffre/droits.pdf', 'piece/locked'],
    ['21-page-html-nommee-pdf/convention.pdf', 'piece/format-unknown'],
    ['21-page-html-nommee-pdf/page.pdf', 'piece/format-unknown'],
    ['21-page-html-nommee-pdf/extrait-en-tetes.pdf', 'pdf octets-avant-le-pdf'],
    ['21-page-html-nommee-pdf/extrait.pdf', 'pdf'],
    ['35-budget-xml-non-scelle/budget.xml', 'piece/budget-not-sealed'],
    ['35-budget-xml-non-scelle/budget-scelle.xml', 'piece/budget-seal-false'],
    ['35-budget-xml-non-scelle/budget.xml.gz', 'piece/compressed'],
  ])('%s : %s', async (fichier, verdict) => {
    expect(await verdictOf(readFileSync(path.join(FIELD_CASES, fichier)))).toBe(verdict);
  });
});
