import type { KeyObject } from 'node:crypto';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import type { Problem, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Noeud } from '../asn1/der';
import { childrenOf, derOf, isType, octetsOf, readDer } from '../asn1/der';
import { problemOf } from '../faute';
import type { MaterielSignature } from '../sign-detached';
import { certificatOf } from './certificat';

/** Un PKCS#12 porte une clé et une chaîne : quelques kibioctets. */
const PKCS12_MAX_BYTES = 1024 * 1024;

/** Au-delà, un fichier forgé occuperait le processus pendant des minutes ; OpenSSL en écrit 2 048. */
const ITERATIONS_MAX = 1_000_000;

const MALFORMED = problemOf(
  'signature/pkcs12-malformed',
  "Le fichier n'est pas un PKCS#12 lisible (.p12 ou .pfx) : exportez de nouveau le certificat avec sa clé.",
);
const WRONG_PASSWORD = problemOf(
  'signature/pkcs12-wrong-password',
  "Le mot de passe du PKCS#12 n'est pas le bon : ressaisissez celui que vous avez choisi à l'export.",
);
const NO_KEY = problemOf(
  'signature/pkcs12-no-key',
  'Le PKCS#12 ne contient pas de clé privée avec son certificat : exportez le certificat avec sa clé.',
);

/**
 * Lit la clé, son certificat et sa chaîne d'un PKCS#12 (RFC 7292) chiffré en AES, en 3DES ou en RC2 ; clés RSA et EC.
 * @returns de quoi signer, ou `signature/pkcs12-malformed`, `signature/pkcs12-wrong-password`, `signature/pkcs12-no-key`.
 */
export function readPkcs12(octets: Uint8Array, password: string): Result<MaterielSignature> {
  const pfx = octets.byteLength > PKCS12_MAX_BYTES ? undefined : readDer(octets);
  if (!pfx || iterationsMax(pfx) > ITERATIONS_MAX) return refuse(MALFORMED);
  const opened = open(pfx, password);
  if (!opened.ok) return opened;
  const bags = opened.value.safeContents.flatMap(({ safeBags }) => safeBags);
  const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids;
  const cles = bags.filter(({ type }) => type === pkcs8ShroudedKeyBag || type === keyBag).flatMap(keyOf);
  const certificats = bags.filter(({ type }) => type === certBag).flatMap(certificateOf);
  for (const cle of cles) {
    const certificat = certificats.find((x509) => x509.checkPrivateKey(cle));
    if (certificat) return ok({ cle, certificat, chaine: chainAbove(certificat, certificats) });
  }
  return refuse(NO_KEY);
}

function open(pfx: Noeud, password: string): Result<forge.pkcs12.Pkcs12Pfx> {
  try {
    return ok(forge.pkcs12.pkcs12FromAsn1(pfx, false, password));
  } catch (error) {
    return refuse(problemOfFailure(error));
  }
}

/** Forge ne distingue un mauvais mot de passe que par son message. */
function problemOfFailure(error: unknown): Problem {
  const message = error instanceof Error ? error.message : '';
  return /password|decrypt/i.test(message) ? WRONG_PASSWORD : MALFORMED;
}

/** Le plus grand nombre d'itérations annoncé, y compris dans les OCTET STRING qui emboîtent d'autres structures. */
function iterationsMax(noeud: Noeud, depth = 0): number {
  const enfants = childrenOf(noeud);
  // Les paramètres de dérivation ont tous cette forme : un sel, puis un nombre d'itérations.
  const own = enfants
    .filter((enfant, index) => isType(enfant, 'INTEGER') && isType(enfants[index - 1], 'OCTETSTRING'))
    .map((enfant) => Number(`0x${octetsOf(enfant).toString('hex') || '0'}`));
  const nested = isType(noeud, 'OCTETSTRING') && depth < 16 ? readDer(octetsOf(noeud)) : undefined;
  const below = [...enfants, ...(nested ? [nested] : [])].map((enfant) => iterationsMax(enfant, depth + 1));
  return Math.max(0, ...own, ...below);
}

/** La clé, native : forge ne sait pas les clés EC, et calcule quarante fois plus lentement. */
function keyOf({ key, asn1 }: forge.pkcs12.Bag): readonly KeyObject[] {
  const noeud = key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1;
  try {
    return [createPrivateKey({ key: derOf(noeud), format: 'der', type: 'pkcs8' })];
  } catch {
    return [];
  }
}

function certificateOf({ cert, asn1 }: forge.pkcs12.Bag): readonly X509Certificate[] {
  try {
    const x509 = new X509Certificate(derOf(cert ? forge.pki.certificateToAsn1(cert) : asn1));
    return [certificatOf(x509).x509];
  } catch {
    return [];
  }
}

/** Les autorités jointes, de la plus proche à la plus haute, sans la racine : elle ne prouve rien par elle-même. */
function chainAbove(
  certificat: X509Certificate,
  certificats: readonly X509Certificate[],
): readonly X509Certificate[] {
  const chaine: X509Certificate[] = [];
  for (let below = certificat; chaine.length < certificats.length;) {
    const above = certificats.find((other) => below.checkIssued(other) && !other.checkIssued(other));
    if (!above || chaine.includes(above)) break;
    chaine.push(above);
    below = above;
  }
  return chaine;
}
