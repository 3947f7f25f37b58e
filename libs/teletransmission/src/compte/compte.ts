import type { CollectiviteId, CompteId } from '../ids';

export const ROLES = ['deposant', 'operateur', 'auditeur', 'administrateur'] as const;

/** Ce qu'un compte a le droit de faire ; le détail est dans `permissions.ts`. */
export type Role = (typeof ROLES)[number];

/** Qui demande. `collectiviteId` nul : le compte vaut pour toute la plateforme. */
export interface Compte {
  readonly id: CompteId;
  readonly nom: string;
  readonly role: Role;
  readonly collectiviteId: CollectiviteId | null;
}
