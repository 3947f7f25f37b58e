import { Buffer } from 'node:buffer';
import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { Constructed, OctetString, Primitive } from 'asn1js';
import type { SignerInfo } from 'pkijs';
import { ContentInfo, IssuerAndSerialNumber, SignedData } from 'pkijs';
import { OID } from '../asn1/oids';
import { build, readBounded } from '../asn1/pki';
import type { Certificat } from '../certificats/certificat';
import { readCertificat } from '../certificats/certificat';
import { problemOf } from '../faute';
import type { Revocations } from '../revocations/revocations';
import { revocationsOf } from './revocations-jointes';
import { takeApart } from './take-apart';

/** Un `SignedData` détaché : ses signataires, les certificats et les preuves de révocation qu'il apporte. */
export interface CmsLu {
  readonly certificats: readonly Certificat[];
  readonly signataires: readonly SignerInfo[];
  readonly revocations: Revocations;
}

/** Au-delà, ce n'est plus une signature de délibération. */
const CERTIFICATS_MAX = 32;
const SIGNATAIRES_MAX = 8;
const NODES_MAX = 10_000;

const MALFORMED = problemOf(
  'signature/malformed',
  "La signature n'est pas un PKCS#7 (CMS SignedData) : signez de nouveau le document, en signature détachée.",
);

/**
 * Lit un `ContentInfo` de type `SignedData` (RFC 5652 §3 et §5.1).
 * @returns ce qu'il contient, ou `signature/malformed`, `signature/not-detached`, `signature/no-signer`.
 */
export function parseCms(der: Uint8Array): Result<CmsLu> {
  const parts = takeApart(der);
  if (!parts || parts.certificats.length > CERTIFICATS_MAX || parts.signataires > SIGNATAIRES_MAX)
    return refuse(MALFORMED);
  const contentInfo = build(ContentInfo, readBounded(parts.noyau, NODES_MAX));
  if (contentInfo?.contentType !== OID.signedData) return refuse(MALFORMED);
  const signedData = build(SignedData, contentInfo.content);
  if (signedData?.encapContentInfo.eContentType !== OID.data) return refuse(MALFORMED);
  if (signedData.encapContentInfo.eContent) {
    return refuse(
      problemOf(
        'signature/not-detached',
        'La signature contient son propre document : joignez une signature détachée, qui porte sur le fichier transmis.',
      ),
    );
  }
  if (signedData.signerInfos.length === 0) {
    return refuse(
      problemOf(
        'signature/no-signer',
        'La signature ne porte aucun signataire : signez de nouveau le document.',
      ),
    );
  }
  return ok({
    certificats: parts.certificats.flatMap((certificat) => readCertificat(certificat) ?? []),
    signataires: signedData.signerInfos,
    revocations: revocationsOf(parts.preuves),
  });
}

/** Le certificat que désigne un signataire : par émetteur et numéro, ou par identifiant de clé. */
export function certificatOfSigner(
  { sid }: SignerInfo,
  certificats: readonly Certificat[],
): Certificat | undefined {
  if (sid instanceof IssuerAndSerialNumber)
    return certificats.find(
      ({ pki }) => pki.issuer.isEqual(sid.issuer) && pki.serialNumber.isEqual(sid.serialNumber),
    );
  const wanted = keyIdentifierOf(sid);
  return wanted && certificats.find(({ identifiantCle }) => identifiantCle && wanted.equals(identifiantCle));
}

/** `[0] SubjectKeyIdentifier`, d'un seul tenant ou en morceaux (BER). */
function keyIdentifierOf(sid: unknown): Buffer | undefined {
  if (sid instanceof Primitive) return Buffer.from(sid.valueBlock.valueHexView);
  if (!(sid instanceof Constructed)) return undefined;
  const morceaux = sid.valueBlock.value.filter((morceau) => morceau instanceof OctetString);
  return Buffer.concat(morceaux.map(({ valueBlock }) => valueBlock.valueHexView));
}
