import type { Compte, CompteId } from '@teletransmission/teletransmission';

/** Un administrateur de plateforme, ou ce que le test en change. */
export function aCompte(changes: Partial<Compte> = {}): Compte {
  return {
    id: 'a0000000-0000-7000-8000-000000000001' as CompteId,
    nom: 'Logiciel des séances',
    role: 'administrateur',
    collectiviteId: null,
    ...changes,
  };
}
