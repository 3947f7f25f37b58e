import { Buffer } from 'node:buffer';
import type { X509Certificate } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Instant, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type {
  DocumentStore,
  SignatureVerifier,
  SignedContent,
  VerifiedSignature,
} from '@teletransmission/teletransmission';
import { readSignatureFile, SIGNATURE_MAX_CHARS } from './cms/signature-text';
import { problemOf } from './faute';
import type { RevocationSource } from './revocations/revocation-file';
import { NO_REVOCATION_SOURCE } from './revocations/revocation-file';
import { verifyDetached } from './verify-detached';

/** Vérifie les signatures détachées des pièces rangées, contre un magasin d'autorités s'il y en a un. */
export class DetachedSignatureVerifier implements SignatureVerifier {
  constructor(
    private readonly documents: Pick<DocumentStore, 'open'>,
    private readonly autorites: readonly X509Certificate[] | null,
    private readonly revocations: RevocationSource = NO_REVOCATION_SOURCE,
  ) {}

  async verify({ document, signature }: SignedContent, at: Instant): Promise<Result<VerifiedSignature>> {
    const octets = await readUpTo(await this.documents.open(signature), SIGNATURE_MAX_CHARS);
    if (!octets) {
      const detail = `Le fichier de signature dépasse ${SIGNATURE_MAX_CHARS / 1024} Kio : joignez une signature détachée, sans le document.`;
      return refuse(problemOf('signature/too-large', detail));
    }
    const texte = readSignatureFile(octets);
    if (!texte.ok) return texte;
    const verdict = await verifyDetached(await this.documents.open(document), texte.value, {
      at,
      trusted: this.autorites,
      revocations: await this.revocations.current(),
    });
    if (!verdict.ok) return verdict;
    const { numeroSerie, algorithme } = verdict.value;
    return ok({
      texte: texte.value,
      numeroSerie,
      algorithme,
      isChaineVerifiee: this.autorites !== null,
    });
  }
}

/** Lit un flux en mémoire, ou rend `null` et l'abandonne dès qu'il dépasse la limite. */
async function readUpTo(content: Readable, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
