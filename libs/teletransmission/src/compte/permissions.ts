import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { CollectiviteId } from '../ids';
import { problems } from '../problems';
import type { Compte, Role } from './compte';

/** Tout ce qui se demande au service. Une action absente de ce tableau n'existe pas ; un rôle absent de sa ligne est refusé. */
export const PERMISSIONS = {
  'deposer-deliberation': ['deposant', 'administrateur'],
  'corriger-deliberation': ['deposant', 'operateur', 'administrateur'],
  'suivre-deliberation': ['deposant', 'operateur', 'auditeur', 'administrateur'],
  'declarer-publication': ['deposant', 'operateur', 'administrateur'],
  'retirer-transmission': ['deposant', 'operateur', 'administrateur'],
  'retenir-transmission': ['operateur', 'administrateur'],
  'reprendre-transmission': ['operateur', 'administrateur'],
  'constater-envoi': ['operateur', 'administrateur'],
  'annuler-transmission': ['deposant', 'operateur', 'administrateur'],
  'lire-retours': ['operateur', 'auditeur', 'administrateur'],
  'traiter-retour': ['operateur', 'administrateur'],
  'lire-courriers': ['deposant', 'operateur', 'auditeur', 'administrateur'],
  'repondre-courrier': ['deposant', 'operateur', 'administrateur'],
  'lire-nomenclature': ['deposant', 'operateur', 'auditeur', 'administrateur'],
  'demander-nomenclature': ['operateur', 'administrateur'],
  'lire-historique-acte': ['deposant', 'operateur', 'auditeur', 'administrateur'],
  'lire-historique': ['operateur', 'auditeur', 'administrateur'],
  'lire-alertes': ['operateur', 'auditeur', 'administrateur'],
  'lire-accuses': ['deposant', 'operateur', 'auditeur', 'administrateur'],
  'ouvrir-bureau': ['operateur', 'auditeur', 'administrateur'],
  'voir-files': ['operateur', 'administrateur'],
  'voir-prefectures': ['operateur', 'auditeur', 'administrateur'],
  'suspendre-prefecture': ['operateur', 'administrateur'],
  'regler-prefecture': ['administrateur'],
  administrer: ['administrateur'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof PERMISSIONS;

/**
 * Dit si ce compte peut faire cette action sur cette collectivité (`null` : sur toute la plateforme). Refuse par défaut.
 * @returns le refus `compte/forbidden` quand le rôle ne le permet pas, `compte/other-collectivite` hors de sa collectivité.
 */
export function authorize(
  compte: Compte,
  action: Action,
  collectiviteId: CollectiviteId | null,
): Result<void> {
  const roles: readonly Role[] = PERMISSIONS[action];
  if (!roles.includes(compte.role)) return refuse(problems.forbidden(action, compte.role, roles));
  if (compte.collectiviteId !== null && compte.collectiviteId !== collectiviteId)
    return refuse(problems.otherCollectivite());
  return ok(undefined);
}
