import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { Buffer, isUtf8 } from 'node:buffer';
import type { TexteDecode } from './decode';
import { declaredEncoding, lettersOf1252 } from './decode';
import type { Ecart } from './ecart';

/*
 * L'indulgence de ce qui arrive : un accusé qu'une personne sait lire se lit, et ce qui s'écarte du protocole se note. La rigueur de ce
 * qui part est à côté, dans `decode.ts`. Un encodage ne change que les textes : acte et dates sont de l'ASCII, ou ne se lisent pas.
 */

const CONNUS = {
  'UTF-8': ['utf8', 'unicode11utf8', 'csutf8'],
  'ISO-8859-1': [
    'iso88591',
    'iso885911987',
    'isoir100',
    'latin1',
    'isolatin1',
    'csisolatin1',
    'l1',
    'ibm819',
    'cp819',
    '88591',
  ],
  'US-ASCII': [
    'usascii',
    'ascii',
    'csascii',
    'us',
    'ansix341968',
    'ansix341986',
    'iso646us',
    'isoir6',
    'ibm367',
    'cp367',
    '646',
  ],
  'ISO-8859-15': [
    'iso885915',
    'iso8859151998',
    'iso885915fdis',
    'latin9',
    'latin0',
    'isolatin9',
    'csisolatin9',
    'l9',
    '885915',
  ],
  'windows-1252': ['windows1252', 'cp1252', 'xcp1252', 'win1252', 'ansi', 'cswindows1252', 'msansi'],
} as const;
type Connu = keyof typeof CONNUS;

/** Le nom d'un encodage sous lequel le chercher : chacun l'écrit avec ses tirets, ses espaces et sa casse. */
function connuOf(declared: string): Connu | undefined {
  const squeezed = declared.toLowerCase().replace(/[^a-z0-9]/g, '');
  return (Object.keys(CONNUS) as Connu[]).find((connu) =>
    (CONNUS[connu] as readonly string[]).includes(squeezed),
  );
}

/** Les encodages d'un octet par lettre que la plate-forme connaît ; les autres cachent des balises, ou n'en ont pas l'air. */
const UN_OCTET = /^(iso-8859-\d+(-[ei])?|windows-\d+|koi8-[ru]|macintosh|x-mac-cyrillic|ibm866)$/;

/**
 * Décode les octets d'un XML reçu. Ce qui se lit sans équivoque se lit, avec un écart noté : UTF-16, Latin-9, windows-1252, un nom
 * d'encodage inconnu ou menteur, une marque d'ordre, des blancs avant la déclaration, du remplissage après la racine.
 * @returns le texte, ou le refus `xml/empty`, `xml/unknown-encoding` (UTF-32) ou `xml/invalid-bytes`.
 */
export function decodeXmlRetour(bytes: Uint8Array): Result<TexteDecode> {
  if (bytes.byteLength === 0)
    return refuse({
      code: 'xml/empty',
      detail: 'Le fichier est vide (0 octet) : sa réception est peut-être inachevée.',
    });
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = utf16Of(all);
  if (wide === 'utf-32')
    return refuse({
      code: 'xml/unknown-encoding',
      detail:
        'Le fichier est en UTF-32, qu’aucun message du protocole n’emploie : demandez-en un autre envoi.',
    });
  if (wide !== undefined) return decodeUtf16(all, wide);
  const { body, hasBom, ecarts } = trimmed(all);
  const declared = declaredEncoding(body);
  const lecture = lettersOf(body, hasBom ? 'UTF-8' : declared);
  const texte = lecture.texte.replace(
    DECLARE,
    (_, before: string, said: string) => before + ' '.repeat(said.length),
  );
  return ok({ ...lecture, texte, ecarts: [...ecarts, ...ecartOf(declared, lecture.encodage)] });
}

/** Le nom d'encodage a fait son temps ; mal écrit, l'analyseur le tiendrait pour une faute. Des espaces gardent les colonnes. */
const DECLARE = /^(<\?xml\s[^>]*?)(\bencoding\s*=\s*(?:"[^"]*"|'[^']*'))/;

type Lettres = Pick<TexteDecode, 'texte' | 'encodage'>;

/** Les lettres d'octets dont le balisage est de l'ASCII, au mieux de ce que dit la déclaration. */
function lettersOf(body: Buffer, declared: string | undefined): Lettres {
  const connu = declared === undefined ? 'UTF-8' : connuOf(declared);
  if (!body.some((byte) => byte >= 0x80))
    return { texte: body.toString('latin1'), encodage: connu ?? 'US-ASCII' };
  // Des octets au-delà de l'ASCII qui forment tous de l'UTF-8 en sont : le hasard n'en fait pas.
  if (isUtf8(body)) return { texte: body.toString('utf8'), encodage: 'UTF-8' };
  if (connu === 'UTF-8' && hasUtf8Letter(body))
    return { texte: new TextDecoder('utf-8').decode(body), encodage: 'UTF-8 abîmé' };
  const autre = connu === undefined && declared !== undefined ? singleByteOf(declared) : undefined;
  if (autre !== undefined) return { texte: autre.decode(body), encodage: autre.encoding };
  // Les octets 128 à 159 sont des lettres en windows-1252, et nulle part ailleurs.
  const hasHigh = body.some((byte) => byte >= 0x80 && byte < 0xa0);
  if (connu === 'ISO-8859-15' && !hasHigh)
    return { texte: new TextDecoder('iso-8859-15').decode(body), encodage: 'ISO-8859-15' };
  if ((connu === 'ISO-8859-1' || connu === 'US-ASCII') && !hasHigh)
    return { texte: body.toString('latin1'), encodage: 'ISO-8859-1' };
  return { texte: lettersOf1252(body.toString('latin1')), encodage: 'windows-1252' };
}

/** Vrai si une lettre au moins s'écrit bien en UTF-8 : le reste est alors abîmé, et non d'un autre encodage. */
function hasUtf8Letter(body: Buffer): boolean {
  return /[\u0080-\ufffc]|[\u{10000}-\u{10ffff}]/u.test(new TextDecoder('utf-8').decode(body));
}

function singleByteOf(declared: string): TextDecoder | undefined {
  try {
    const decoder = new TextDecoder(declared.replace(/_/g, '-'));
    return UN_OCTET.test(decoder.encoding) ? decoder : undefined;
  } catch {
    return undefined;
  }
}

const USUELS: readonly string[] = ['ISO-8859-1', 'UTF-8'];

/** Ce qu'il y a à dire de l'encodage : rien quand il est de ceux du protocole, et bien déclaré. */
function ecartOf(declared: string | undefined, encodage: string): readonly Ecart[] {
  const connu = declared === undefined ? 'UTF-8' : connuOf(declared);
  if (connu === encodage) return USUELS.includes(encodage) ? [] : [inattendu(encodage)];
  if (connu === undefined && declared !== undefined) {
    if (singleByteOf(declared)?.encoding === encodage) return [inattendu(encodage)];
    if (encodage === 'windows-1252')
      return [
        {
          regle: 'xml/encodage-inconnu',
          detail: `L'encodage déclaré, « ${declared.slice(0, 40)} », n'est pas de ceux que nous lisons : le fichier est lu en ${encodage}, et ses lettres accentuées sont peut-être fausses.`,
        },
      ];
  }
  const said =
    declared === undefined ? 'Sans encodage déclaré, donc en UTF-8' : `Déclaré ${declared.slice(0, 40)}`;
  return [
    { regle: 'xml/encodage-menteur', detail: `${said}, le fichier est en ${encodage} : lu comme tel.` },
  ];
}

function inattendu(encodage: string): Ecart {
  return {
    regle: 'xml/encodage-inattendu',
    detail: `Le fichier est en ${encodage} ; le protocole veut ISO-8859-1. Il est lu comme tel.`,
  };
}

/** Ce que les premiers octets disent d'un encodage large, marque d'ordre ou premier chevron. */
function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | 'utf-32' | undefined {
  const head = bytes.subarray(0, 4).toString('hex');
  if (/^(0000feff|fffe0000|0000003c|3c000000)/.test(head)) return 'utf-32';
  if (/^(fffe|3c00)/.test(head)) return 'utf-16le';
  return /^(feff|003c)/.test(head) ? 'utf-16be' : undefined;
}

function decodeUtf16(bytes: Buffer, encodage: 'utf-16le' | 'utf-16be'): Result<TexteDecode> {
  try {
    const texte = new TextDecoder(encodage, { fatal: true }).decode(bytes);
    return ok({ texte, encodage: 'UTF-16', ecarts: [inattendu('UTF-16')] });
  } catch {
    return refuse({
      code: 'xml/invalid-bytes',
      detail: 'Le fichier commence en UTF-16 et ne s’y tient pas : il est coupé ou abîmé.',
    });
  }
}

/** Ôte la marque d'ordre, les blancs qui précèdent la déclaration et le remplissage qui suit la racine. */
function trimmed(all: Buffer): {
  readonly body: Buffer;
  readonly hasBom: boolean;
  readonly ecarts: readonly Ecart[];
} {
  const hasBom = all[0] === 0xef && all[1] === 0xbb && all[2] === 0xbf;
  const ecarts: Ecart[] = [];
  let start = hasBom ? 3 : 0;
  const first = start;
  while ([0x09, 0x0a, 0x0d, 0x20].includes(all[start] ?? 0)) start += 1;
  // Des blancs avant la racine sont permis ; avant la déclaration, non.
  if (all.subarray(start, start + 5).toString('latin1') !== '<?xml') start = first;
  if (start > first)
    ecarts.push({
      regle: 'xml/blancs-en-tete',
      detail: 'Des blancs précèdent la déclaration XML, qui devrait être au tout début : ils sont ignorés.',
    });
  let end = all.byteLength;
  while (end > start && (all[end - 1] === 0 || all[end - 1] === 0x1a)) end -= 1;
  if (end < all.byteLength)
    ecarts.push({
      regle: 'xml/remplissage',
      detail: `${all.byteLength - end} octets nuls suivent la fin du XML : ils sont ignorés.`,
    });
  return { body: all.subarray(start, end), hasBom, ecarts };
}
