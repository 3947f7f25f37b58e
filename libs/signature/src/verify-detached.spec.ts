import { Buffer } from 'node:buffer';
import { sign } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Instant, Result } from '@teletransmission/kernel';
import type { Titulaire } from '../test/issue-certificate';
import { issue, keyIdentifier } from '../test/issue-certificate';
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
import { composeAttributs, octetsSignes } from './cms/attributs-signes';
import { readSignatureText, SIGNATURE_MAX_CHARS, writeSignatureText } from './cms/signature-text';
import type { MaterielSignature } from './sign-detached';
import { signDetached } from './sign-detached';
import type { SignatureVerifiee } from './verify-detached';
import { verifyDetached } from './verify-detached';

const AT = '2026-11-24T09:00:00.000Z' as Instant;
const DOCUMENT = Buffer.from('%PDF-1.7 délibération adoptée');
const racine = issue('Autorité d’essai', { autorite: {} });
const intermediaire = issue('Autorité des communes', { autorite: { longueurChemin: 0 } }, racine);
const maire = issue('Camille Exemple', { usages: 0b1100_0000 }, intermediaire);
const trusted = [racine.certificat];

const materiel = ({ cle, certificat }: Titulaire, ...chaine: Titulaire[]): MaterielSignature => ({
  cle,
  certificat,
  chaine: chaine.map((autorite) => autorite.certificat),
});
const stream = (content: Buffer = DOCUMENT): Readable => Readable.from([content]);

async function signedBy(titulaire: Titulaire, ...chaine: Titulaire[]): Promise<string> {
  const signed = await signDetached(stream(), materiel(titulaire, ...chaine), { at: AT });
  if (!signed.ok) throw new Error(signed.problem.detail);
  return signed.value;
}
const verified = (
  signature: string,
  { at = AT, content = DOCUMENT, confiance = trusted } = {},
): Promise<Result<SignatureVerifiee>> =>
  verifyDetached(stream(content), signature, { at, trusted: confiance });
const codeOf = (result: Result<unknown>): string => (result.ok ? 'acceptée' : result.problem.code);
const codesOf = (result: Result<unknown>): readonly string[] =>
  result.ok ? [] : (result.problem.violations ?? []).map(({ code }) => code);

/** Une signature composée à la main, pour faire ce que `signDetached` refuse de faire. */
interface Forge {
  readonly titulaire: Titulaire;
  readonly certificats?: readonly Titulaire[];
  readonly attributs?: readonly Noeud[] | null;
  readonly empreinte?: string;
  readonly algorithme?: Noeud;
  readonly sid?: Noeud;
  readonly contenu?: readonly Noeud[];
  readonly signeurs?: number;
  readonly valeur?: (octets: Buffer) => Buffer;
}
function forged({
  titulaire,
  certificats = [titulaire],
  attributs = composeAttributs(digest(), AT, titulaire.certificat.raw),
  empreinte = OID.sha256,
  algorithme = sequence(oidNode(OID.rsaEncryption), nullNode()),
  sid,
  contenu = [],
  signeurs = 1,
  valeur = (octets) => sign('sha256', octets, titulaire.cle),
}: Forge): string {
  const tbs = childrenOf(childrenOf(readDer(titulaire.certificat.raw))[0]);
  const parNumero = sequence(tbs[3] ?? nullNode(), tbs[1] ?? nullNode());
  const signeur = sequence(
    integer(1),
    sid ?? parNumero,
    sequence(oidNode(empreinte)),
    ...(attributs ? [context(0, attributs)] : []),
    algorithme,
    octetString(valeur(attributs ? octetsSignes(attributs) : DOCUMENT)),
  );
  const signedData = sequence(
    integer(1),
    setOf(sequence(oidNode(empreinte))),
    sequence(oidNode(OID.data), ...contenu),
    context(
      0,
      certificats.map(({ certificat }) => readDer(certificat.raw) ?? nullNode()),
    ),
    setOf(...Array.from({ length: signeurs }, () => signeur)),
  );
  return writeSignatureText(derOf(sequence(oidNode(OID.signedData), context(0, [signedData]))));
}
/** Ce que la signature protège : ses attributs et sa valeur, dans le dernier SignerInfo. */
function protectedParts(der: Buffer): readonly Buffer[] {
  const signedData = childrenOf(childrenOf(childrenOf(readDer(der))[1])[0]);
  const signerInfo = childrenOf(childrenOf(signedData.at(-1))[0]);
  return [3, 5].map((rang) => derOf(signerInfo[rang] ?? nullNode()));
}
/** L'empreinte d'un document vide. */
function digest(): Buffer {
  return Buffer.from('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex');
}

describe('Une signature détachée', () => {
  it('se vérifie sur le document signé, et dit qui, par qui, jusqu’à quand', async () => {
    const result = await verified(await signedBy(maire, intermediaire));
    expect(result).toEqual({
      ok: true,
      value: {
        signataire: 'Camille Exemple',
        emetteur: 'Autorité des communes',
        numeroSerie: maire.certificat.serialNumber,
        validDu: '2026-01-01T00:00:00.000Z',
        validAu: '2027-12-31T12:00:00.000Z',
        algorithme: 'RSA-SHA256',
        signeLe: AT,
        cosignataires: [],
      },
    });
  });

  it.each(['ec-256', 'ec-384'] as const)('se fait aussi avec une clé %s', async (type) => {
    const elu = issue('Dominique Courbe', { type }, racine);
    const result = await verified(await signedBy(elu));
    expect(result.ok && result.value.algorithme).toBe(type === 'ec-256' ? 'ECDSA-SHA256' : 'ECDSA-SHA384');
  });

  it('est la même en base64 nu, et le découpage du document n’y change rien', async () => {
    const signature = await signedBy(maire, intermediaire);
    const nu = signature.replace(/-----.*-----/g, '').replaceAll('\n', ' ');
    const pieces = Readable.from(Array.from(DOCUMENT, (_, index) => DOCUMENT.subarray(index, index + 1)));
    expect(codeOf(await verifyDetached(pieces, nu, { at: AT, trusted }))).toBe('acceptée');
  });

  it('est acceptée en longueurs indéfinies, comme l’écrivent certains signeurs', async () => {
    const read = readSignatureText(await signedBy(maire, intermediaire));
    const der = read.ok ? read.value : Buffer.alloc(0);
    const ber = Buffer.concat([Buffer.of(0x30, 0x80), der.subarray(4), Buffer.of(0, 0)]);
    expect(codeOf(await verified(ber.toString('base64')))).toBe('acceptée');
  });

  it('est faite en PEM, en lignes de soixante-quatre', async () => {
    const lines = (await signedBy(maire, intermediaire)).split('\n');
    expect(lines[0]).toBe('-----BEGIN PKCS7-----');
    expect(lines.at(-2)).toBe('-----END PKCS7-----');
    expect(Math.max(...lines.map(({ length }) => length))).toBe(64);
  });

  it('est acceptée quand le certificat même du signataire est de confiance', async () => {
    const seul = issue('Commune seule');
    expect(codeOf(await verified(await signedBy(seul), { confiance: [seul.certificat] }))).toBe('acceptée');
  });

  it('est acceptée quand le signataire est désigné par son identifiant de clé', async () => {
    const value = keyIdentifier(maire.cle).toString('latin1');
    const sid = { ...context(0, []), constructed: false, composed: false, value };
    const signature = forged({ titulaire: maire, certificats: [maire, intermediaire], sid });
    expect(codeOf(await verified(signature, { content: Buffer.alloc(0) }))).toBe('acceptée');
  });

  it('dit tous les signataires quand ils sont plusieurs', async () => {
    const result = await verified(
      forged({ titulaire: maire, certificats: [maire, intermediaire], signeurs: 2 }),
      { content: Buffer.alloc(0) },
    );
    expect(result.ok && result.value.cosignataires.map(({ signataire }) => signataire)).toEqual([
      'Camille Exemple',
    ]);
  });

  it('relance l’échec du document, qui n’est pas un refus', async () => {
    const signature = await signedBy(maire, intermediaire);
    const broken = Readable.from(
      (function* (): Generator<Buffer> {
        yield DOCUMENT;
        throw new Error('disque débranché');
      })(),
    );
    await expect(verifyDetached(broken, signature, { at: AT, trusted })).rejects.toThrow('disque débranché');
  });
});

describe('Une signature est refusée', () => {
  it('quand le document a changé d’un octet', async () => {
    const content = Buffer.from(DOCUMENT);
    content[3] = 0;
    const result = await verified(await signedBy(maire, intermediaire), { content });
    expect(codesOf(result)).toEqual(['signature/digest-mismatch']);
  });

  it('quand n’importe quel octet de sa valeur ou de ses attributs a changé', async () => {
    const read = readSignatureText(await signedBy(maire, intermediaire));
    const der = read.ok ? read.value : Buffer.alloc(0);
    for (const zone of protectedParts(der)) {
      const start = der.indexOf(zone);
      for (let index = start; index < start + zone.byteLength; index += 1) {
        const altered = Buffer.from(der);
        altered[index] = (altered[index] ?? 0) ^ 0x01;
        expect([index, codeOf(await verified(writeSignatureText(altered)))]).not.toEqual([index, 'acceptée']);
      }
    }
  });

  it('quand la valeur est d’une autre clé', async () => {
    const autre = issue('Autre');
    const signature = forged({
      titulaire: maire,
      certificats: [maire, intermediaire],
      valeur: (octets) => sign('sha256', octets, autre.cle),
    });
    expect(codesOf(await verified(signature, { content: Buffer.alloc(0) }))).toEqual(['signature/invalid']);
  });

  it('quand un autre certificat de même clé a pris la place de celui du signataire', async () => {
    const double = issue('Camille Usurpée', { cle: maire.cle }, racine);
    const attributs = composeAttributs(digest(), AT, maire.certificat.raw);
    const result = await verified(forged({ titulaire: double, attributs }), { content: Buffer.alloc(0) });
    expect(codesOf(result)).toEqual(['signature/invalid']);
  });

  it('quand le certificat a expiré, en disant quand', async () => {
    const result = await verified(await signedBy(maire, intermediaire), {
      at: '2028-01-01T00:00:00.000Z' as Instant,
    });
    expect(codesOf(result)).toEqual(Array(3).fill('signature/certificate-expired'));
    expect(result.ok ? '' : result.problem.detail).toContain('« Camille Exemple » a expiré le 31/12/2027');
  });

  it('quand le certificat n’est pas encore valable', async () => {
    const result = await verified(await signedBy(maire, intermediaire), {
      at: '2025-12-31T22:59:59.000Z' as Instant,
    });
    expect(codeOf(result)).toBe('signature/certificate-not-yet-valid');
  });

  it('quand l’autorité est inconnue, ou qu’il manque l’intermédiaire', async () => {
    const signature = await signedBy(maire, intermediaire);
    expect(codeOf(await verified(signature, { confiance: [] }))).toBe('signature/untrusted');
    expect(codeOf(await verified(await signedBy(maire)))).toBe('signature/untrusted');
  });

  it('quand une autorité de même nom, mais d’une autre clé, est de confiance', async () => {
    const homonyme = issue('Autorité d’essai', { autorite: {} });
    const result = await verified(await signedBy(maire, intermediaire), { confiance: [homonyme.certificat] });
    expect(codeOf(result)).toBe('signature/untrusted');
  });

  it('quand un simple particulier s’est fait autorité', async () => {
    const particulier = issue('Particulier', {}, racine);
    const result = await verified(await signedBy(issue('Faux', {}, particulier), particulier));
    expect(codesOf(result)).toEqual(['signature/untrusted']);
  });

  it('quand l’autorité n’avait pas droit à une autorité sous elle', async () => {
    const sousAutorite = issue('Sous-autorité', { autorite: {} }, intermediaire);
    const signature = await signedBy(issue('Loin', {}, sousAutorite), sousAutorite, intermediaire);
    expect(codesOf(await verified(signature))).toEqual(['signature/untrusted']);
  });

  it('quand l’autorité porte une restriction que nous n’appliquons pas', async () => {
    const bornee = issue('Autorité bornée', { autorite: {}, extensionCritique: '2.5.29.30' }, racine);
    const elu = issue('Élu', {}, bornee);
    const result = await verified(await signedBy(elu, bornee));
    expect(codesOf(result)).toEqual(['signature/untrusted']);
  });

  it('quand le certificat n’est pas fait pour signer', async () => {
    const chiffrement = issue('Chiffrement', { usages: 0b0010_0000 }, racine);
    expect(codesOf(await verified(forged({ titulaire: chiffrement }), { content: Buffer.alloc(0) }))).toEqual(
      ['signature/wrong-usage'],
    );
  });

  it('quand une empreinte, une clé ou un certificat sont trop faibles', async () => {
    const sha1 = forged({ titulaire: maire, empreinte: OID.sha1 });
    const petite = forged({ titulaire: issue('Petite clé', { type: 'rsa-1024' }, racine) });
    const vieux = forged({ titulaire: issue('Vieux certificat', { empreinte: 'sha1' }, racine) });
    for (const signature of [sha1, petite, vieux]) {
      expect(codesOf(await verified(signature, { content: Buffer.alloc(0) }))).toEqual([
        'signature/weak-algorithm',
      ]);
    }
  });

  it('quand son algorithme n’est pas admis', async () => {
    const signature = forged({ titulaire: maire, algorithme: sequence(oidNode(OID.mgf1)) });
    expect(codeOf(await verified(signature))).toBe('signature/unsupported-algorithm');
  });

  it('quand elle n’apporte pas de certificat', async () => {
    expect(codeOf(await verified(forged({ titulaire: maire, certificats: [] })))).toBe(
      'signature/no-certificate',
    );
  });

  it('quand elle n’a pas d’attributs signés', async () => {
    const signature = forged({ titulaire: maire, certificats: [maire, intermediaire], attributs: null });
    expect(codeOf(await verified(signature))).toBe('signature/no-signed-attributes');
  });

  it('quand un attribut revient deux fois', async () => {
    const [premier] = composeAttributs(digest(), AT, maire.certificat.raw);
    const attributs = [...composeAttributs(digest(), AT, maire.certificat.raw), premier ?? nullNode()];
    expect(codeOf(await verified(forged({ titulaire: maire, attributs })))).toBe(
      'signature/no-signed-attributes',
    );
  });

  it('quand elle contient son propre document', async () => {
    const contenu = [context(0, [octetString(DOCUMENT)])];
    expect(codeOf(await verified(forged({ titulaire: maire, contenu })))).toBe('signature/not-detached');
  });

  it('quand elle n’a aucun signataire, ou beaucoup trop', async () => {
    expect(codeOf(await verified(forged({ titulaire: maire, signeurs: 0 })))).toBe('signature/no-signer');
    expect(codeOf(await verified(forged({ titulaire: maire, signeurs: 9 })))).toBe('signature/malformed');
  });

  it('en disant à la fois toutes ses fautes, la plus grave d’abord', async () => {
    const perime = issue('Périmé', { au: '2026-06-30T12:00:00Z', usages: 0b0010_0000 });
    const result = await verified(forged({ titulaire: perime }));
    expect(codesOf(result)).toEqual([
      'signature/digest-mismatch',
      'signature/wrong-usage',
      'signature/certificate-expired',
      'signature/untrusted',
    ]);
    expect(codeOf(result)).toBe('signature/digest-mismatch');
  });
});

describe('Un texte hostile à la place d’une signature', () => {
  const b64 = (octets: Buffer): string => octets.toString('base64');
  it.each<[string, string, string]>([
    ['rien', '', 'signature/malformed'],
    ['du texte', 'lu et approuvé', 'signature/malformed'],
    ['des zéros', b64(Buffer.alloc(3000)), 'signature/malformed'],
    ['un certificat', maire.certificat.toString(), 'signature/malformed'],
    ['deux PEM', '-----BEGIN CMS-----\nAAAA\n-----END PKCS7-----', 'signature/malformed'],
    ['des niveaux sans fin', b64(Buffer.alloc(60_000, Buffer.of(0x30, 0x80))), 'signature/malformed'],
    [
      'cent mille nœuds',
      b64(Buffer.concat([Buffer.of(0x30, 0x83, 3, 0x0d, 0x40), Buffer.alloc(200_000, Buffer.of(5, 0))])),
      'signature/malformed',
    ],
    ['une longueur immense', b64(Buffer.of(0x30, 0x84, 0x7f, 0xff, 0xff, 0xff)), 'signature/malformed'],
    ['une longueur négative', b64(Buffer.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff)), 'signature/malformed'],
    [
      'un autre contenu',
      b64(derOf(sequence(oidNode(OID.data), context(0, [octetString(DOCUMENT)])))),
      'signature/malformed',
    ],
    ['un document entier', 'A'.repeat(SIGNATURE_MAX_CHARS + 1), 'signature/too-large'],
  ])('%s est refusé sans rien lever, et le document refermé', async (_title, signature, code) => {
    const content = stream();
    const result = await verifyDetached(content, signature, { at: AT, trusted });
    expect(codeOf(result)).toBe(code);
    expect(content.destroyed).toBe(true);
  });

  it('n’importe quel octet retourné d’une vraie signature ne lève jamais', async () => {
    const read = readSignatureText(await signedBy(maire, intermediaire));
    const der = read.ok ? read.value : Buffer.alloc(0);
    for (let index = 0; index < der.byteLength; index += 7) {
      const altered = Buffer.from(der);
      altered[index] = (altered[index] ?? 0) ^ 0xff;
      expect(typeof codeOf(await verified(writeSignatureText(altered)))).toBe('string');
      expect(typeof codeOf(await verified(writeSignatureText(der.subarray(0, index))))).toBe('string');
    }
  });
});

describe('Signer est refusé', () => {
  it.each<[string, () => MaterielSignature, string]>([
    [
      'avec la clé d’un autre',
      () => ({ ...materiel(maire), cle: intermediaire.cle }),
      'signature/key-mismatch',
    ],
    [
      'avec un certificat expiré',
      () => materiel(issue('Périmé', { au: '2026-06-30T12:00:00Z' }, racine)),
      'signature/certificate-expired',
    ],
    [
      'avec un certificat à venir',
      () => materiel(issue('Futur', { du: '2026-12-01T00:00:00Z' }, racine)),
      'signature/certificate-not-yet-valid',
    ],
    [
      'avec un certificat de chiffrement',
      () => materiel(issue('Chiffrement', { usages: 0b0010_0000 }, racine)),
      'signature/wrong-usage',
    ],
    [
      'avec une clé trop petite',
      () => materiel(issue('Petite', { type: 'rsa-1024' }, racine)),
      'signature/weak-algorithm',
    ],
  ])('%s, avant de lire le document', async (_title, avec, code) => {
    const content = stream();
    const result = await signDetached(content, avec(), { at: AT });
    expect(codeOf(result)).toBe(code);
    expect(content.destroyed).toBe(true);
  });
});
