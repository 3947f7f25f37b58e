import { Readable } from 'node:stream';
import type { Instant } from '@teletransmission/kernel';
import { signDetached } from '../src/sign-detached';
import type { CertificatVoulu, Titulaire } from './issue-certificate';
import { issue } from './issue-certificate';

/** Une autorité d'essai, et un signataire qu'elle reconnaît. */
export interface AutoriteEtSignataire {
  readonly autorite: Titulaire;
  readonly signataire: Titulaire;
}

/** Délivre un certificat de signature à « Camille Exemple », par une autorité d'essai. */
export function aSigner(validite: Pick<CertificatVoulu, 'du' | 'au'> = {}): AutoriteEtSignataire {
  const autorite = issue('Autorité d’essai', {
    autorite: {},
    du: '2000-01-01T00:00:00Z',
    au: '2049-12-31T00:00:00Z',
    type: 'ec-256',
  });
  // 0xc0 : signature numérique et non-répudiation.
  return {
    autorite,
    signataire: issue('Camille Exemple', { usages: 0xc0, type: 'ec-256', ...validite }, autorite),
  };
}

/** Signe un contenu comme le ferait un parapheur, à cet instant. */
export async function signAt(content: Buffer, { cle, certificat }: Titulaire, at: string): Promise<string> {
  const signed = await signDetached(
    Readable.from([content]),
    { cle, certificat, chaine: [] },
    { at: at as Instant },
  );
  if (!signed.ok) throw new Error(signed.problem.detail);
  return signed.value;
}
