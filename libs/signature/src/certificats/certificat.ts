import type { KeyObject } from 'node:crypto';
import { X509Certificate } from 'node:crypto';
import type { Instant } from '@teletransmission/kernel';
import { instantOf } from '@teletransmission/kernel';
import { BitString, Integer, OctetString } from 'asn1js';
import type { RelativeDistinguishedNames } from 'pkijs';
import { BasicConstraints, Certificate } from 'pkijs';
import { OID } from '../asn1/oids';
import { build, readBounded } from '../asn1/pki';

/** Un certificat X.509, lu par Node pour ses clés et ses signatures, par pkijs pour ce que Node n'en dit pas. */
export interface Certificat {
  readonly x509: X509Certificate;
  readonly pki: Certificate;
  readonly cle: KeyObject;
  /** Le nom commun du titulaire, ou à défaut son organisation. */
  readonly nom: string;
  readonly nomEmetteur: string;
  readonly identifiantCle?: Uint8Array;
  readonly validDu: Instant;
  readonly validAu: Instant;
  /** Faux quand l'extension KeyUsage l'exclut (RFC 5280 §4.2.1.3). */
  readonly canSign: boolean;
  /** De même pour les listes de révocation. */
  readonly canSignCrl: boolean;
  readonly isAutorite: boolean;
  /** Combien d'autorités intermédiaires peuvent suivre celle-ci, quand elle le borne. */
  readonly longueurChemin?: number;
  /** Vrai quand une extension critique nous est inconnue ou ne se lit pas : la RFC 5280 §4.2 veut qu'on refuse alors. */
  readonly hasExtensionInconnue: boolean;
}

/** Au-delà, ce n'est plus un certificat de personne ni d'autorité : pkijs crée des objets par nœud. */
const OCTETS_MAX = 32 * 1024;
const NODES_MAX = 2_000;

/** Les extensions critiques que nous ou pkijs appliquons, ou qui ne restreignent pas la signature d'un document. */
const CONNUES = new Set<string>([
  OID.subjectKeyIdentifier,
  OID.keyUsage,
  OID.subjectAltName,
  OID.basicConstraints,
  OID.nameConstraints,
  OID.certificatePolicies,
  OID.policyMappings,
  OID.policyConstraints,
  OID.extKeyUsage,
  OID.inhibitAnyPolicy,
]);

/** Les bits de KeyUsage : signature numérique (0) ou engagement sur le contenu (1) ; listes de révocation (6). */
const SIGN = 0b1100_0000;
const SIGN_CRL = 0b0000_0010;

/** Lit un certificat en DER. Indéfini quand ce n'en est pas un, ou qu'il dépasse nos bornes. */
export function readCertificat(octets: Uint8Array): Certificat | undefined {
  if (octets.byteLength > OCTETS_MAX) return undefined;
  try {
    return certificatOf(new X509Certificate(octets));
  } catch {
    return undefined;
  }
}

/** Un magasin de confiance sert à chaque vérification : on ne détaille pas ses certificats à chaque fois. */
const known = new WeakMap<X509Certificate, Certificat>();

/**
 * Détaille un certificat déjà lu par Node.
 * @throws quand sa clé, ses dates ou sa structure ne se lisent pas.
 */
export function certificatOf(x509: X509Certificate): Certificat {
  const lu = known.get(x509) ?? detail(x509);
  known.set(x509, lu);
  return lu;
}

function detail(x509: X509Certificate): Certificat {
  const pki = build(Certificate, readBounded(x509.raw, NODES_MAX));
  if (!pki) throw new Error('Certificat qui ne se lit pas.');
  const extensions = pki.extensions ?? [];
  const valueOf = (oid: string): unknown => extensions.find(({ extnID }) => extnID === oid)?.parsedValue;
  const identifiant = valueOf(OID.subjectKeyIdentifier);
  const chemin = pathLengthOf(valueOf(OID.basicConstraints));
  const usages = valueOf(OID.keyUsage);
  return {
    x509,
    pki,
    cle: x509.publicKey,
    nom: nameOf(pki.subject),
    nomEmetteur: nameOf(pki.issuer),
    ...(identifiant instanceof OctetString ? { identifiantCle: identifiant.valueBlock.valueHexView } : {}),
    validDu: instantOf(Date.parse(x509.validFrom)),
    validAu: instantOf(Date.parse(x509.validTo)),
    canSign: allows(usages, SIGN),
    canSignCrl: allows(usages, SIGN_CRL),
    isAutorite: x509.ca,
    ...(chemin === undefined ? {} : { longueurChemin: chemin }),
    hasExtensionInconnue: extensions.some(
      ({ critical, extnID, parsedValue }) => critical && (!CONNUES.has(extnID) || !isRead(parsedValue)),
    ),
  };
}

/** Pkijs garde ce qui ne s'est pas lu sous la forme d'une extension vide qui porte son erreur. */
function isRead(valeur: unknown): boolean {
  return (
    typeof valeur === 'object' &&
    valeur !== null &&
    !('parsingError' in valeur && Boolean(valeur.parsingError))
  );
}

function pathLengthOf(contraintes: unknown): number | undefined {
  if (!(contraintes instanceof BasicConstraints)) return undefined;
  const { pathLenConstraint: longueur } = contraintes;
  // Une longueur qui ne tient pas dans un nombre ne borne rien.
  return longueur instanceof Integer ? undefined : longueur;
}

/** Sans l'extension, tout usage est permis. */
function allows(usages: unknown, bits: number): boolean {
  return !(usages instanceof BitString) || ((usages.valueBlock.valueHexView[0] ?? 0) & bits) !== 0;
}

function nameOf({ typesAndValues }: RelativeDistinguishedNames): string {
  const valueOf = (oid: string): string | undefined => {
    const texte: unknown = typesAndValues.find(({ type }) => type === oid)?.value.valueBlock.value;
    // Un nom vient d'un inconnu et finit sur un écran : ni caractère de contrôle, ni longueur sans fin.
    return typeof texte === 'string' ? texte.replace(/\p{C}/gu, '').slice(0, 200) : undefined;
  };
  return valueOf(OID.commonName) ?? valueOf(OID.organizationName) ?? '(sans nom)';
}
