import { FLUX } from '@teletransmission/actes';
import type { FluxLettre } from '../../correspondance/correspondance';
import type { LiaisonRepository } from '../../ports/liaison/liaisons';
import type { Retour } from '../../retour/retour';

/**
 * Vrai si la liaison par où cette lettre est venue l'a déjà accusée à la préfecture : la nôtre la doublerait. Une lettre qui ne s'accuse
 * jamais ne le demande pas.
 */
export async function isAcknowledgedUpstream(
  liaisons: Pick<LiaisonRepository, 'find'>,
  { liaisonId }: Retour,
  flux: FluxLettre,
): Promise<boolean> {
  if (!FLUX[flux].accuseAutomatique) return false;
  return (await liaisons.find(liaisonId))?.traits.accuseLettres ?? false;
}
