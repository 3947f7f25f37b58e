import type { Buffer } from 'node:buffer';
import type { KeyObject } from 'node:crypto';
import { X509Certificate } from 'node:crypto';
import type { Instant } from '@teletransmission/kernel';
import { instantOf } from '@teletransmission/kernel';
import type { Noeud } from '../asn1/der';
import { childrenOf, derOf, isContext, isType, octetsOf, oidOf, readDer } from '../asn1/der';
import { OID } from '../asn1/oids';

/** Un certificat X.509, et ce que Node n'en dit pas. Les octets sont comparés tels quels, en `latin1`. */
export interface Certificat {
  readonly x509: X509Certificate;
  readonly cle: KeyObject;
  /** Le nom commun du titulaire, ou à défaut son organisation. */
  readonly nom: string;
  readonly nomEmetteur: string;
  readonly emetteurDer: Buffer;
  readonly numeroSerieDer: Buffer;
  readonly identifiantCle?: Buffer;
  readonly validDu: Instant;
  readonly validAu: Instant;
  readonly algorithmeSignature?: Noeud;
  /** Faux quand l'extension KeyUsage l'exclut (RFC 5280 §4.2.1.3). */
  readonly canSign: boolean;
  readonly isAutorite: boolean;
  /** Combien d'autorités intermédiaires peuvent suivre celle-ci, quand elle le borne. */
  readonly longueurChemin?: number;
  /** Vrai quand une extension critique nous est inconnue : la RFC 5280 §4.2 veut qu'on refuse alors. */
  readonly hasExtensionInconnue: boolean;
}

/** Les extensions critiques que nous appliquons, ou qui ne restreignent pas la signature d'un document. */
const CONNUES = new Set<string>([
  OID.subjectKeyIdentifier,
  OID.keyUsage,
  OID.subjectAltName,
  OID.basicConstraints,
  OID.certificatePolicies,
  OID.extKeyUsage,
]);

/** Lit un certificat en DER. Indéfini quand ce n'en est pas un. */
export function readCertificat(octets: Uint8Array): Certificat | undefined {
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
 * @throws quand sa clé ou ses dates ne se lisent pas.
 */
export function certificatOf(x509: X509Certificate): Certificat {
  const lu = known.get(x509) ?? detail(x509);
  known.set(x509, lu);
  return lu;
}

function detail(x509: X509Certificate): Certificat {
  const [tbs, algorithmeSignature] = childrenOf(readDer(x509.raw));
  const champs = childrenOf(tbs);
  const [numero, , emetteur, , titulaire] = isContext(champs[0], 0) ? champs.slice(1) : champs;
  if (!numero || !emetteur || !titulaire) throw new Error('Certificat sans numéro ni noms.');
  const extensions = extensionsOf(champs);
  const identifiant = extensions.get(OID.subjectKeyIdentifier)?.valeur;
  const contraintes = childrenOf(extensions.get(OID.basicConstraints)?.valeur);
  const chemin = contraintes.find((noeud) => isType(noeud, 'INTEGER'));
  return {
    x509,
    cle: x509.publicKey,
    nom: nameOf(titulaire),
    nomEmetteur: nameOf(emetteur),
    emetteurDer: derOf(emetteur),
    numeroSerieDer: octetsOf(numero),
    ...(identifiant ? { identifiantCle: octetsOf(identifiant) } : {}),
    validDu: instantOf(Date.parse(x509.validFrom)),
    validAu: instantOf(Date.parse(x509.validTo)),
    ...(algorithmeSignature ? { algorithmeSignature } : {}),
    canSign: canSign(extensions.get(OID.keyUsage)?.valeur),
    isAutorite: x509.ca,
    ...(chemin ? { longueurChemin: Number(`0x${octetsOf(chemin).toString('hex')}`) } : {}),
    hasExtensionInconnue: [...extensions].some(([oid, { critique }]) => critique && !CONNUES.has(oid)),
  };
}

interface Extension {
  readonly critique: boolean;
  readonly valeur?: Noeud;
}

function extensionsOf(champs: readonly Noeud[]): ReadonlyMap<string, Extension> {
  const liste = childrenOf(childrenOf(champs.find((champ) => isContext(champ, 3)))[0]);
  return new Map(
    liste.map((extension) => {
      const [oid, ...reste] = childrenOf(extension);
      const valeur = readDer(octetsOf(reste.at(-1)));
      const critique = isType(reste[0], 'BOOLEAN') && octetsOf(reste[0])[0] !== 0;
      return [oidOf(oid) ?? '', { critique, ...(valeur ? { valeur } : {}) }];
    }),
  );
}

/** Signature numérique (bit 0) ou engagement sur le contenu (bit 1) ; sans l'extension, tout usage est permis. */
function canSign(usages: Noeud | undefined): boolean {
  return !usages || ((octetsOf(usages)[1] ?? 0) & 0b1100_0000) !== 0;
}

function nameOf(nom: Noeud): string {
  const attributs = childrenOf(nom).flatMap(childrenOf).map(childrenOf);
  const valueOf = (oid: string): string | undefined => {
    const valeur = attributs.find(([type]) => oidOf(type) === oid)?.[1];
    return valeur && textOf(valeur);
  };
  return valueOf(OID.commonName) ?? valueOf(OID.organizationName) ?? '(sans nom)';
}

/** Forge a déjà décodé les BMPString ; tout le reste est lu en UTF-8, dont l'ASCII des autres types est une partie. */
function textOf(valeur: Noeud): string {
  const text =
    isType(valeur, 'BMPSTRING') && typeof valeur.value === 'string'
      ? valeur.value
      : octetsOf(valeur).toString('utf8');
  // Un nom vient d'un inconnu et finit sur un écran : ni caractère de contrôle, ni longueur sans fin.
  return text.replace(/\p{C}/gu, '').slice(0, 200);
}
