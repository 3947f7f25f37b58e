import { Buffer, isUtf8 } from 'node:buffer';
import { readField, readOctal } from './tar-header';

/** Un en-tête tel qu'une archive reçue peut en porter : le chemin n'est pas jugé, ni le genre. */
export interface EnteteRetour {
  readonly genre: string;
  readonly chemin: string;
  /** Octets ; `undefined` quand elle ne se lit pas. */
  readonly tailleOctets: number | undefined;
}

/** Lit un en-tête de tar de tout dialecte : ustar, GNU, d'avant la norme. */
export function readEnteteRetour(block: Buffer): EnteteRetour {
  // Le préfixe n'existe que dans le format ustar proprement dit ; GNU y range autre chose.
  const isUstar = block.subarray(257, 263).toString('latin1') === 'ustar\0';
  const prefix = isUstar ? readField(block.subarray(345, 500)) : Buffer.alloc(0);
  const name = readField(block.subarray(0, 100));
  return {
    genre: String.fromCharCode(block[156] ?? 0),
    chemin: decodeChemin(prefix.byteLength === 0 ? name : Buffer.concat([prefix, Buffer.from('/'), name])),
    tailleOctets: readTaille(block.subarray(124, 136)),
  };
}

/** Un chemin d'archive : UTF-8 quand c'en est, sinon une lettre par octet. */
export function decodeChemin(octets: Buffer): string {
  return isUtf8(octets) ? octets.toString('utf8') : octets.toString('latin1');
}

/** GNU écrit en base 256, bit fort levé, ce qui n'entre pas dans ses chiffres octaux. */
function readTaille(field: Buffer): number | undefined {
  const [first = 0, ...rest] = field;
  if ((first & 0x80) === 0) return readOctal(field);
  let taille = first & 0x7f;
  for (const byte of rest) taille = Math.min(taille * 256 + byte, Number.MAX_SAFE_INTEGER);
  return taille;
}

/** Ce qu'un en-tête étendu change à l'entrée qui le suit. */
export interface Etendu {
  readonly chemin?: string;
  readonly tailleOctets?: number;
  /** Le contenu n'est pas le fichier : ses trous ont été ôtés. */
  readonly isSparse?: boolean;
}

/**
 * Lit les enregistrements pax (`longueur clé=valeur`) : le chemin et la taille nous importent, non les dates ni les propriétaires. Ce qui
 * ne se lit pas est ignoré : l'en-tête qui suit dit déjà l'essentiel.
 */
export function readPax(octets: Buffer): Etendu {
  let etendu: Etendu = {};
  let at = 0;
  while (at < octets.byteLength) {
    const space = octets.indexOf(0x20, at);
    const length = Number(octets.subarray(at, space < 0 ? at : space).toString('latin1') || NaN);
    const end = at + length;
    if (!Number.isInteger(length) || end <= space + 1 || end > octets.byteLength) break;
    const equals = octets.indexOf(0x3d, space);
    if (equals > space && equals < end) {
      const key = octets.subarray(space + 1, equals).toString('latin1');
      etendu = { ...etendu, ...etenduBy(key, octets.subarray(equals + 1, end - 1)) };
    }
    at = end;
  }
  return etendu;
}

function etenduBy(key: string, valeur: Buffer): Etendu {
  if (key === 'path') return { chemin: decodeChemin(valeur) };
  if (key === 'size' && /^[0-9]{1,15}$/.test(valeur.toString('latin1')))
    return { tailleOctets: Number(valeur.toString('latin1')) };
  return key.startsWith('GNU.sparse.') ? { isSparse: true } : {};
}
