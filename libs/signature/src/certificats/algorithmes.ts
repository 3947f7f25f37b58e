import type { KeyObject } from 'node:crypto';
import { constants, verify } from 'node:crypto';
import type { Noeud } from '../asn1/der';
import { algorithmOf, childrenOf, isContext, octetsOf } from '../asn1/der';
import { OID } from '../asn1/oids';

/** Les empreintes admises, dans l'écriture de `node:crypto`. */
export type Empreinte = 'sha256' | 'sha384' | 'sha512';

/** Ce qu'un algorithme inconnu ou trop faible vaut : un refus de l'une ou l'autre sorte. */
export type Ecart = 'faible' | 'inconnu';

export interface Schema {
  readonly famille: 'rsa' | 'rsa-pss' | 'ecdsa';
  readonly empreinte: Empreinte;
  /** Longueur du sel, en octets, pour RSA-PSS seul. */
  readonly selOctets?: number;
}

const EMPREINTES = new Map<string, Empreinte | 'faible'>([
  [OID.md5, 'faible'],
  [OID.sha1, 'faible'],
  [OID.sha224, 'faible'],
  [OID.sha256, 'sha256'],
  [OID.sha384, 'sha384'],
  [OID.sha512, 'sha512'],
]);

const SCHEMAS = new Map<string, Schema | 'faible'>([
  [OID.md5WithRsa, 'faible'],
  [OID.sha1WithRsa, 'faible'],
  [OID.sha224WithRsa, 'faible'],
  [OID.ecdsaWithSha1, 'faible'],
  [OID.ecdsaWithSha224, 'faible'],
  [OID.sha256WithRsa, { famille: 'rsa', empreinte: 'sha256' }],
  [OID.sha384WithRsa, { famille: 'rsa', empreinte: 'sha384' }],
  [OID.sha512WithRsa, { famille: 'rsa', empreinte: 'sha512' }],
  [OID.ecdsaWithSha256, { famille: 'ecdsa', empreinte: 'sha256' }],
  [OID.ecdsaWithSha384, { famille: 'ecdsa', empreinte: 'sha384' }],
  [OID.ecdsaWithSha512, { famille: 'ecdsa', empreinte: 'sha512' }],
]);

const COURBES = new Set([
  'prime256v1',
  'secp384r1',
  'secp521r1',
  'brainpoolP256r1',
  'brainpoolP384r1',
  'brainpoolP512r1',
]);

/** Au-dessous de 2048 bits une clé RSA est faible (RGS, annexe B1) ; au-dessus de 8192, vérifier coûterait trop cher. */
const RSA_BITS = { min: 2048, max: 8192 } as const;

/** L'empreinte que nomme un `AlgorithmIdentifier`. */
export function empreinteOf(algorithme: Noeud | undefined): Empreinte | Ecart {
  return EMPREINTES.get(algorithmOf(algorithme).oid ?? '') ?? 'inconnu';
}

/**
 * Le schéma de signature que nomme un `AlgorithmIdentifier`. `rsaEncryption` ne dit pas d'empreinte : celle du signataire
 * vaut alors (RFC 3370 §3.2).
 */
export function schemaOf(algorithme: Noeud | undefined, empreinte?: Empreinte): Schema | Ecart {
  const { oid, parametres } = algorithmOf(algorithme);
  if (oid === OID.rsaEncryption) return empreinte ? { famille: 'rsa', empreinte } : 'inconnu';
  if (oid === OID.rsassaPss) return pssOf(parametres);
  return SCHEMAS.get(oid ?? '') ?? 'inconnu';
}

/** Les paramètres de RSA-PSS (RFC 4055 §3.1) ; leurs valeurs par défaut sont SHA-1, donc faibles. */
function pssOf(parametres: Noeud | undefined): Schema | Ecart {
  const champ = (numero: number): Noeud | undefined =>
    childrenOf(childrenOf(parametres).find((enfant) => isContext(enfant, numero)))[0];
  const empreinte = champ(0) ? empreinteOf(champ(0)) : 'faible';
  if (empreinte === 'faible' || empreinte === 'inconnu') return empreinte;
  const masque = algorithmOf(champ(1));
  // node:crypto emploie la même empreinte des deux côtés : un autre masque ne se vérifierait pas.
  if (masque.oid !== OID.mgf1 || empreinteOf(masque.parametres) !== empreinte) return 'inconnu';
  const sel = champ(2) ? octetsOf(champ(2)) : Buffer.of(20);
  if (sel.byteLength === 0 || sel.byteLength > 2) return 'inconnu';
  return { famille: 'rsa-pss', empreinte, selOctets: sel.readUIntBE(0, sel.byteLength) };
}

/** Ce qu'il y a à redire d'une clé : trop faible, d'une sorte que nous ne vérifions pas, ou rien. */
export function ecartOfKey(cle: KeyObject): Ecart | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = cle;
  if (type === 'rsa' || type === 'rsa-pss') {
    const bits = details?.modulusLength ?? 0;
    if (bits < RSA_BITS.min) return 'faible';
    return bits > RSA_BITS.max ? 'inconnu' : undefined;
  }
  return type === 'ec' && COURBES.has(details?.namedCurve ?? '') ? undefined : 'inconnu';
}

/** Le nom d'un schéma, tel qu'on le montre : `RSA-SHA256`, `RSA-PSS-SHA256`, `ECDSA-SHA384`. */
export function nameOfSchema({ famille, empreinte }: Schema): string {
  return `${famille}-${empreinte}`.toUpperCase();
}

const TYPES = { rsa: ['rsa'], 'rsa-pss': ['rsa', 'rsa-pss'], ecdsa: ['ec'] } as const;

/** Vérifie une signature de ces octets. Faux aussi quand la clé n'est pas de la sorte annoncée. */
export function verifySignature(
  schema: Schema,
  cle: KeyObject,
  octets: Uint8Array,
  signature: Uint8Array,
): boolean {
  const types: readonly string[] = TYPES[schema.famille];
  if (!types.includes(cle.asymmetricKeyType ?? '')) return false;
  const options =
    schema.famille === 'rsa-pss'
      ? { key: cle, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: schema.selOctets ?? 0 }
      : cle;
  try {
    return verify(schema.empreinte, octets, options, signature);
  } catch {
    return false;
  }
}
