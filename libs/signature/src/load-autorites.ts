import type { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readCertificats } from './certificats/read-certificats';

/**
 * Le magasin de confiance d'un processus, lu une fois à son démarrage.
 * @param file le fichier PEM des autorités ; `null` : aucune n'est dite, la chaîne ne sera pas vérifiée.
 * @throws Error quand le fichier ne s'ouvre pas ou ne se lit pas : mieux vaut ne pas démarrer que vérifier sans magasin.
 */
export function loadAutorites(file: string | null): readonly X509Certificate[] | null {
  if (file === null) return null;
  const certificats = readCertificats(readFileSync(file, 'latin1'));
  if (certificats.ok) return certificats.value;
  throw new Error(`SIGNATURE_AUTORITES : ${certificats.problem.detail}`);
}
