import { frenchDate } from '@teletransmission/kernel';
import type { CivilDate } from '@teletransmission/kernel';
import { FLUX } from '@teletransmission/actes';
import { TRANSMISSION_STATE_LABELS } from '../transmission/labels.fr';
import type { Transmission } from '../transmission/transmission';
import type { TransmissionState } from '../vies/transmission-transitions';

/*
 * Pourquoi la table d'un acte n'admet pas ce qu'on veut lui appliquer, et ce qu'il y a à faire. Écrit pour qui a le retour sous les yeux.
 */

const ASIDE = 'Mettez ce retour de côté.';

/** Un accusé que l'état de son acte n'admet pas. */
export function accuseRefused({ state, dateReception }: Transmission, date: CivilDate): string {
  switch (state) {
    case 'acknowledged':
    case 'cancelling': {
      const known = dateReception === null ? '' : ` du ${frenchDate(dateReception)}`;
      const other =
        state === 'cancelling'
          ? ' Si ce que vous lisez est l’accusé de son annulation, dites « accuse-annulation ».'
          : '';
      return dateReception === date
        ? `Cet accusé${known} est déjà appliqué : il n'y a rien à faire. ${ASIDE}${other}`
        : `L'acte a déjà son accusé${known}, qui fait foi. Demandez à la préfecture laquelle des deux dates vaut. ${ASIDE}${other}`;
    }
    case 'cancelled':
      return `L'acte est annulé, et son annulation acquittée : il le reste. Signalez-le à la préfecture. ${ASIDE}`;
    case 'withdrawn':
      return `L'acte a été retiré ici, et pour la préfecture il est transmis : voyez avec elle s'il faut l'annuler. ${ASIDE}`;
    default:
      return elsewhere(state);
  }
}

/** Un accusé que la préfecture ne rend jamais de ce message-là. */
export function neverAcknowledged({ flux, state }: Transmission): string {
  return flux === '7-1'
    ? 'Une demande de nomenclature n’a pas d’accusé : elle se redemande, ou se termine. Mettez ce retour de côté.'
    : `La préfecture n'accuse jamais réception d'un message « ${FLUX[flux].libelle} » (${TRANSMISSION_STATE_LABELS[state].mot}). ${ASIDE}`;
}

/** Un accusé d'un message qui n'est jamais parti dans son contenu actuel. */
export function neverSent({ state }: Transmission): string {
  return `Rien de cet acte n'est parti dans son contenu actuel (« ${TRANSMISSION_STATE_LABELS[state].mot} ») : un accusé parle d'un autre. Vérifiez auprès de la préfecture de quel acte il parle, et rattachez-le à celui-là, ou mettez ce retour de côté.`;
}

/** L'accusé d'une annulation que personne n'a demandée. */
export function annulationUnasked(): string {
  return `Aucune annulation de cet acte n'a été demandée d'ici : il ne change pas. Appelez la préfecture. ${ASIDE}`;
}

/** L'accusé d'une annulation que l'état de l'acte n'admet plus. */
export function annulationRefused({ state }: Transmission): string {
  return `L'annulation de cet acte n'attend plus d'accusé (« ${TRANSMISSION_STATE_LABELS[state].mot} »). ${ASIDE}`;
}

/** Une anomalie que l'état de son acte n'admet pas. */
export function anomalieRefused({ state }: Transmission): string {
  switch (state) {
    case 'acknowledged':
    case 'cancelling':
      return `L'acte est accusé, et une anomalie ne défait jamais un accusé : signalez la contradiction à la préfecture. ${ASIDE}`;
    case 'rejected':
      return `L'acte est déjà refusé. Corrigez aussi ce que dit cette anomalie avant de le remettre en file. ${ASIDE}`;
    case 'cancelled':
    case 'withdrawn':
      return elsewhere(state);
    default:
      return `Aucun envoi de cet acte n'attend de réponse (« ${TRANSMISSION_STATE_LABELS[state].mot} ») : cette anomalie parle d'un envoi d'avant. Lisez-la, corrigez l'acte s'il le faut. ${ASIDE}`;
  }
}

/** Une lettre au sujet de ce qui n'est pas un acte déposé ici. */
export function lettreWithoutActe(): string {
  return 'Une lettre se joint à un acte : nommez sa délibération, non une demande de nomenclature.';
}

function elsewhere(state: TransmissionState): string {
  return `Dans l'état « ${TRANSMISSION_STATE_LABELS[state].mot} », l'acte n'admet pas ce retour. ${ASIDE}`;
}

/** L'accusé d'une réponse que personne n'a faite. */
export function reponseUnsent(): string {
  return `Aucune réponse à cette lettre n'est partie d'ici : la préfecture n'a rien à en accuser. ${ASIDE}`;
}
