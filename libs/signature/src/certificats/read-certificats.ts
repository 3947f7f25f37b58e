import { X509Certificate } from 'node:crypto';
import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { problemOf } from '../faute';
import { certificatOf } from './certificat';

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Un magasin d'autorités compte des centaines de certificats ; au-delà de ceci, ce n'en est plus un. */
const MAX_CHARS = 8 * 1024 * 1024;

/**
 * Lit les certificats d'un texte PEM, dans leur ordre ; ce qui les entoure est ignoré.
 * @returns au moins un certificat, ou `signature/certificates-malformed` qui dit lesquels ne se lisent pas.
 */
export function readCertificats(pem: string): Result<readonly X509Certificate[]> {
  const blocks = pem.length > MAX_CHARS ? [] : (pem.match(BLOCK) ?? []);
  if (blocks.length === 0) {
    return refuse(
      problemOf(
        'signature/certificates-malformed',
        'Le texte ne contient aucun certificat PEM : donnez des blocs « BEGIN CERTIFICATE ».',
      ),
    );
  }
  const lus = blocks.map(readOne);
  const certificats = lus.filter((certificat) => certificat !== undefined);
  if (certificats.length === blocks.length) return ok(certificats);
  const rangs = lus.flatMap((certificat, index) => (certificat ? [] : [index + 1])).join(', ');
  return refuse(
    problemOf(
      'signature/certificates-malformed',
      `Certificat illisible dans le texte PEM (rang ${rangs}) : exportez-le de nouveau.`,
    ),
  );
}

function readOne(block: string): X509Certificate | undefined {
  try {
    return certificatOf(new X509Certificate(block)).x509;
  } catch {
    return undefined;
  }
}
