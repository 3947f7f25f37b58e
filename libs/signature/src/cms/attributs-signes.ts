import type { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Instant } from '@teletransmission/kernel';
import { epochMsOf, instantOf } from '@teletransmission/kernel';
import type { Noeud } from '../asn1/der';
import {
  childrenOf,
  derOf,
  epochMsOfTime,
  isType,
  octetsOf,
  octetString,
  oidNode,
  oidOf,
  sequence,
  setOf,
  timeNode,
} from '../asn1/der';
import { OID } from '../asn1/oids';

/** Ce que disent les attributs signés (RFC 5652 §11, RFC 5035 §3). */
export interface AttributsSignes {
  readonly empreinte: Buffer;
  /** La date que le signataire déclare : sans horodatage qualifié, personne d'autre ne l'atteste. */
  readonly signeLe?: Instant;
  /** L'empreinte SHA-256 du certificat que le signataire dit avoir employé. */
  readonly empreinteCertificat?: Buffer;
}

const attribut = (oid: string, valeur: Noeud): Noeud => sequence(oidNode(oid), setOf(valeur));

/**
 * Compose les attributs à signer, dans l'ordre du DER : type, empreinte du contenu, date, et le certificat employé, sans quoi
 * on pourrait lui en substituer un autre de même clé (CAdES-BES).
 */
export function composeAttributs(
  empreinte: Uint8Array,
  at: Instant,
  certificatDer: Uint8Array,
): readonly Noeud[] {
  // SHA-256 est la valeur par défaut d'ESSCertIDv2 : le DER veut qu'on ne l'écrive pas.
  const reference = sequence(octetString(createHash('sha256').update(certificatDer).digest()));
  return childrenOf(
    setOf(
      attribut(OID.contentType, oidNode(OID.data)),
      attribut(OID.messageDigest, octetString(empreinte)),
      attribut(OID.signingTime, timeNode(new Date(epochMsOf(at)))),
      attribut(OID.signingCertificateV2, sequence(sequence(reference))),
    ),
  );
}

/** Les octets sur lesquels porte la signature : les attributs sous l'étiquette SET OF, en DER (RFC 5652 §5.4). */
export function octetsSignes(attributs: readonly Noeud[]): Buffer {
  return derOf(setOf(...attributs));
}

/** Lit des attributs signés. Indéfini s'il manque le type ou l'empreinte, ou si un attribut revient deux fois. */
export function readAttributs(attributs: readonly Noeud[]): AttributsSignes | undefined {
  const valeurs = new Map<string, Noeud>();
  for (const noeud of attributs) {
    const [type, ensemble] = childrenOf(noeud);
    const [valeur, ...autres] = childrenOf(ensemble);
    const oid = oidOf(type);
    if (oid === undefined || !valeur || valeurs.has(oid)) return undefined;
    if (autres.length === 0) valeurs.set(oid, valeur);
  }
  const empreinte = valeurs.get(OID.messageDigest);
  if (oidOf(valeurs.get(OID.contentType)) !== OID.data || !isType(empreinte, 'OCTETSTRING')) return undefined;
  const signeLe = epochMsOfTime(valeurs.get(OID.signingTime));
  const certificat = certificatReference(valeurs.get(OID.signingCertificateV2));
  return {
    empreinte: octetsOf(empreinte),
    ...(signeLe === undefined ? {} : { signeLe: instantOf(signeLe) }),
    ...(certificat ? { empreinteCertificat: certificat } : {}),
  };
}

/** La première référence d'un `SigningCertificateV2`, quand son empreinte est un SHA-256. */
function certificatReference(valeur: Noeud | undefined): Buffer | undefined {
  const [premier] = childrenOf(childrenOf(childrenOf(valeur)[0])[0]);
  return isType(premier, 'OCTETSTRING') ? octetsOf(premier) : undefined;
}
