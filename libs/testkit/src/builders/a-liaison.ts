import type { Liaison, LiaisonId } from '@teletransmission/teletransmission';
import { DIRECT_TRAITS, LIAISON_DIRECTE, NO_DEPOSIT_RULES } from '@teletransmission/teletransmission';

/** La première liaison, telle que toute base la porte. */
export const DIRECTE: Liaison = {
  id: LIAISON_DIRECTE,
  genre: 'directe',
  nom: 'Liaison directe',
  compte: null,
  traits: DIRECT_TRAITS,
  regles: NO_DEPOSIT_RULES,
  reglages: { url: null, sondagePeriodeMs: null },
  etat: 'ouverte',
  parDefaut: true,
};

/** Une autre liaison, à traits près. */
export function aLiaison(id: string, changes: Partial<Omit<Liaison, 'id'>> = {}): Liaison {
  return { ...DIRECTE, nom: `Liaison ${id}`, parDefaut: false, ...changes, id: id as LiaisonId };
}
