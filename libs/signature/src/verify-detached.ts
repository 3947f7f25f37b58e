import { Buffer } from 'node:buffer';
import type { X509Certificate } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Instant, Result, Violation } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { SignerInfo } from 'pkijs';
import type { Certificat } from './certificats/certificat';
import { certificatOf } from './certificats/certificat';
import { checkChain } from './chemin/check-chain';
import { checkKey, checkUsage, checkValidity } from './certificats/check-certificat';
import type { Empreinte, Schema } from './certificats/algorithmes';
import { empreinteOf, nameOfSchema, schemaOf, verifySignature } from './certificats/algorithmes';
import { octetsSignesRecus, readAttributs } from './cms/attributs-signes';
import type { CmsLu } from './cms/parse-cms';
import { certificatOfSigner, parseCms } from './cms/parse-cms';
import { readSignatureText } from './cms/signature-text';
import type { Faute } from './faute';
import { problemOfAll } from './faute';
import type { Revocations } from './revocations/revocations';
import { both, SANS_REVOCATION } from './revocations/revocations';

/** Celui qui a signé, d'après son certificat vérifié. */
export interface Signataire {
  /** Le nom commun du titulaire du certificat. */
  readonly signataire: string;
  /** L'autorité qui l'a délivré. */
  readonly emetteur: string;
  /** En hexadécimal. */
  readonly numeroSerie: string;
  readonly validDu: Instant;
  readonly validAu: Instant;
  /** `RSA-SHA256`, `ECDSA-SHA384`… */
  readonly algorithme: string;
  /** La date déclarée par le signataire ; elle n'est attestée par personne d'autre. */
  readonly signeLe?: Instant;
}

/** Une signature valable : le premier signataire, et les autres s'il y en a, tous vérifiés. */
export interface SignatureVerifiee extends Signataire {
  readonly cosignataires: readonly Signataire[];
}

/** Ce contre quoi on vérifie. */
export interface VerifyOptions {
  /** L'instant où les certificats doivent être valables. */
  readonly at: Instant;
  /**
   * Les certificats de confiance : des autorités, ou le certificat même d'un signataire connu. `null` : la chaîne n'est pas vérifiée ;
   * l'empreinte, la signature, l'usage et les dates le sont toujours.
   */
  readonly trusted: readonly X509Certificate[] | null;
  /** Les révocations que la configuration apporte ; celles que la signature emporte sont lues de toute façon. */
  readonly revocations?: Revocations;
}

/**
 * Vérifie la signature détachée d'un contenu (`FichierSigne/Signature` : PKCS#7 en PEM ou en base64). Le contenu est lu une
 * fois, en flux ; il est refermé sans être lu quand la signature ne se lit pas. La révocation l'est par ce que la signature ou la
 * configuration apportent, jamais par le réseau ; l'horodatage ne l'est pas. Rien n'est levé pour une signature hostile ; un échec du flux est relancé.
 * @returns qui a signé, ou un refus dont les violations disent toutes les fautes, la plus grave d'abord :
 * `signature/too-large`, `signature/malformed`, `signature/not-detached`, `signature/no-signer`,
 * `signature/no-certificate`, `signature/no-signed-attributes`, `signature/unsupported-algorithm`,
 * `signature/weak-algorithm`, `signature/digest-mismatch`, `signature/invalid`, `signature/wrong-usage`,
 * `signature/certificate-expired`, `signature/certificate-not-yet-valid`, `signature/revoked`, `signature/untrusted`.
 * @example await verifyDetached(createReadStream('acte.pdf'), fichier.signature, { at: clock.now(), trusted: autorites })
 */
export async function verifyDetached(
  content: Readable,
  signature: string,
  { at, trusted, revocations = SANS_REVOCATION }: VerifyOptions,
): Promise<Result<SignatureVerifiee>> {
  const octets = readSignatureText(signature);
  const lue = octets.ok ? parseCms(octets.value) : octets;
  if (!lue.ok) {
    content.on('error', () => undefined).destroy();
    return lue;
  }
  const empreintes = await digestsOf(content, lue.value);
  const context: Context = {
    apportes: lue.value.certificats,
    confiance: trusted?.map(certificatOf) ?? null,
    revocations: both(revocations, lue.value.revocations),
    empreintes,
    at,
  };
  const examens: Examen[] = [];
  for (const signataire of lue.value.signataires) examens.push(await examine(signataire, context));
  const violations = examens.flatMap(({ fautes }, index) =>
    fautes.map((faute): Violation => ({ pointer: `/signataires/${index}`, ...faute })),
  );
  const [premier, ...cosignataires] = examens.flatMap(({ signataire }) => signataire ?? []);
  if (violations.length > 0 || !premier) return refuse(problemOfAll(violations));
  return ok({ ...premier, cosignataires });
}

/** Une seule lecture donne toutes les empreintes que les signataires annoncent. */
async function digestsOf(content: Readable, { signataires }: CmsLu): Promise<ReadonlyMap<Empreinte, Buffer>> {
  const wanted = new Set(signataires.map(({ digestAlgorithm }) => empreinteOf(digestAlgorithm)));
  const hashes = [...wanted].flatMap((nom) =>
    nom === 'faible' || nom === 'inconnu' ? [] : [[nom, createHash(nom)] as const],
  );
  for await (const chunk of content as AsyncIterable<Uint8Array | string>) {
    for (const [, hash] of hashes) hash.update(chunk);
  }
  return new Map(hashes.map(([nom, hash]) => [nom, hash.digest()]));
}

interface Context {
  readonly apportes: readonly Certificat[];
  readonly confiance: readonly Certificat[] | null;
  readonly revocations: Revocations;
  readonly empreintes: ReadonlyMap<Empreinte, Buffer>;
  readonly at: Instant;
}

interface Examen {
  readonly fautes: readonly Faute[];
  readonly signataire?: Signataire;
}

async function examine(lu: SignerInfo, context: Context): Promise<Examen> {
  const { confiance } = context;
  const certificat = certificatOfSigner(lu, [...context.apportes, ...(confiance ?? [])]);
  if (!certificat) {
    return fault(
      'signature/no-certificate',
      "La signature n'apporte pas le certificat de son signataire : joignez-le.",
    );
  }
  const { nom } = certificat;
  const empreinte = empreinteOf(lu.digestAlgorithm);
  const schema = schemaOf(
    lu.signatureAlgorithm,
    empreinte === 'faible' || empreinte === 'inconnu' ? undefined : empreinte,
  );
  if (empreinte === 'faible' || schema === 'faible') {
    return fault(
      'signature/weak-algorithm',
      `La signature de « ${nom} » emploie une empreinte trop faible (MD5, SHA-1 ou SHA-224) : signez de nouveau en SHA-256.`,
    );
  }
  if (empreinte === 'inconnu' || schema === 'inconnu') {
    return fault(
      'signature/unsupported-algorithm',
      `La signature de « ${nom} » emploie un algorithme qui n'est pas admis : signez en RSA ou ECDSA, avec SHA-256.`,
    );
  }
  const { signedAttrs } = lu;
  const attributs = signedAttrs && readAttributs(signedAttrs.attributes);
  if (!signedAttrs || !attributs) {
    return fault(
      'signature/no-signed-attributes',
      `La signature de « ${nom} » ne dit pas en attributs signés sur quoi elle porte : signez au format CAdES.`,
    );
  }
  const { empreinteCertificat: reference, signeLe } = attributs;
  const isAuthentic =
    octetsSignesRecus(signedAttrs).some((octets) =>
      verifySignature(schema, certificat.cle, octets, new Uint8Array(lu.signature.getValue())),
    ) &&
    (!reference || reference.equals(Buffer.from(certificat.x509.fingerprint256.replaceAll(':', ''), 'hex')));
  return {
    fautes: [
      ...checkKey(certificat),
      ...checkContent(nom, attributs.empreinte, context.empreintes.get(empreinte)),
      ...(isAuthentic ? [] : [invalid(nom)]),
      ...checkUsage(certificat),
      ...checkValidity(certificat, context.at),
      ...(confiance === null ? [] : await checkChain(certificat, { ...context, confiance })),
    ],
    signataire: signataireOf(certificat, schema, signeLe),
  };
}

function checkContent(nom: string, annoncee: Buffer, calculee: Buffer | undefined): readonly Faute[] {
  if (calculee?.equals(annoncee)) return [];
  return [
    {
      code: 'signature/digest-mismatch',
      detail: `Le document n'est pas celui que « ${nom} » a signé : joignez le fichier d'origine, ou signez celui-ci.`,
    },
  ];
}

function invalid(nom: string): Faute {
  return {
    code: 'signature/invalid',
    detail: `La signature de « ${nom} » ne correspond pas à son certificat : elle a été altérée, signez de nouveau.`,
  };
}

function signataireOf(certificat: Certificat, schema: Schema, signeLe: Instant | undefined): Signataire {
  return {
    signataire: certificat.nom,
    emetteur: certificat.nomEmetteur,
    numeroSerie: certificat.x509.serialNumber,
    validDu: certificat.validDu,
    validAu: certificat.validAu,
    algorithme: nameOfSchema(schema),
    ...(signeLe === undefined ? {} : { signeLe }),
  };
}

function fault(code: Faute['code'], detail: string): Examen {
  return { fautes: [{ code, detail }] };
}
