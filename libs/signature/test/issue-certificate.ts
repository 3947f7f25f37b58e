import { Buffer } from 'node:buffer';
import type { KeyObject } from 'node:crypto';
import { createHash, createPublicKey, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import type { Noeud } from '../src/asn1/der';
import {
  context,
  derOf,
  integer,
  nullNode,
  octetString,
  oidNode,
  readDer,
  sequence,
  setOf,
  timeNode,
} from '../src/asn1/der';
import { OID } from '../src/asn1/oids';

/** Une clé et le certificat qui la porte. */
export interface Titulaire {
  readonly cle: KeyObject;
  readonly certificat: X509Certificate;
  readonly nom: string;
}

/** Ce qui distingue un certificat d'essai ; le reste va de soi. */
export interface CertificatVoulu {
  readonly du?: string;
  readonly au?: string;
  readonly autorite?: { readonly longueurChemin?: number };
  /** Les huit premiers bits de KeyUsage. */
  readonly usages?: number;
  readonly cle?: KeyObject;
  readonly type?: 'rsa-1024' | 'rsa' | 'ec-256' | 'ec-384';
  readonly empreinte?: 'sha1' | 'sha256';
  readonly extensionCritique?: string;
  /** D'autres extensions, par OID : leur valeur. */
  readonly extensions?: Readonly<Record<string, Noeud>>;
}

function freshKey(type: CertificatVoulu['type'] = 'rsa'): KeyObject {
  if (type === 'ec-256') return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  if (type === 'ec-384') return generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
  return generateKeyPairSync('rsa', { modulusLength: type === 'rsa' ? 2048 : 1024 }).privateKey;
}

/** Les algorithmes des essais, par sorte de clé et par empreinte. */
export const ALGORITHMES = {
  'rsa-sha1': sequence(oidNode(OID.sha1WithRsa), nullNode()),
  'rsa-sha256': sequence(oidNode(OID.sha256WithRsa), nullNode()),
  'ec-sha256': sequence(oidNode(OID.ecdsaWithSha256)),
  'ec-sha1': sequence(oidNode(OID.ecdsaWithSha1)),
};

const { Class, Type } = forge.asn1;
export const bitString = (octets: Uint8Array): Noeud =>
  forge.asn1.create(
    Class.UNIVERSAL,
    Type.BITSTRING,
    false,
    Buffer.concat([Buffer.of(0), octets]).toString('latin1'),
  );
const bool = (): Noeud => forge.asn1.create(Class.UNIVERSAL, Type.BOOLEAN, false, '\xff');
const utf8 = (text: string): Noeud =>
  forge.asn1.create(Class.UNIVERSAL, Type.UTF8, false, Buffer.from(text).toString('latin1'));
export const nom = (text: string): Noeud => sequence(setOf(sequence(oidNode(OID.commonName), utf8(text))));

function nodeOf(der: Uint8Array): Noeud {
  const noeud = readDer(der);
  if (!noeud) throw new Error('DER attendu.');
  return noeud;
}

function extensionsOf(voulu: CertificatVoulu, cle: KeyObject): Noeud[] {
  const { autorite, usages, extensionCritique } = voulu;
  const chemin = autorite?.longueurChemin;
  const ext = (type: string, critique: boolean, valeur: Noeud): Noeud =>
    sequence(oidNode(type), ...(critique ? [bool()] : []), octetString(derOf(valeur)));
  return [
    ext(OID.subjectKeyIdentifier, false, octetString(keyIdentifier(cle))),
    ...(autorite
      ? [
          ext(
            OID.basicConstraints,
            true,
            sequence(bool(), ...(chemin === undefined ? [] : [integer(chemin)])),
          ),
        ]
      : []),
    ...(usages === undefined ? [] : [ext(OID.keyUsage, true, bitString(Buffer.of(usages)))]),
    ...(extensionCritique ? [ext(extensionCritique, true, nullNode())] : []),
    ...Object.entries(voulu.extensions ?? {}).map(([type, valeur]) => ext(type, true, valeur)),
  ];
}

/** L'identifiant de clé d'un certificat d'essai. */
export function keyIdentifier(cle: KeyObject): Buffer {
  const { x, n } = cle.export({ format: 'jwk' });
  return createHash('sha256')
    .update(x ?? n ?? '')
    .digest()
    .subarray(0, 20);
}

let numeroSerie = 4096;

/** Délivre un certificat d'essai : par lui-même, ou par l'autorité donnée. */
export function issue(nomCommun: string, voulu: CertificatVoulu = {}, par?: Titulaire): Titulaire {
  const cle = voulu.cle ?? freshKey(voulu.type);
  const signante = par?.cle ?? cle;
  const empreinte = voulu.empreinte ?? 'sha256';
  const algorithme = ALGORITHMES[`${signante.asymmetricKeyType === 'ec' ? 'ec' : 'rsa'}-${empreinte}`];
  const publique = publicDer(cle);
  numeroSerie += 1;
  const tbs = sequence(
    context(0, [integer(2)]),
    integer(numeroSerie),
    algorithme,
    nom(par?.nom ?? nomCommun),
    sequence(
      timeNode(new Date(voulu.du ?? '2026-01-01T00:00:00Z')),
      timeNode(new Date(voulu.au ?? '2027-12-31T12:00:00Z')),
    ),
    nom(nomCommun),
    nodeOf(publique),
    context(3, [sequence(...extensionsOf(voulu, cle))]),
  );
  const valeur = sign(empreinte, derOf(tbs), signante);
  const certificat = new X509Certificate(derOf(sequence(tbs, algorithme, bitString(valeur))));
  return { cle, certificat, nom: nomCommun };
}

function publicDer(cle: KeyObject): Buffer {
  return createPublicKey(cle).export({ format: 'der', type: 'spki' });
}
