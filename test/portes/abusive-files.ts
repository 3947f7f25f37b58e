import { deflateSync, gzipSync } from 'node:zlib';
import type { AbuseTarget, AbusiveRequest, RawPart } from './abusive-request';
import { dossierOf, multipart, rawMultipart, repeated } from './abusive-request';

const DEPOT = '/v1/deliberations';
const MIO = 1024 * 1024;

const dossierPart = (target: AbuseTarget, changes: Readonly<Record<string, unknown>> = {}): RawPart => ({
  nom: 'dossier',
  type: 'application/json',
  octets: dossierOf(target, changes),
});
const filePart = (octets: Buffer | string, fichier = 'extrait.pdf'): RawPart => ({
  nom: 'fichiers',
  fichier,
  octets,
});

/** Un dépôt dont le document principal est abusif. */
function document(nom: string, octets: () => Buffer, fichier = 'extrait.pdf'): AbusiveRequest {
  return {
    nom,
    status: 422,
    make: (target) =>
      multipart(DEPOT, [dossierPart(target, { document: { fichier } }), filePart(octets(), fichier)]),
  };
}

function parts(
  nom: string,
  status: number,
  list: (target: AbuseTarget) => readonly RawPart[],
): AbusiveRequest {
  return { nom, status, make: (target) => multipart(DEPOT, list(target)) };
}

/** Un PDF d'une page, dont le contenu est un flux compressé. */
function pdfOf(stream: Buffer, objects = ''): Buffer {
  const head = `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n${objects}4 0 obj\n<< /Filter /FlateDecode /Length ${stream.length} >>\nstream\n`;
  const tail = '\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n';
  return Buffer.concat([Buffer.from(head), stream, Buffer.from(tail)]);
}

/** Une image PNG qui se dit immense, et n'a presque rien. */
function hugePng(): Buffer {
  const header = Buffer.alloc(25);
  header.writeUInt32BE(13, 0);
  header.write('IHDR', 4);
  header.writeUInt32BE(0x7fffffff, 8);
  header.writeUInt32BE(0x7fffffff, 12);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), header]);
}

/** Des entités qui en développent d'autres, dix fois chacune. */
function growingEntities(): Buffer {
  const declared = Array.from(
    { length: 12 },
    (_, n) => `<!ENTITY e${n + 1} "${repeated(`&e${n};`, 10, '')}">`,
  );
  return Buffer.from(`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "x">${declared.join('')}]><a>&e12;</a>`);
}

/** Une signature jointe abusive, à un document quelconque. */
const signature = (nom: string, octets: () => Buffer | string): AbusiveRequest =>
  parts(nom, 422, (target) => [
    dossierPart(target, { document: { fichier: 'extrait.pdf', signature: 'extrait.p7s' } }),
    filePart(pdfOf(deflateSync(Buffer.from('q Q')))),
    filePart(octets(), 'extrait.p7s'),
  ]);

/** Les fichiers et les parties abusifs d'un dépôt. */
export const ABUSIVE_FILES: readonly AbusiveRequest[] = [
  parts('5 000 parties', 413, () => Array.from({ length: 5_000 }, (_, n) => filePart('x', `${n}.pdf`))),
  parts('402 fichiers vides que rien ne cite', 422, (target) => [
    dossierPart(target),
    ...Array.from({ length: 402 }, (_, n) => filePart('', `${n}.pdf`)),
  ]),
  parts('un nom de fichier de 100 000 caractères', 422, (target) => [
    dossierPart(target),
    filePart('x', 'n'.repeat(100_000)),
  ]),
  parts('cent fichiers au nom de sens renversé', 422, (target) => [
    dossierPart(target),
    ...Array.from({ length: 100 }, (_, n) => filePart('x', `\u202e${n}fdp.exe`)),
  ]),
  parts('cent dossiers', 400, (target) => Array.from({ length: 100 }, () => dossierPart(target))),
  parts('une partie de 100 000 en-têtes', 422, (target) => [
    dossierPart(target),
    { ...filePart('x'), enTetes: 'X-A: b\r\n'.repeat(100_000) },
  ]),
  parts('un champ au nom de 100 000 caractères', 400, () => [{ nom: 'c'.repeat(100_000), octets: 'x' }]),
  {
    nom: 'huit mébioctets sans délimiteur',
    status: 400,
    make: () => rawMultipart(DEPOT, Buffer.alloc(8 * MIO, '-')),
  },
  {
    nom: 'un million de débuts de délimiteur',
    status: 400,
    make: () => rawMultipart(DEPOT, Buffer.from('\r\n--delimiteur-de-l-essa'.repeat(200_000))),
  },
  document('cent mébioctets compressés en un gzip', () => gzipSync(Buffer.alloc(100 * MIO), { level: 9 })),
  document('une page de cent mébioctets compressés', () =>
    pdfOf(deflateSync(Buffer.alloc(100 * MIO), { level: 9 })),
  ),
  document('un PDF de 100 000 objets', () =>
    pdfOf(
      deflateSync(Buffer.from('q Q')),
      Array.from({ length: 100_000 }, (_, n) => `${n + 5} 0 obj\n[${n + 6} 0 R]\nendobj\n`).join(''),
    ),
  ),
  document('un PDF de 100 000 crochets', () =>
    pdfOf(deflateSync(Buffer.from('q Q')), `5 0 obj\n${'['.repeat(100_000)}\nendobj\n`),
  ),
  document('une image de 2 milliards de points de côté', hugePng, 'extrait.png'),
  document(
    'une image JPEG de 200 000 segments vides',
    () => Buffer.from(`ffd8${'ffe00002'.repeat(200_000)}`, 'hex'),
    'extrait.jpg',
  ),
  document('des entités XML sans fin', growingEntities, 'extrait.xml'),
  document(
    'un XML de 500 000 niveaux',
    () => Buffer.from(`<?xml version="1.0"?>${'<a>'.repeat(500_000)}`),
    'extrait.xml',
  ),
  signature('une signature de 100 000 structures imbriquées', () =>
    Buffer.from('3080'.repeat(100_000), 'hex'),
  ),
  signature(
    'une signature de trois mébioctets de base64',
    () => `-----BEGIN PKCS7-----\n${'A'.repeat(3 * MIO)}`,
  ),
];
