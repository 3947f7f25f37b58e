import type { Instant } from '@teletransmission/kernel';
import { epochMsOf } from '@teletransmission/kernel';
import { CertificateChainValidationEngine } from 'pkijs';
import { ENGINE } from '../asn1/pki';
import type { Faute } from '../faute';
import type { Revocations } from '../revocations/revocations';
import { checkRevocation } from '../revocations/check-revocation';
import { schemaOf } from '../certificats/algorithmes';
import type { Certificat } from '../certificats/certificat';
import { checkValidity } from '../certificats/check-certificat';
import type { Chemin } from './find-paths';
import { findPaths, INTERMEDIAIRES_MAX } from './find-paths';

/** De quoi juger une chaîne. */
export interface ChainContext {
  /** Ce que la signature apporte. */
  readonly apportes: readonly Certificat[];
  readonly confiance: readonly Certificat[];
  readonly revocations: Revocations;
  readonly at: Instant;
}

/**
 * Cherche un chemin de ce certificat à une autorité de confiance (RFC 5280 §6) : contraintes de noms et politiques par pkijs, révocation
 * par ce que la signature ou la configuration apportent ; rien ne passe par le réseau.
 * @returns aucune faute si un chemin tient ; sinon celles du meilleur chemin, ou `signature/untrusted` s'il n'y en a pas.
 */
export async function checkChain(certificat: Certificat, context: ChainContext): Promise<readonly Faute[]> {
  let best: readonly Faute[] | undefined;
  for (const chemin of findPaths(certificat, context.apportes, context.confiance)) {
    const fautes = await checkPath(chemin, context);
    if (fautes.length === 0) return fautes;
    if (!best || fautes.length < best.length) best = fautes;
  }
  return (
    best ?? [
      untrusted(
        `Le certificat de « ${certificat.nom} », délivré par « ${certificat.nomEmetteur} », ne remonte à aucune autorité de confiance : employez un certificat d'une autorité reconnue, ou faites ajouter la sienne.`,
      ),
    ]
  );
}

async function checkPath(chemin: Chemin, context: ChainContext): Promise<readonly Faute[]> {
  const fautes: Faute[] = [];
  for (const [index, emetteur] of chemin.slice(1).entries()) {
    const certificat = chemin[index];
    if (!certificat) continue;
    fautes.push(
      ...checkLink(certificat, emetteur, index, context.at),
      ...(await checkRevocation(certificat, emetteur, context.revocations, context.at)),
    );
  }
  if (fautes.length > 0 || (await holds(chemin, context.at))) return fautes;
  return [
    untrusted(
      `Le certificat de « ${chemin[0].nom} » ne respecte pas ce que ses autorités lui imposent (noms permis, politiques, usages) : employez un certificat d'une autorité reconnue.`,
    ),
  ];
}

/** Le jugement de pkijs sur un chemin déjà trouvé, dont chaque signature est vérifiée : il n'a plus rien à chercher. */
async function holds(chemin: Chemin, at: Instant): Promise<boolean> {
  const pkis = chemin.map(({ pki }) => pki);
  const ancre = pkis.at(-1);
  if (pkis.length < 2 || !ancre) return true;
  const engine = new CertificateChainValidationEngine({
    trustedCerts: [ancre],
    // Le moteur tient le dernier pour celui du signataire.
    certs: pkis.slice(0, -1).reverse(),
    checkDate: new Date(epochMsOf(at)),
    findIssuer: (certificat) => Promise.resolve(pkis.slice(pkis.indexOf(certificat) + 1).slice(0, 1)),
  });
  return (await engine.verify({}, ENGINE)).result;
}

function checkLink(
  certificat: Certificat,
  emetteur: Certificat,
  intermediaires: number,
  at: Instant,
): readonly Faute[] {
  const schema = schemaOf(certificat.pki.signatureAlgorithm);
  const isWeak = schema === 'faible' || schema === 'inconnu';
  const isAllowed = emetteur.isAutorite && intermediaires <= (emetteur.longueurChemin ?? INTERMEDIAIRES_MAX);
  return [
    ...checkValidity(emetteur, at),
    ...(isWeak
      ? [
          {
            code: 'signature/weak-algorithm' as const,
            detail: `Le certificat de « ${certificat.nom} » a été signé avec une empreinte trop faible ou inconnue : faites-le renouveler.`,
          },
        ]
      : []),
    ...(isAllowed
      ? []
      : [
          untrusted(
            `« ${emetteur.nom} » n'a pas le droit de délivrer le certificat de « ${certificat.nom} ».`,
          ),
        ]),
    ...(emetteur.hasExtensionInconnue
      ? [
          untrusted(
            `Le certificat de « ${emetteur.nom} » porte une restriction que nous ne savons pas appliquer.`,
          ),
        ]
      : []),
  ];
}

function untrusted(detail: string): Faute {
  return { code: 'signature/untrusted', detail };
}
