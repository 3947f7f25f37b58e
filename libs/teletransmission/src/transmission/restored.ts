import type { Instant } from '@teletransmission/kernel';
import type { StopReason, Transmission } from './transmission';
import type { OpenedEnvoi } from './envoi';

/** Pourquoi s'arrête un envoi dont la préfecture n'a pas l'archive, quand une restauration l'a mis en doute. */
export const ABSENT_UNDER_THIS_NAME: StopReason = {
  code: 'restauration/absent-under-this-name',
  detail:
    'Restauration : la préfecture n’a pas l’archive sous ce nom, mais l’acte a pu partir sous un autre après la sauvegarde. ' +
    'Demandez-lui si elle l’a, par son identifiant ; sinon, remettez-le en file.',
};

/**
 * Vrai tant que le cycle en cours est celui de la sauvegarde restaurée : l'acte a pu être remis en file depuis, et partir sous un nom que
 * plus personne ne connaît ici. Une demande de nomenclature (7-1) n'est jamais en doute : demander deux fois n'engage à rien.
 */
export function isInDoubt({ restored, cycle, flux }: Transmission): boolean {
  return restored !== null && restored.cycle === cycle && flux !== '7-1';
}

/**
 * Depuis quand cette transmission a pu partir : son premier envoi, ou l'image restaurée, après laquelle elle a pu partir à notre insu.
 * @returns `null` quand rien n'a pu en partir.
 */
export function couldLeaveSince({ restored }: Transmission, sent: OpenedEnvoi | null): Instant | null {
  if (!restored) return sent?.premierOuvertLe ?? null;
  return sent && sent.premierOuvertLe < restored.imageDu ? sent.premierOuvertLe : restored.imageDu;
}

/** L'instant où elle est partie, s'il n'a pas été perdu avec ce qui a suivi l'image. */
export function departureOf(transmission: Transmission, at: Instant): Instant | null {
  const { restored } = transmission;
  return isInDoubt(transmission) && restored !== null && at > restored.imageDu ? null : at;
}
