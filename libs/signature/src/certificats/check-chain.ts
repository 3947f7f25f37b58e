import type { Instant } from '@teletransmission/kernel';
import { schemaOf } from './algorithmes';
import type { Faute } from '../faute';
import type { Certificat } from './certificat';
import { checkKey, checkValidity } from './check-certificat';

/** Une chaîne plus longue n'existe pas dans la nature. */
const INTERMEDIAIRES_MAX = 8;

/**
 * Cherche un chemin de ce certificat à une autorité de confiance, par les certificats que la signature apporte
 * (RFC 5280 §6, sans les politiques ni la révocation).
 * @returns aucune faute si un chemin tient ; sinon celles du meilleur chemin, ou `signature/untrusted` s'il n'y en a pas.
 */
export function checkChain(
  certificat: Certificat,
  apportes: readonly Certificat[],
  confiance: readonly Certificat[],
  at: Instant,
): readonly Faute[] {
  const paths = { apportes, confiance, at, seen: new Set<string>() };
  const best = bestPath(certificat, 0, paths);
  if (best) return best;
  return [
    {
      code: 'signature/untrusted',
      detail: `Le certificat de « ${certificat.nom} », délivré par « ${certificat.nomEmetteur} », ne remonte à aucune autorité de confiance : employez un certificat d'une autorité reconnue, ou faites ajouter la sienne.`,
    },
  ];
}

interface Search {
  readonly apportes: readonly Certificat[];
  readonly confiance: readonly Certificat[];
  readonly at: Instant;
  /** Chaque certificat n'est exploré qu'une fois : un lot forgé ne fait pas croître la recherche. */
  readonly seen: Set<string>;
}

function bestPath(
  certificat: Certificat,
  intermediaires: number,
  search: Search,
): readonly Faute[] | undefined {
  const { seen, confiance, apportes } = search;
  if (confiance.some((ancre) => ancre.x509.raw.equals(certificat.x509.raw))) return [];
  if (intermediaires > INTERMEDIAIRES_MAX || seen.has(certificat.x509.fingerprint256)) return undefined;
  seen.add(certificat.x509.fingerprint256);
  let best: readonly Faute[] | undefined;
  for (const emetteur of [...confiance, ...apportes]) {
    if (!hasIssued(emetteur, certificat)) continue;
    const above = bestPath(emetteur, intermediaires + 1, search);
    if (!above) continue;
    const fautes = [...checkLink(certificat, emetteur, intermediaires, search), ...above];
    if (fautes.length === 0) return fautes;
    if (!best || fautes.length < best.length) best = fautes;
  }
  return best;
}

function hasIssued(emetteur: Certificat, certificat: Certificat): boolean {
  if (!certificat.x509.checkIssued(emetteur.x509) || checkKey(emetteur).length > 0) return false;
  try {
    return certificat.x509.verify(emetteur.cle);
  } catch {
    return false;
  }
}

function checkLink(
  certificat: Certificat,
  emetteur: Certificat,
  intermediaires: number,
  { at }: Search,
): readonly Faute[] {
  const schema = schemaOf(certificat.algorithmeSignature);
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
          {
            code: 'signature/untrusted' as const,
            detail: `« ${emetteur.nom} » n'a pas le droit de délivrer le certificat de « ${certificat.nom} ».`,
          },
        ]),
    ...(emetteur.hasExtensionInconnue
      ? [
          {
            code: 'signature/untrusted' as const,
            detail: `Le certificat de « ${emetteur.nom} » porte une restriction que nous ne savons pas appliquer.`,
          },
        ]
      : []),
  ];
}
