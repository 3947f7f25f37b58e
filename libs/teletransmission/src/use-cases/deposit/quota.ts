import type { Problem } from '@teletransmission/kernel';
import type { Collectivite } from '../../collectivite/collectivite';
import type { DeliberationRepository } from '../../ports/actes/deliberations';
import { problems } from '../../problems';
import type { StoredFile } from '../../deliberation/deliberation';

/**
 * Ce qu'un dépôt a de trop pour le quota de sa collectivité. Deux dépôts simultanés peuvent le passer ensemble, de ce qu'ils pèsent : le
 * suivant est refusé.
 * @returns `null` quand il y tient, ou que rien ne limite.
 */
export async function quotaFault(
  deliberations: Pick<DeliberationRepository, 'storedBytes'>,
  { id, quotaOctets }: Pick<Collectivite, 'id' | 'quotaOctets'>,
  fichiers: readonly StoredFile[],
): Promise<Problem | null> {
  if (quotaOctets === null) return null;
  const stored = await deliberations.storedBytes(id);
  const asked = fichiers.reduce((sum, { tailleOctets }) => sum + tailleOctets, 0);
  return stored + asked > quotaOctets ? problems.quotaReached(quotaOctets, stored, asked) : null;
}
