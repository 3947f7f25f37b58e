import { Buffer } from 'node:buffer';
import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { problemOf } from '../faute';
import { readCrl } from './read-crl';
import type { Revocations } from './revocations';

const BLOCK = /-----BEGIN X509 CRL-----([^-]+)-----END X509 CRL-----/g;

/**
 * Lit les listes de révocation d'un fichier : blocs PEM « X509 CRL » les uns après les autres, ou une seule en DER.
 * @returns au moins une liste, ou `signature/revocations-malformed` qui dit lesquelles ne se lisent pas.
 */
export function readRevocations(octets: Buffer): Result<Revocations> {
  const text = octets.toString('latin1');
  const blocks = [...text.matchAll(BLOCK)].map(([, body = '']) => Buffer.from(body, 'base64'));
  const lues = (blocks.length > 0 ? blocks : [octets]).map(readCrl);
  const listes = lues.filter((liste) => liste !== undefined);
  if (listes.length === lues.length) return ok({ listes, reponses: [] });
  const rangs = lues.flatMap((liste, index) => (liste ? [] : [index + 1])).join(', ');
  return refuse(
    problemOf(
      'signature/revocations-malformed',
      `Liste de révocation illisible (rang ${rangs}) : donnez des listes complètes, en blocs « BEGIN X509 CRL » ou une seule en DER.`,
    ),
  );
}
