import { Buffer } from 'node:buffer';
import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { firstObject } from '../asn1/der';
import { problemOf } from '../faute';
import { nameMisfit } from './name-misfit';

/** Une signature détachée fait quelques kibioctets ; celles qui emportent leurs preuves de révocation, des centaines. */
export const SIGNATURE_MAX_CHARS = 512 * 1024;

/** Les étiquettes sous lesquelles un outil range un PKCS#7. */
const LABELS = /^(?:CMS|PKCS ?#?7|SIGNED DATA|SIGNATURE)/i;
const BEGIN = /-----BEGIN ([^-\r\n]{1,64})-----/g;
/** Une signature et sa chaîne en font quelques-uns. */
const BLOCKS_MAX = 32;
/** Les en-têtes d'un bloc PEM (RFC 1421) ou d'une pièce de courriel, jusqu'à leur ligne vide. */
const HEADERS = /^\s*(?:[A-Za-z][A-Za-z-]{0,40}:[^\n]*\n(?:[ \t][^\n]*\n)*)+[ \t\r]*\n/;
const LINE = 64;
/** Tout objet PKCS#7 s'annonce au début, par un OID de cette famille. */
const PKCS7 = Buffer.from('2a864886f70d0107', 'hex');
const HEAD_OCTETS = 24;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Le texte d'une signature, tel qu'il va dans `FichierSigne/Signature` : PEM, étiquette `PKCS7`. */
export function writeSignatureText(der: Buffer): string {
  const lines = der.toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return ['-----BEGIN PKCS7-----', ...lines, '-----END PKCS7-----', ''].join('\n');
}

/**
 * Lit un fichier de signature tel qu'un parapheur le rend : DER, PEM ou base64, avec ce que les outils y ajoutent.
 * @returns le texte à porter dans `FichierSigne/Signature`, en PEM, quelle que soit la forme reçue et débarrassé de ces ajouts ; ou
 * `signature/too-large`, `signature/malformed`.
 */
export function readSignatureFile(octets: Uint8Array): Result<string> {
  const der = unwrap(Buffer.from(octets));
  return der.ok ? ok(writeSignatureText(der.value)) : der;
}

/** Lit le texte d'une signature, en PEM ou en base64 nu. */
export function readSignatureText(text: string): Result<Buffer> {
  return unwrap(Buffer.from(text, 'latin1'));
}

/**
 * Tire l'objet DER d'une signature de ce qui l'enveloppe, comme `openssl` : la marque d'encodage d'un éditeur, le texte autour d'un bloc
 * PEM, l'étiquette d'un outil, les octets qui suivent l'objet (le remplissage d'un tampon de taille fixe). De plus que lui : le base64 nu,
 * l'hexadécimal, les en-têtes. Ce qui suit l'objet ne part pas : on n'en garde que lui.
 */
function unwrap(octets: Buffer): Result<Buffer> {
  if (octets.length > SIGNATURE_MAX_CHARS) {
    return refuse(
      problemOf(
        'signature/too-large',
        `La signature fait plus de ${SIGNATURE_MAX_CHARS / 1024} Kio : joignez une signature détachée, sans le document.`,
      ),
    );
  }
  const der = derIn(octets) ?? octets;
  const object = firstObject(der);
  // Un certificat, une clé sont aussi des objets entiers : leur phrase est plus utile que celle d'un PKCS#7 qui ne se lit pas.
  return object?.subarray(0, HEAD_OCTETS).includes(PKCS7) === true
    ? ok(object)
    : refuse(problemOf('signature/malformed', nameMisfit(octets, der)));
}

/** Les octets DER d'un contenu, ou rien quand il n'est d'aucune des formes admises. */
function derIn(received: Buffer, isNested = false): Buffer | undefined {
  const octets = received.subarray(0, 3).equals(BOM) ? received.subarray(3) : received;
  // Un objet DER commence par une SEQUENCE à longueur longue ; aucun texte ne commence par ces deux octets.
  if (octets[0] === 0x30 && ((octets[1] ?? 0) & 0x80) !== 0) return octets;
  const text = textOf(octets);
  const body = (blockIn(text) ?? text).replace(HEADERS, '').replace(/\s/g, '');
  if (/^30[0-9a-f]*$/i.test(body) && body.length % 2 === 0) return Buffer.from(body, 'hex');
  if (body === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return undefined;
  const decoded = Buffer.from(body, 'base64');
  // Un outil encode parfois le PEM lui-même.
  return isNested ? decoded : (derIn(decoded, true) ?? decoded);
}

/** Le texte, même d'un éditeur qui enregistre en UTF-16. */
function textOf(octets: Buffer): string {
  if (octets[0] === 0xff && octets[1] === 0xfe) return octets.toString('utf16le', 2);
  return octets.toString('latin1');
}

/** Le premier bloc PEM dont l'étiquette est celle d'une signature ; à défaut le premier qui n'est pas un certificat, ou le premier. */
function blockIn(text: string): string | undefined {
  const blocks: { readonly label: string; readonly body: string }[] = [];
  for (const { 0: begin, 1: label = '', index } of text.matchAll(BEGIN)) {
    const start = index + begin.length;
    const end = text.indexOf(`-----END ${label}-----`, start);
    if (end >= 0) blocks.push({ label, body: text.slice(start, end) });
    if (end < 0 || blocks.length === BLOCKS_MAX) break;
  }
  const found =
    blocks.find(({ label }) => LABELS.test(label)) ??
    blocks.find(({ label }) => label !== 'CERTIFICATE') ??
    blocks[0];
  return found?.body;
}
