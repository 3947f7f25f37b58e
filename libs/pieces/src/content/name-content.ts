import type { ReadableContent } from './readable-content';
import { textAt } from './readable-content';

const HEAD_OCTETS = 64 * 1024;
const AS_PDF = 'ouvrez-le et enregistrez-le en PDF';

/** Ce qu'est un fichier d'après ses premiers octets, et ce que son porteur doit en faire. Le premier qui convient l'emporte. */
const KINDS: readonly (readonly [start: RegExp, est: string, faire: string])[] = [
  [/^\0+$/, 'ne contient que des octets nuls', 'sa copie s’est interrompue, joignez le fichier d’origine'],
  [/^\x1f\x8b/, 'est un fichier compressé (.gz)', 'décompressez-le et joignez ce qu’il contient'],
  [
    /^(?:BZh\d|\xfd7zXZ\0|\x28\xb5\x2f\xfd)/,
    'est un fichier compressé',
    'décompressez-le et joignez ce qu’il contient',
  ],
  [/^(?:7z\xbc\xaf|Rar!)/, 'est une archive', 'joignez chacun de ses documents, en PDF'],
  [/^PK\x03\x04[^]*word\//, 'est un document Word (.docx)', AS_PDF],
  [/^PK\x03\x04[^]*xl\//, 'est un classeur Excel (.xlsx)', AS_PDF],
  [/^PK\x03\x04[^]*ppt\//, 'est une présentation PowerPoint (.pptx)', AS_PDF],
  [
    /^PK\x03\x04[^]*application\/vnd\.oasis\.opendocument/,
    'est un document LibreOffice (.odt, .ods)',
    AS_PDF,
  ],
  [/^PK(?:\x03\x04|\x05\x06|\x07\x08)/, 'est une archive ZIP', 'joignez chacun de ses documents, en PDF'],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, 'est un document Office ancien (.doc, .xls, .msg)', AS_PDF],
  [/^\{\\rtf/, 'est un document RTF', AS_PDF],
  [/^(?:\xc5\xd0\xd3\xc6|%!PS)/, 'est un fichier PostScript', 'enregistrez-le en PDF'],
  [/^GIF8[79]a/, 'est une image GIF', 'enregistrez-la en PDF, en JPEG ou en PNG'],
  [/^(?:II\*\0|MM\0\*|II\+\0|MM\0\+)/, 'est une image TIFF', 'enregistrez-la en PDF, en JPEG ou en PNG'],
  [/^RIFF[^]{4}WEBP/, 'est une image WebP', 'enregistrez-la en PDF, en JPEG ou en PNG'],
  [/^BM[^]{4}\0{4}/, 'est une image BMP', 'enregistrez-la en PDF, en JPEG ou en PNG'],
  [
    /^[^]{4}ftyp(?:hei|hev|mif1|msf1|avi)/,
    'est une image HEIC ou AVIF',
    'enregistrez-la en PDF, en JPEG ou en PNG',
  ],
  [/^[^]{4}ftyp/, 'est une vidéo ou un enregistrement', 'la préfecture n’en prend pas : joignez un PDF'],
  [/^(?:MZ|\x7fELF)/, 'est un programme', 'joignez le document, en PDF'],
  [
    /^(?:\xef\xbb\xbf)?\s*-----BEGIN (?:PKCS|CMS)/,
    'est une signature',
    'joignez le document signé, et citez-la comme « signature »',
  ],
  [
    /^\x30[\x80-\x84][^]{0,4}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02/,
    'est une signature, ou un document enfermé dans sa signature (.p7s, .p7m)',
    'joignez le document seul, en PDF, et sa signature détachée à part',
  ],
  [
    /^(?:\xef\xbb\xbf)?\s*(?:data:application\/pdf;base64,)?JVBERi0/,
    'est un PDF resté encodé en base64',
    'décodez-le',
  ],
  [
    /^(?:\xef\xbb\xbf)?HTTP\/\d/,
    'est la réponse d’un serveur web, et non le document demandé',
    'téléchargez le document de nouveau, et ouvrez-le avant de le joindre',
  ],
  [
    /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*(?:<!doctype\s+html|<html|<head|<body)/i,
    'est une page web (souvent une page de connexion ou d’erreur, enregistrée à la place du document)',
    'téléchargez le document lui-même, et ouvrez-le avant de le joindre',
  ],
  [
    /^(?:\xef\xbb\xbf)?(?:(?:Received|Return-Path|From|To|Subject|Date|MIME-Version|Message-ID|Delivered-To): [^\n]*\n\s*){2}/i,
    'est un courriel (.eml)',
    'joignez ses pièces, en PDF',
  ],
];

/**
 * Dit ce qu'est un fichier qui n'est ni un PDF, ni une image, ni un document budgétaire, et quoi en faire.
 * @returns la suite d'une phrase qui commence par le nom du fichier.
 */
export async function nameContent(content: ReadableContent): Promise<string> {
  const head = await textAt(content, 0, HEAD_OCTETS);
  const found = KINDS.find(([start]) => start.test(head));
  if (found) return `${found[1]}, et non un document de la norme (PDF, JPEG, PNG) : ${found[2]}.`;
  const xml = /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|[A-Za-z_])/.test(head);
  const est = xml ? 'est un XML' : isText(head) ? 'est un texte' : 'n’est d’aucun format connu ici';
  return `${est}, et non un document de la norme (PDF, JPEG, PNG) : enregistrez le document en PDF, et ouvrez-le avant de le joindre.`;
}

/** Du texte, dans tout encodage à un octet ou en UTF-8 : pas d'octet de contrôle, hors la mise en page. */
function isText(head: string): boolean {
  return head !== '' && !/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(head);
}
