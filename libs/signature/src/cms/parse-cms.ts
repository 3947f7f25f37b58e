import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Noeud } from '../asn1/der';
import { childrenOf, derOf, isContext, isType, octetsOf, oidOf, readDer } from '../asn1/der';
import { OID } from '../asn1/oids';
import type { Certificat } from '../certificats/certificat';
import { readCertificat } from '../certificats/certificat';
import { problemOf } from '../faute';

/** Un `SignerInfo` (RFC 5652 §5.3), avant tout jugement. */
export interface SignataireLu {
  readonly sid: Noeud;
  readonly empreinte?: Noeud;
  readonly algorithme?: Noeud;
  readonly valeur: Buffer;
  readonly attributs?: readonly Noeud[];
}

/** Un `SignedData` détaché : ses signataires et les certificats qu'il apporte. */
export interface CmsLu {
  readonly certificats: readonly Certificat[];
  readonly signataires: readonly SignataireLu[];
}

/** Au-delà, ce n'est plus une signature de délibération. */
const CERTIFICATS_MAX = 32;
const SIGNATAIRES_MAX = 8;

const MALFORMED = problemOf(
  'signature/malformed',
  "La signature n'est pas un PKCS#7 (CMS SignedData) : signez de nouveau le document, en signature détachée.",
);

/**
 * Lit un `ContentInfo` de type `SignedData` (RFC 5652 §3 et §5.1).
 * @returns ce qu'il contient, ou `signature/malformed`, `signature/not-detached`, `signature/no-signer`.
 */
export function parseCms(der: Uint8Array): Result<CmsLu> {
  const contentInfo = readDer(der);
  const [type, wrapped] = childrenOf(contentInfo);
  const [signedData] = childrenOf(wrapped);
  if (!isType(contentInfo, 'SEQUENCE') || oidOf(type) !== OID.signedData) return refuse(MALFORMED);
  if (!isContext(wrapped, 0) || !isType(signedData, 'SEQUENCE')) return refuse(MALFORMED);
  const champs = childrenOf(signedData);
  const [version, , encapsule] = champs;
  const [typeContenu, contenu] = childrenOf(encapsule);
  const last = champs.at(-1);
  if (!isType(version, 'INTEGER') || oidOf(typeContenu) !== OID.data || !isType(last, 'SET')) {
    return refuse(MALFORMED);
  }
  if (contenu) {
    return refuse(
      problemOf(
        'signature/not-detached',
        'La signature contient son propre document : joignez une signature détachée, qui porte sur le fichier transmis.',
      ),
    );
  }
  const certificats = childrenOf(champs.slice(3).find((champ) => isContext(champ, 0)));
  const signataires = childrenOf(last).map(signataireOf);
  if (champs.length < 4 || certificats.length > CERTIFICATS_MAX || signataires.length > SIGNATAIRES_MAX) {
    return refuse(MALFORMED);
  }
  if (signataires.length === 0) {
    return refuse(
      problemOf(
        'signature/no-signer',
        'La signature ne porte aucun signataire : signez de nouveau le document.',
      ),
    );
  }
  const lus = signataires.filter((signataire) => signataire !== undefined);
  if (lus.length < signataires.length) return refuse(MALFORMED);
  return ok({
    certificats: certificats.flatMap((noeud) => readCertificat(derOf(noeud)) ?? []),
    signataires: lus,
  });
}

function signataireOf(noeud: Noeud): SignataireLu | undefined {
  const champs = childrenOf(noeud);
  const attributs = champs.find((champ, index) => index > 1 && isContext(champ, 0));
  const [, sid, empreinte, algorithme, valeur] = champs.filter((champ) => champ !== attributs);
  if (!isType(noeud, 'SEQUENCE') || !sid || !isType(valeur, 'OCTETSTRING')) return undefined;
  return {
    sid,
    ...(empreinte ? { empreinte } : {}),
    ...(algorithme ? { algorithme } : {}),
    valeur: octetsOf(valeur),
    ...(attributs ? { attributs: childrenOf(attributs) } : {}),
  };
}

/** Le certificat que désigne un signataire : par émetteur et numéro, ou par identifiant de clé. */
export function certificatOfSigner(
  { sid }: SignataireLu,
  certificats: readonly Certificat[],
): Certificat | undefined {
  if (isContext(sid, 0))
    return certificats.find(({ identifiantCle }) => identifiantCle?.equals(octetsOf(sid)));
  const [emetteur, numero] = childrenOf(sid);
  if (!emetteur || !numero) return undefined;
  const emetteurDer = derOf(emetteur);
  const numeroDer = octetsOf(numero);
  return certificats.find(
    (certificat) => certificat.emetteurDer.equals(emetteurDer) && certificat.numeroSerieDer.equals(numeroDer),
  );
}
