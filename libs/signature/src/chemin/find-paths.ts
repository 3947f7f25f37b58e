import type { Certificat } from '../certificats/certificat';
import { checkKey } from '../certificats/check-certificat';

/** Une chaîne plus longue n'existe pas dans la nature. */
export const INTERMEDIAIRES_MAX = 8;

/** Ce qu'un lot forgé de certificats peut nous faire essayer : de vraies chaînes en demandent une dizaine. */
const VERIFICATIONS_MAX = 256;

/** Du certificat d'un signataire à une autorité de confiance, les deux compris. */
export type Chemin = readonly [certificat: Certificat, ...emetteurs: Certificat[]];

interface Search {
  readonly candidats: readonly Certificat[];
  readonly confiance: readonly Certificat[];
  left: number;
}

/**
 * Les chemins d'un certificat aux autorités de confiance, par les certificats apportés, du plus direct au plus long. Le moteur de pkijs
 * saurait les chercher, mais sans borne, et en abandonnant tout à la première impasse.
 */
export function* findPaths(
  certificat: Certificat,
  apportes: readonly Certificat[],
  confiance: readonly Certificat[],
): Generator<Chemin> {
  const search = { candidats: [...confiance, ...apportes], confiance, left: VERIFICATIONS_MAX };
  yield* extend([certificat], certificat, search);
}

function* extend(chemin: Chemin, last: Certificat, search: Search): Generator<Chemin> {
  if (search.confiance.some((ancre) => isSame(ancre, last))) {
    yield chemin;
    return;
  }
  if (chemin.length > INTERMEDIAIRES_MAX + 1) return;
  for (const emetteur of search.candidats) {
    if (chemin.some((dejaVu) => isSame(dejaVu, emetteur)) || !hasIssued(emetteur, last, search)) continue;
    yield* extend([...chemin, emetteur], emetteur, search);
  }
}

const isSame = (a: Certificat, b: Certificat): boolean => a.x509.fingerprint256 === b.x509.fingerprint256;

function hasIssued(emetteur: Certificat, certificat: Certificat, search: Search): boolean {
  if (search.left === 0 || !certificat.x509.checkIssued(emetteur.x509)) return false;
  search.left -= 1;
  if (checkKey(emetteur).length > 0) return false;
  try {
    return certificat.x509.verify(emetteur.cle);
  } catch {
    return false;
  }
}
