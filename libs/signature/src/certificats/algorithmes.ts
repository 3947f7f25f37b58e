import type { KeyObject } from 'node:crypto';
import { constants, verify } from 'node:crypto';
import { AlgorithmIdentifier, RSASSAPSSParams } from 'pkijs';
import { build } from '../asn1/pki';
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
export function empreinteOf({ algorithmId }: AlgorithmIdentifier): Empreinte | Ecart {
  return EMPREINTES.get(algorithmId) ?? 'inconnu';
}

/**
 * Le schéma de signature que nomme un `AlgorithmIdentifier`. `rsaEncryption` ne dit pas d'empreinte : celle du signataire
 * vaut alors (RFC 3370 §3.2).
 */
export function schemaOf(algorithme: AlgorithmIdentifier, empreinte?: Empreinte): Schema | Ecart {
  const { algorithmId } = algorithme;
  if (algorithmId === OID.rsaEncryption) return empreinte ? { famille: 'rsa', empreinte } : 'inconnu';
  if (algorithmId === OID.rsassaPss) return pssOf(build(RSASSAPSSParams, algorithme.algorithmParams));
  return SCHEMAS.get(algorithmId) ?? 'inconnu';
}

/** Les paramètres de RSA-PSS (RFC 4055 §3.1) ; leurs valeurs par défaut sont SHA-1, donc faibles. */
function pssOf(parametres: RSASSAPSSParams | undefined): Schema | Ecart {
  if (!parametres) return 'faible';
  const { hashAlgorithm, maskGenAlgorithm, saltLength } = parametres;
  const empreinte = empreinteOf(hashAlgorithm);
  if (empreinte === 'faible' || empreinte === 'inconnu') return empreinte;
  const masque = build(AlgorithmIdentifier, maskGenAlgorithm.algorithmParams);
  // node:crypto emploie la même empreinte des deux côtés : un autre masque ne se vérifierait pas.
  if (maskGenAlgorithm.algorithmId !== OID.mgf1 || !masque || empreinteOf(masque) !== empreinte)
    return 'inconnu';
  return saltLength < 0 || saltLength > 0xff_ff
    ? 'inconnu'
    : { famille: 'rsa-pss', empreinte, selOctets: saltLength };
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
