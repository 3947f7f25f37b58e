import type { Result } from '@teletransmission/kernel';
import { firstInvalidUtf8, ok, positionAt, refuse } from '@teletransmission/kernel';
import { Buffer, isUtf8 } from 'node:buffer';
import type { Ecart } from './ecart';

export interface TexteDecode {
  readonly texte: string;
  /** Comment les octets ont été lus : `ISO-8859-1`, `UTF-8`, `windows-1252` ; d'un retour, bien d'autres encore. */
  readonly encodage: string;
  readonly ecarts: readonly Ecart[];
}

const DECLARATION = /^<\?xml\s[^>]*?\bencoding\s*=\s*(?:"([^"]*)"|'([^']*)')/;
const ASCII = new Set(['us-ascii', 'ascii']);
const LATIN1 = new Set(['iso-8859-1', 'iso8859-1', 'iso_8859-1', 'latin1', 'latin-1', 'l1', ...ASCII]);
const CP1252 = new Set(['windows-1252', 'cp1252', 'cp-1252']);

/** L'écart qu'un validateur ne pardonne pas : pour lui, ces octets n'existent pas dans l'encodage déclaré. */
export const HORS_ASCII = 'xml/octets-hors-ascii';

/** Les 32 places que windows-1252 donne à des lettres et que ISO-8859-1 laisse à des contrôles ; l'espace y marque un trou. */
const HIGH = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/**
 * Décode les octets d'un XML. La déclaration fait foi, avec deux exceptions tirées de messages réels : des octets UTF-8
 * sous une déclaration ISO-8859-1 sont lus en UTF-8, et les octets 128 à 159 en windows-1252 ; l'écart est alors noté, comme l'est un
 * accent sous une déclaration US-ASCII.
 * Sans déclaration : UTF-8.
 * @returns le texte, ou le refus `xml/empty`, `xml/unknown-encoding` ou `xml/invalid-bytes` (`facts.position`, en octets).
 */
export function decodeXml(bytes: Uint8Array): Result<TexteDecode> {
  if (bytes.byteLength === 0) {
    return refuse({
      code: 'xml/empty',
      detail: 'Le fichier est vide (0 octet) : sa réception est peut-être inachevée.',
    });
  }
  if ((bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe)) {
    return refuse({
      code: 'xml/unknown-encoding',
      detail: 'Le fichier est en UTF-16 : le protocole veut ISO-8859-1, ou UTF-8 à la rigueur.',
    });
  }
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = hasBom ? bytes.subarray(3) : bytes;
  const declared = declaredEncoding(body);
  const name = declared?.toLowerCase();
  if (hasBom || name === undefined || name === 'utf-8' || name === 'utf8')
    return decodeUtf8(body, hasBom ? 3 : 0, []);
  if (LATIN1.has(name) || CP1252.has(name)) {
    const decoded = decodeSingleByte(body, declared ?? '', CP1252.has(name));
    return ok(ASCII.has(name) ? beyondAscii(decoded, declared ?? '') : decoded);
  }
  return refuse({
    code: 'xml/unknown-encoding',
    detail: `L'encodage déclaré « ${declared ?? ''} » n'est pas géré : le protocole veut ISO-8859-1, ou UTF-8 à la rigueur.`,
  });
}

/** L’encodage que nomme la déclaration, tel qu’elle l’écrit. */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 256)).toString(
    'latin1',
  );
  const match = DECLARATION.exec(head);
  return match?.[1] ?? match?.[2];
}

function decodeUtf8(bytes: Uint8Array, offset: number, ecarts: readonly Ecart[]): Result<TexteDecode> {
  if (!isUtf8(bytes)) {
    const position = firstInvalidUtf8(bytes) + offset;
    return refuse({
      code: 'xml/invalid-bytes',
      detail: `L'octet ${position} n'est pas de l'UTF-8, seul encodage possible ici : le fichier est abîmé ou sa déclaration est fausse.`,
      facts: { position },
    });
  }
  return ok({ texte: toBuffer(bytes).toString('utf8'), encodage: 'UTF-8', ecarts });
}

function decodeSingleByte(bytes: Uint8Array, declared: string, isCp1252: boolean): TexteDecode {
  const text = toBuffer(bytes).toString('latin1');
  if (!/[\u0080-\u00ff]/.test(text))
    return { texte: text, encodage: isCp1252 ? 'windows-1252' : 'ISO-8859-1', ecarts: [] };
  if (isUtf8(bytes)) {
    const ecart = {
      regle: 'xml/encodage-menteur',
      detail: `Déclaré ${declared}, le fichier est en UTF-8 : lu comme tel.`,
    };
    return { texte: toBuffer(bytes).toString('utf8'), encodage: 'UTF-8', ecarts: [ecart] };
  }
  const hasHigh = /[\u0080-\u009f]/.test(text);
  if (!hasHigh && !isCp1252) return { texte: text, encodage: 'ISO-8859-1', ecarts: [] };
  const ecarts = isCp1252
    ? []
    : [
        {
          regle: 'xml/encodage-menteur',
          detail: `Déclaré ${declared}, le fichier est en windows-1252 : lu comme tel.`,
        },
      ];
  return { texte: lettersOf1252(text), encodage: 'windows-1252', ecarts };
}

/** Rend leurs lettres aux octets 128 à 159. La plate-forme a un décodeur de ce nom, qui y laisse des contrôles. */
export function lettersOf1252(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, letterOfHigh);
}

/** Le même texte, et l'écart d'une déclaration ASCII que le premier caractère accentué dément. */
function beyondAscii(decoded: TexteDecode, declared: string): TexteDecode {
  const found = /[^\u0000-\u007f]/u.exec(decoded.texte);
  if (!found) return decoded;
  const ecart = {
    regle: HORS_ASCII,
    detail: `Déclaré ${declared}, le fichier porte « ${found[0]} », qui n'en est pas : lu en ${decoded.encodage}.`,
    ligne: positionAt(decoded.texte, found.index).ligne,
  };
  return { ...decoded, ecarts: [ecart] };
}

function letterOfHigh(character: string): string {
  const letter = HIGH[character.charCodeAt(0) - 0x80] ?? ' ';
  return letter === ' ' ? character : letter;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
