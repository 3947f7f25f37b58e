import type { CollectiviteId, CompteId } from '../ids';
import type { Instant } from '@teletransmission/kernel';

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

/** Un jeton tel qu'il se garde : son empreinte, jamais lui-même. */
export interface StoredJeton {
  readonly compteId: CompteId;
  readonly empreinte: string;
  readonly creeLe: Instant;
  /** Quand il ne vaudra plus ; absent ou `null` : jusqu'à ce qu'on le renouvelle ou le révoque. */
  readonly expireLe?: Instant | null;
}
