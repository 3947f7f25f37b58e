import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Instant } from '@teletransmission/kernel';
import { epochMsOf, instantOf } from '@teletransmission/kernel';
import { GeneralizedTime, ObjectIdentifier, OctetString, Sequence, UTCTime } from 'asn1js';
import type { Attribute, SignedAndUnsignedAttributes } from 'pkijs';
import type { Noeud } from '../asn1/der';
import { childrenOf, derOf, octetString, oidNode, readDer, sequence, setOf, timeNode } from '../asn1/der';
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

/** Les mêmes, tels que reçus, puis dans l'ordre du DER : des signeurs signent l'un, d'autres l'autre, et `openssl` admet les deux. */
export function octetsSignesRecus({ encodedValue }: SignedAndUnsignedAttributes): readonly Buffer[] {
  const recus = Buffer.from(encodedValue);
  const ranges = octetsSignes(childrenOf(readDer(recus)));
  return recus.equals(ranges) ? [recus] : [recus, ranges];
}

/** Lit des attributs signés. Indéfini s'il manque le type ou l'empreinte, ou si un attribut revient deux fois. */
export function readAttributs(attributs: readonly Attribute[]): AttributsSignes | undefined {
  const valeurs = new Map<string, unknown>();
  for (const { type, values } of attributs) {
    if (values.length === 0 || valeurs.has(type)) return undefined;
    valeurs.set(type, values.length === 1 ? values[0] : undefined);
  }
  const type = valeurs.get(OID.contentType);
  const empreinte = valeurs.get(OID.messageDigest);
  if (!(type instanceof ObjectIdentifier) || type.getValue() !== OID.data) return undefined;
  if (!(empreinte instanceof OctetString)) return undefined;
  const signeLe = valeurs.get(OID.signingTime);
  const certificat = certificatReference(valeurs.get(OID.signingCertificateV2));
  return {
    empreinte: Buffer.from(empreinte.getValue()),
    ...(isTime(signeLe) ? { signeLe: instantOf(signeLe.toDate().getTime()) } : {}),
    ...(certificat ? { empreinteCertificat: certificat } : {}),
  };
}

function isTime(valeur: unknown): valeur is UTCTime | GeneralizedTime {
  const isKnown = valeur instanceof UTCTime || valeur instanceof GeneralizedTime;
  return isKnown && !Number.isNaN(valeur.toDate().getTime());
}

/** La première référence d'un `SigningCertificateV2`, quand son empreinte est un SHA-256. */
function certificatReference(valeur: unknown): Buffer | undefined {
  const premier = firstOf(firstOf(firstOf(valeur)));
  return premier instanceof OctetString ? Buffer.from(premier.getValue()) : undefined;
}

function firstOf(valeur: unknown): unknown {
  return valeur instanceof Sequence ? valeur.valueBlock.value[0] : undefined;
}
