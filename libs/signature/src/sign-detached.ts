import { Buffer } from 'node:buffer';
import type { KeyObject, X509Certificate } from 'node:crypto';
import { createHash, sign } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Instant, Problem, Result, Violation } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Noeud } from './asn1/der';
import {
  childrenOf,
  context,
  derOf,
  integer,
  nullNode,
  octetString,
  oidNode,
  readDer,
  sequence,
  setOf,
} from './asn1/der';
import { OID } from './asn1/oids';
import type { Certificat } from './certificats/certificat';
import { certificatOf } from './certificats/certificat';
import { checkKey, checkUsage, checkValidity } from './certificats/check-certificat';
import type { Empreinte } from './certificats/algorithmes';
import { composeAttributs, octetsSignes } from './cms/attributs-signes';
import { writeSignatureText } from './cms/signature-text';
import type { Faute } from './faute';
import { problemOfAll } from './faute';

/** De quoi signer : une clé, son certificat, et les autorités intermédiaires à joindre. */
export interface MaterielSignature {
  readonly cle: KeyObject;
  readonly certificat: X509Certificate;
  readonly chaine: readonly X509Certificate[];
}

/** Quelle empreinte et quel algorithme une clé emploie : la force de l'empreinte suit celle de la courbe (RFC 5753). */
const RSA = {
  empreinte: 'sha256',
  oidEmpreinte: OID.sha256,
  oid: OID.rsaEncryption,
  parametres: [nullNode()],
} as const;
const ECDSA = [
  { empreinte: 'sha256', oidEmpreinte: OID.sha256, oid: OID.ecdsaWithSha256, parametres: [] },
  { empreinte: 'sha384', oidEmpreinte: OID.sha384, oid: OID.ecdsaWithSha384, parametres: [] },
  { empreinte: 'sha512', oidEmpreinte: OID.sha512, oid: OID.ecdsaWithSha512, parametres: [] },
] as const;

interface Choix {
  readonly empreinte: Empreinte;
  readonly oidEmpreinte: string;
  readonly oid: string;
  readonly parametres: readonly Noeud[];
}

function choiceOf(cle: KeyObject): Choix {
  if (cle.asymmetricKeyType !== 'ec') return RSA;
  const courbe = cle.asymmetricKeyDetails?.namedCurve ?? '';
  if (/512|521/.test(courbe)) return ECDSA[2];
  return courbe.includes('384') ? ECDSA[1] : ECDSA[0];
}

/**
 * Signe un contenu, lu en flux : PKCS#7 détaché (CMS `SignedData`, RFC 5652, profil CAdES-BES), en PEM, tel qu'il va dans
 * `FichierSigne/Signature`. Seuls les attributs passent par la clé : la taille du contenu ne coûte que son empreinte.
 * @returns le texte de la signature, ou un refus, contenu refermé sans être lu : `signature/key-mismatch`,
 * `signature/wrong-usage`, `signature/certificate-expired`, `signature/certificate-not-yet-valid`,
 * `signature/weak-algorithm`, `signature/unsupported-algorithm`.
 * @example await signDetached(createReadStream('acte.pdf'), materiel, { at: clock.now() })
 */
export async function signDetached(
  content: Readable,
  { cle, certificat, chaine }: MaterielSignature,
  { at }: { readonly at: Instant },
): Promise<Result<string>> {
  const lu = certificatOf(certificat);
  const problem = checkMaterial(cle, lu, at);
  if (problem) {
    content.on('error', () => undefined).destroy();
    return refuse(problem);
  }
  const choix = choiceOf(cle);
  const hash = createHash(choix.empreinte);
  for await (const chunk of content as AsyncIterable<Uint8Array | string>) hash.update(chunk);
  const attributs = composeAttributs(hash.digest(), at, certificat.raw);
  const valeur = sign(choix.empreinte, octetsSignes(attributs), cle);
  const certificats = [certificat, ...chaine].map(({ raw }) => noeudOf(raw));
  return ok(writeSignatureText(derOf(signedData(lu, choix, attributs, valeur, certificats))));
}

function checkMaterial(cle: KeyObject, lu: Certificat, at: Instant): Problem | undefined {
  const fautes: readonly Faute[] = [
    ...(lu.x509.checkPrivateKey(cle)
      ? []
      : [
          {
            code: 'signature/key-mismatch' as const,
            detail: `La clé n'est pas celle du certificat de « ${lu.nom} » : donnez les deux du même fichier PKCS#12.`,
          },
        ]),
    ...checkUsage(lu),
    ...checkValidity(lu, at),
    ...checkKey(lu),
  ];
  if (fautes.length === 0) return undefined;
  return problemOfAll(fautes.map((faute): Violation => ({ pointer: '/certificat', ...faute })));
}

function noeudOf(der: Uint8Array): Noeud {
  const noeud = readDer(der);
  if (!noeud) throw new Error('Un certificat que Node a lu ne se relit pas.');
  return noeud;
}

function signedData(
  lu: Certificat,
  choix: Choix,
  attributs: readonly Noeud[],
  valeur: Uint8Array,
  certificats: readonly Noeud[],
): Noeud {
  const empreinte = sequence(oidNode(choix.oidEmpreinte));
  const signataire = sequence(
    integer(1),
    sequence(
      noeudOf(Buffer.from(lu.pki.issuer.valueBeforeDecode)),
      integer(lu.pki.serialNumber.valueBlock.valueHexView),
    ),
    empreinte,
    context(0, attributs),
    sequence(oidNode(choix.oid), ...choix.parametres),
    octetString(valeur),
  );
  const contenu = sequence(oidNode(OID.data));
  return sequence(
    oidNode(OID.signedData),
    context(0, [
      sequence(
        integer(1),
        setOf(empreinte),
        contenu,
        context(0, childrenOf(setOf(...certificats))),
        setOf(signataire),
      ),
    ]),
  );
}
