import { Buffer } from 'node:buffer';
import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { problemOf } from '../faute';

/** Une signature détachée fait quelques kibioctets ; celles qui emportent leurs preuves de révocation, des centaines. */
export const SIGNATURE_MAX_CHARS = 512 * 1024;

const PEM = /^-----BEGIN (PKCS7|PKCS #7 SIGNED DATA|CMS)-----([\s\S]*)-----END \1-----$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const LINE = 64;

/** Le texte d'une signature, tel qu'il va dans `FichierSigne/Signature` : PEM, étiquette `PKCS7`. */
export function writeSignatureText(der: Buffer): string {
  const lines = der.toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return ['-----BEGIN PKCS7-----', ...lines, '-----END PKCS7-----', ''].join('\n');
}

/** Un fichier DER commence par une `SEQUENCE` ; aucun texte ne commence par cet octet suivi d'une longueur longue. */
const DER_START = [0x30, 0x80] as const;

/**
 * Lit un fichier de signature tel qu'un parapheur le rend : DER, PEM ou base64.
 * @returns le texte à porter dans `FichierSigne/Signature`, en PEM, quelle que soit la forme reçue ; ou `signature/too-large`,
 * `signature/malformed`.
 */
export function readSignatureFile(octets: Uint8Array): Result<string> {
  const isDer = octets[0] === DER_START[0] && ((octets[1] ?? 0) & DER_START[1]) !== 0;
  const der = isDer
    ? readSignatureText(Buffer.from(octets).toString('base64'))
    : readSignatureText(Buffer.from(octets).toString('latin1'));
  return der.ok ? ok(writeSignatureText(der.value)) : der;
}

/** Lit le texte d'une signature, en PEM ou en base64 nu. */
export function readSignatureText(text: string): Result<Buffer> {
  if (text.length > SIGNATURE_MAX_CHARS) {
    return refuse(
      problemOf(
        'signature/too-large',
        `La signature fait plus de ${SIGNATURE_MAX_CHARS / 1024} Kio : joignez une signature détachée, sans le document.`,
      ),
    );
  }
  const trimmed = text.trim();
  const base64 = (PEM.exec(trimmed)?.[2] ?? trimmed).replace(/\s/g, '');
  if (!BASE64.test(base64) || base64.length % 4 !== 0) {
    return refuse(
      problemOf(
        'signature/malformed',
        "La signature n'est ni du PEM ni du base64 : joignez un PKCS#7 détaché.",
      ),
    );
  }
  return ok(Buffer.from(base64, 'base64'));
}
