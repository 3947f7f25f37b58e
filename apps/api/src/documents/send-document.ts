import { problemOfStatus, ProblemException } from '@teletransmission/http-problems';
import type { DocumentStore, Empreinte } from '@teletransmission/teletransmission';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { askedRangeOf } from './byte-range';

/** Un contenu du dépôt, tel qu'une adresse le rend. */
export interface ServedDocument {
  readonly empreinte: Empreinte;
  readonly tailleOctets: number;
  readonly nom: string;
  readonly type: string;
  /** Vrai quand cette adresse rendra toujours ces octets ; faux quand elle suivra ce que l'acte devient. */
  readonly isForEver: boolean;
}

export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * Rend un contenu, ou l'étendue demandée, ou rien de neuf à qui l'a déjà (RFC 9110 §13 et §14). Le sceau (`ETag`) est son empreinte : des
 * octets venus d'ailleurs, qu'un navigateur enregistre sans les ouvrir ni les deviner.
 * @throws ProblemException `http/range-not-satisfiable`, `http/precondition-failed`
 */
export async function sendDocument(
  documents: Pick<DocumentStore, 'open'>,
  { request, reply }: Exchange,
  document: ServedDocument,
): Promise<void> {
  const { empreinte, tailleOctets, isForEver } = document;
  const etag = `"${empreinte}"`;
  const { headers, method } = request;
  if (headers['if-match'] !== undefined && !names(headers['if-match'], etag, 'strong'))
    throw new ProblemException(problemOfStatus(412));
  void reply.headers({
    etag,
    'cache-control': isForEver ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    // Ce qu'un compte a le droit de lire, un autre au même poste ne le lit pas dans la mémoire du navigateur.
    vary: 'Authorization',
  });
  if (headers['if-none-match'] !== undefined && names(headers['if-none-match'], etag, 'weak')) {
    await reply.status(304).send();
    return;
  }
  const isRangeHonoured = method === 'GET' && String(headers['if-range'] ?? etag).trim() === etag;
  const asked = askedRangeOf(isRangeHonoured ? headers.range : undefined, tailleOctets);
  if (asked.kind === 'outside') {
    const size = { 'content-range': `bytes */${tailleOctets}` };
    throw new ProblemException(problemOfStatus(416), size);
  }
  const range = asked.kind === 'part' ? asked.range : undefined;
  // L'en-tête seul est demandé : rien ne sert d'ouvrir le contenu.
  const content = method === 'HEAD' ? Readable.from([]) : await documents.open(empreinte, range);
  void reply.headers(descriptionOf(document));
  if (range) {
    const { start, end } = range;
    void reply.status(206).headers({
      'content-range': `bytes ${start}-${end}/${tailleOctets}`,
      'content-length': String(end - start + 1),
    });
  }
  await reply.send(content);
}

function descriptionOf({ empreinte, tailleOctets, nom, type }: ServedDocument): Record<string, string> {
  return {
    'content-type': type,
    'content-length': String(tailleOctets),
    'content-disposition': `attachment; filename="${nom.replace(/[^A-Za-z0-9._-]/g, '_')}"`,
    'accept-ranges': 'bytes',
    'repr-digest': `sha-256=:${Buffer.from(empreinte, 'hex').toString('base64')}:`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  };
}

/** Vrai si une liste de sceaux nomme celui-ci. Un sceau faible ne vaut que pour qui demande s'il y a du neuf. */
function names(header: string, etag: string, comparison: 'strong' | 'weak'): boolean {
  return header.split(',').some((one) => {
    const named = one.trim();
    return named === '*' || (comparison === 'weak' ? named.replace(/^W\//, '') : named) === etag;
  });
}
