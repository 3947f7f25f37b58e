import type { Instant } from '@teletransmission/kernel';
import type { DepartureWaitCode } from '../prefecture/departure-wait';
import { departureWaitOf } from '../prefecture/departure-wait';
import type { StopReason } from './transmission';
import type { TransmissionState } from './transitions';

/** La prochaine étape d'une transmission : qui la fait, quoi, et quand si c'est connu. */
export interface NextStep {
  readonly who: 'service' | 'prefecture' | 'operateur' | 'personne';
  readonly texte: string;
  readonly at: Instant | null;
}

const STEPS: Readonly<Record<TransmissionState, Omit<NextStep, 'at'>>> = {
  queued: { who: 'service', texte: 'La mise sous enveloppe suit d’elle-même.' },
  sealed: { who: 'service', texte: 'L’envoi à la préfecture suit de lui-même.' },
  sending: { who: 'service', texte: 'La réponse de la préfecture à l’envoi est attendue.' },
  uncertain: {
    who: 'service',
    texte: 'Nous demandons à la préfecture si elle a l’archive ; rien ne repart avant.',
  },
  'awaiting-ack': {
    who: 'prefecture',
    texte: 'L’accusé de réception est attendu, au plus tard à l’échéance.',
  },
  delivered: { who: 'personne', texte: 'Rien : la préfecture n’en accuse pas réception.' },
  acknowledged: { who: 'personne', texte: 'Rien : la transmission est acquittée.' },
  rejected: {
    who: 'operateur',
    texte:
      'Corriger ce que la préfecture reproche, par un dépôt de correction ; sinon remettre en file ou retirer.',
  },
  held: { who: 'operateur', texte: 'Lire la raison de l’arrêt, puis corriger, remettre en file ou retirer.' },
  cancelling: { who: 'prefecture', texte: 'L’accusé de l’annulation est attendu.' },
  cancelled: { who: 'personne', texte: 'Rien : l’acte est annulé.' },
  withdrawn: { who: 'personne', texte: 'Rien : l’acte est retiré, ou sa correction le remplace.' },
};

const NOT_BEFORE = 'Pas avant la date demandée au dépôt ; la mise sous enveloppe suivra d’elle-même.';

/** Une pause ou une coupure ne disent pas leur fin : la date où l'on y regarde de nouveau n'est pas celle du départ. */
const WAITS: Readonly<Record<DepartureWaitCode, { readonly texte: string; readonly isDated: boolean }>> = {
  'prefecture/paused': {
    texte: 'Les envois vers sa préfecture sont suspendus ; il partira de lui-même à la reprise.',
    isDated: false,
  },
  'prefecture/circuit-open': {
    texte: 'Sa préfecture ne répond plus ; il partira de lui-même dès qu’elle répondra.',
    isDated: false,
  },
  'prefecture/interrupted': {
    texte: 'Sa préfecture a annoncé un arrêt ; l’envoi suit de lui-même à la fin.',
    isDated: true,
  },
  'prefecture/closed': {
    texte: 'Sa préfecture est hors de ses heures ; l’envoi suit de lui-même à l’ouverture.',
    isDated: true,
  },
  'prefecture/budget-spent': { texte: 'L’envoi suit de lui-même, à son tour.', isDated: true },
};

/** Ce qui vient ensuite, d'après l'état et les dates que la base porte. */
export function nextStepOf(transmission: {
  readonly state: TransmissionState;
  readonly nextTurnAt: Instant | null;
  readonly ackDueAt: Instant | null;
  readonly stopReason: StopReason | null;
}): NextStep {
  // En file, seule une date demandée au dépôt fait attendre.
  if (transmission.state === 'queued' && transmission.nextTurnAt !== null)
    return { who: 'service', texte: NOT_BEFORE, at: transmission.nextTurnAt };
  const wait = departureWaitOf(transmission);
  if (wait !== null) {
    const { texte, isDated } = WAITS[wait];
    return { who: 'service', texte, at: isDated ? transmission.nextTurnAt : null };
  }
  const at = transmission.state === 'awaiting-ack' ? transmission.ackDueAt : transmission.nextTurnAt;
  return { ...STEPS[transmission.state], at };
}
