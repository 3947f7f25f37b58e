import type { Instant } from '@teletransmission/kernel';
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

/** Ce qui vient ensuite, d'après l'état et les dates que la base porte. */
export function nextStepOf(transmission: {
  readonly state: TransmissionState;
  readonly nextTurnAt: Instant | null;
  readonly ackDueAt: Instant | null;
}): NextStep {
  // En file, seule une date demandée au dépôt fait attendre.
  if (transmission.state === 'queued' && transmission.nextTurnAt !== null)
    return { who: 'service', texte: NOT_BEFORE, at: transmission.nextTurnAt };
  const at = transmission.state === 'awaiting-ack' ? transmission.ackDueAt : transmission.nextTurnAt;
  return { ...STEPS[transmission.state], at };
}
