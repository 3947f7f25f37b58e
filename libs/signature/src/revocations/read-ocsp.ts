import type { Buffer } from 'node:buffer';
import type { Instant } from '@teletransmission/kernel';
import { Constructed, GeneralizedTime } from 'asn1js';
import type { SingleResponse } from 'pkijs';
import { BasicOCSPResponse, CertID, ExtKeyUsage, OCSPResponse } from 'pkijs';
import { OID } from '../asn1/oids';
import { build, ENGINE, readBounded } from '../asn1/pki';
import { schemaOf, verifySignature } from '../certificats/algorithmes';
import type { Certificat } from '../certificats/certificat';
import { readCertificat } from '../certificats/certificat';
import { checkKey, checkValidity } from '../certificats/check-certificat';

/** Une réponse porte l'état d'un certificat, parfois de quelques-uns, et le certificat de qui répond. */
const NODES_MAX = 4_000;
const RESPONSES_MAX = 32;

/** Lit une réponse OCSP (RFC 6960), entière ou réduite à sa partie signée. */
export function readOcsp(octets: Buffer): BasicOCSPResponse | undefined {
  const whole = build(OCSPResponse, readBounded(octets, NODES_MAX));
  const inner = whole?.responseBytes?.response.valueBlock.valueHexView;
  const basic = build(BasicOCSPResponse, readBounded(inner ?? octets, NODES_MAX));
  return basic && basic.tbsResponseData.responses.length <= RESPONSES_MAX ? basic : undefined;
}

/** La date à laquelle cette réponse dit le certificat révoqué, si elle en parle et qu'elle est bien de son autorité. */
export async function revokedByResponse(
  reponse: BasicOCSPResponse,
  certificat: Certificat,
  emetteur: Certificat,
  at: Instant,
): Promise<Date | undefined> {
  for (const single of reponse.tbsResponseData.responses) {
    const date = revocationDateOf(single);
    if (date && (await isAbout(single, certificat, emetteur)))
      return isSignedFor(reponse, emetteur, at) ? date : undefined;
  }
  return undefined;
}

/** `revoked [1] { revocationTime, … }` ; bon et inconnu n'ont pas d'enfants. */
function revocationDateOf({ certStatus }: SingleResponse): Date | undefined {
  const status: unknown = certStatus;
  if (!(status instanceof Constructed) || status.idBlock.tagNumber !== 1) return undefined;
  const [time] = status.valueBlock.value;
  return time instanceof GeneralizedTime ? time.toDate() : undefined;
}

async function isAbout(
  { certID }: SingleResponse,
  certificat: Certificat,
  emetteur: Certificat,
): Promise<boolean> {
  try {
    const { name } = ENGINE.getAlgorithmByOID(certID.hashAlgorithm.algorithmId, true);
    const own = new CertID();
    const parameters = { hashAlgorithm: name, issuerCertificate: emetteur.pki };
    await own.createForCertificate(certificat.pki, parameters, ENGINE);
    return own.isEqual(certID);
  } catch {
    return false;
  }
}

/** Signée par l'autorité elle-même, ou par qui elle a délégué (RFC 6960 §4.2.2.2). */
function isSignedFor(reponse: BasicOCSPResponse, emetteur: Certificat, at: Instant): boolean {
  const schema = schemaOf(reponse.signatureAlgorithm);
  if (schema === 'faible' || schema === 'inconnu') return false;
  const delegues = (reponse.certs ?? [])
    .slice(0, RESPONSES_MAX)
    .flatMap((pki) => readCertificat(new Uint8Array(pki.toSchema().toBER())) ?? [])
    .filter((certificat) => isDelegate(certificat, emetteur, at));
  const octets = reponse.tbsResponseData.tbsView;
  const valeur = reponse.signature.valueBlock.valueHexView;
  return [emetteur, ...delegues].some(({ cle }) => verifySignature(schema, cle, octets, valeur));
}

function isDelegate(certificat: Certificat, emetteur: Certificat, at: Instant): boolean {
  const usages: unknown = certificat.pki.extensions?.find(
    ({ extnID }) => extnID === OID.extKeyUsage,
  )?.parsedValue;
  return (
    usages instanceof ExtKeyUsage &&
    usages.keyPurposes.includes(OID.ocspSigning) &&
    checkKey(certificat).length === 0 &&
    checkValidity(certificat, at).length === 0 &&
    certificat.x509.checkIssued(emetteur.x509) &&
    certificat.x509.verify(emetteur.cle)
  );
}
