import type { Buffer } from 'node:buffer';

const START: readonly (readonly [start: RegExp, phrase: string])[] = [
  [/^$/, 'Le fichier de signature est vide : joignez la signature elle-même.'],
  [/^\0+$/, 'Le fichier de signature ne contient que des octets nuls : joignez la signature elle-même.'],
  [
    /^%PDF-/,
    'Le fichier de signature est un PDF : une signature dans le document (PAdES) voyage avec lui, ne la joignez pas à part.',
  ],
  [
    /^(?:\xef\xbb\xbf)?\s*</,
    'La signature est en XML (XAdES) : le message n’en porte qu’en PKCS#7. Demandez à votre parapheur une signature détachée PKCS#7 (.p7s).',
  ],
  [
    /^PK\x03\x04/,
    'La signature est dans une archive (ASiC) : joignez la signature PKCS#7 détachée (.p7s) qu’elle contient.',
  ],
  [/-----BEGIN PGP /, 'La signature est une signature PGP : le message n’en porte qu’en PKCS#7 (.p7s).'],
  [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    'Le fichier joint comme signature est une clé privée : ne la joignez jamais. Joignez la signature (.p7s), et changez cette clé.',
  ],
  [
    /-----BEGIN CERTIFICATE-----/,
    'Le fichier joint comme signature est un certificat : joignez la signature du document (.p7s).',
  ],
];

/**
 * La phrase d'un fichier de signature qui n'en est pas un : ce qu'il est, et quoi faire.
 * @param octets tel que reçu @param der ce qu'on en a tiré
 */
export function nameMisfit(octets: Buffer, der: Buffer): string {
  const text = octets.toString('latin1');
  const found = START.find(([start]) => start.test(text));
  if (found) return found[1];
  if (text.lastIndexOf('-----BEGIN ') > text.lastIndexOf('-----END '))
    return 'La signature est coupée : son bloc PEM n’a pas de fin. Joignez le fichier entier.';
  const announced = announcedLength(der);
  if (announced !== undefined && announced > der.length)
    return `La signature est coupée : elle annonce ${announced} octets et n’en a que ${der.length}. Joignez le fichier entier.`;
  return "La signature n'est ni du DER, ni du PEM, ni du base64 : joignez un PKCS#7 détaché.";
}

/** Ce qu'un objet DER dit peser, en-tête compris ; rien quand ce n'en est pas un. */
function announcedLength(der: Buffer): number | undefined {
  const size = (der[1] ?? 0) & 0x7f;
  if (der[0] !== 0x30 || ((der[1] ?? 0) & 0x80) === 0 || size === 0 || size > 4 || der.length < 2 + size)
    return undefined;
  return 2 + size + der.readUIntBE(2, size);
}
