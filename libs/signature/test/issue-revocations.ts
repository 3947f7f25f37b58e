import { Buffer } from 'node:buffer';
import { createHash, createPublicKey, sign } from 'node:crypto';
import forge from 'node-forge';
import type { Noeud } from '../src/asn1/der';
import {
  childrenOf,
  context,
  derOf,
  integer,
  nullNode,
  octetString,
  octetsOf,
  oidNode,
  readDer,
  sequence,
  setOf,
  timeNode,
} from '../src/asn1/der';
import { OID } from '../src/asn1/oids';
import { writeSignatureText } from '../src/cms/signature-text';
import type { Titulaire } from './issue-certificate';
import { ALGORITHMES, bitString, nom } from './issue-certificate';

const { Class, Type } = forge.asn1;
const SHA1 = '1.3.14.3.2.26';

/** Ce qui distingue une liste de révocation d'essai. */
export interface ListeVoulue {
  readonly le?: string;
  readonly empreinte?: 'sha1' | 'sha256';
  /** Qui signe, quand ce n'est pas l'autorité nommée. */
  readonly signante?: Titulaire;
  /** Une extension critique, par OID : sa valeur. */
  readonly extension?: readonly [oid: string, valeur: Noeud];
  /** Des lignes de plus, de numéros quelconques. */
  readonly lignesDePlus?: number;
}

const serialOf = ({ certificat }: Titulaire): Noeud => integer(Buffer.from(certificat.serialNumber, 'hex'));
const algorithmOf = ({ cle }: Titulaire, empreinte: 'sha1' | 'sha256'): Noeud =>
  ALGORITHMES[`${cle.asymmetricKeyType === 'ec' ? 'ec' : 'rsa'}-${empreinte}`];
const generalized = (date: string): Noeud =>
  forge.asn1.create(
    Class.UNIVERSAL,
    Type.GENERALIZEDTIME,
    false,
    forge.asn1.dateToGeneralizedTime(new Date(date)),
  );

/** La liste de révocation d'une autorité, en DER. */
export function issueCrl(
  autorite: Titulaire,
  revoques: readonly Titulaire[],
  voulue: ListeVoulue = {},
): Buffer {
  const { le = '2026-06-01T00:00:00Z', empreinte = 'sha256', signante = autorite, extension } = voulue;
  const algorithme = algorithmOf(signante, empreinte);
  const lignes = [
    ...revoques.map((revoque) => sequence(serialOf(revoque), timeNode(new Date(le)))),
    ...Array.from({ length: voulue.lignesDePlus ?? 0 }, (_, rang) =>
      sequence(
        integer(Buffer.from(`70${rang.toString(16).padStart(30, '0')}`, 'hex')),
        timeNode(new Date(le)),
      ),
    ),
  ];
  const tbs = sequence(
    integer(1),
    algorithme,
    nom(autorite.nom),
    timeNode(new Date(le)),
    timeNode(new Date('2049-01-01T00:00:00Z')),
    ...(lignes.length > 0 ? [sequence(...lignes)] : []),
    ...(extension ? [context(0, [sequence(extensionNode(...extension))])] : []),
  );
  return derOf(sequence(tbs, algorithme, bitString(sign(empreinte, derOf(tbs), signante.cle))));
}

function extensionNode(oid: string, valeur: Noeud): Noeud {
  const critique = forge.asn1.create(Class.UNIVERSAL, Type.BOOLEAN, false, '\xff');
  return sequence(oidNode(oid), critique, octetString(derOf(valeur)));
}

/** Ce qui distingue une réponse OCSP d'essai ; sans date, elle dit le certificat bon. */
export interface ReponseVoulue {
  readonly revoqueLe?: string;
  readonly signante?: Titulaire;
  readonly joints?: readonly Titulaire[];
}

/** Une réponse OCSP, réduite à sa partie signée. */
export function issueOcsp(titulaire: Titulaire, autorite: Titulaire, voulue: ReponseVoulue = {}): Buffer {
  const { revoqueLe, signante = autorite, joints = [] } = voulue;
  const spki = childrenOf(readDer(createPublicKey(autorite.cle).export({ format: 'der', type: 'spki' })));
  const hash = (octets: Uint8Array): Noeud => octetString(createHash('sha1').update(octets).digest());
  const certId = sequence(
    sequence(oidNode(SHA1), nullNode()),
    hash(derOf(nom(autorite.nom))),
    hash(octetsOf(spki[1]).subarray(1)),
    serialOf(titulaire),
  );
  const bon = { ...context(0, []), constructed: false, composed: false, value: '' };
  const status = revoqueLe === undefined ? bon : context(1, [generalized(revoqueLe)]);
  const tbs = sequence(
    context(1, [nom(signante.nom)]),
    generalized('2026-06-02T00:00:00Z'),
    sequence(sequence(certId, status, generalized('2026-06-02T00:00:00Z'))),
  );
  const certificats = joints.map(({ certificat }) => readDer(certificat.raw) ?? nullNode());
  return derOf(
    sequence(
      tbs,
      algorithmOf(signante, 'sha256'),
      bitString(sign('sha256', derOf(tbs), signante.cle)),
      ...(certificats.length > 0 ? [context(0, [sequence(...certificats)])] : []),
    ),
  );
}

/** Où une signature range ses preuves : le champ `crls` de CMS, ou l'attribut non signé de CAdES. */
export type Place = 'champ' | 'attribut';

/** La même signature, qui emporte ces preuves. */
export function withProofs(
  signature: string,
  {
    listes = [],
    reponses = [],
  }: { readonly listes?: readonly Buffer[]; readonly reponses?: readonly Buffer[] },
  place: Place = 'champ',
): string {
  const der = Buffer.from(signature.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const [type, wrapped] = childrenOf(readDer(der));
  const champs = [...childrenOf(childrenOf(wrapped)[0])];
  const crls = listes.map(nodeOf);
  const ocsps = reponses.map(nodeOf);
  if (place === 'champ') {
    const autres = ocsps.map((ocsp) => context(1, [oidNode(OID.ocspInCms), ocsp]));
    champs.splice(-1, 0, context(1, [...crls, ...autres]));
  } else {
    const [signataire] = childrenOf(champs.pop());
    const valeur = sequence(context(0, [sequence(...crls)]), context(1, [sequence(...ocsps)]));
    const attribut = sequence(oidNode(OID.revocationValues), setOf(valeur));
    champs.push(setOf(sequence(...childrenOf(signataire), context(1, [attribut]))));
  }
  return writeSignatureText(derOf(sequence(type ?? nullNode(), context(0, [sequence(...champs)]))));
}

function nodeOf(der: Buffer): Noeud {
  const noeud = readDer(der);
  if (!noeud) throw new Error('DER attendu.');
  return noeud;
}
