import type { Instant } from '@teletransmission/kernel';
import type { DepartureWaitCode } from '../prefecture/departure-wait';
import { departureWaitOf } from '../prefecture/departure-wait';
import type { StopReason } from '../transmission/transmission';
import type { TransmissionState } from '../vies/transmission-transitions';
import type { Faits } from './faits';
import type { ReponseView } from './courrier-view';

/** La prochaine étape d'une transmission : qui la fait, quoi, et quand si c'est connu. */
export interface NextStep {
  readonly who: 'service' | 'prefecture' | 'operateur' | 'personne';
  readonly texte: string;
  readonly at: Instant | null;
  /** Ce que dit la date : quand c'est prévu, avant quand rien ne se fait, ou jusqu'à quand on attend. */
  readonly sens: 'prevu' | 'pas-avant' | 'echeance';
}

type Step = Pick<NextStep, 'who' | 'texte'>;

const STEPS: Readonly<Record<TransmissionState, Step>> = {
  queued: { who: 'service', texte: 'La mise sous enveloppe suit d’elle-même.' },
  sealed: { who: 'service', texte: 'L’envoi à la préfecture suit de lui-même.' },
  sending: { who: 'service', texte: 'La réponse de la préfecture à l’envoi est attendue.' },
  uncertain: {
    who: 'service',
    texte: 'Nous demandons à la préfecture si elle a l’archive ; rien ne repart avant.',
  },
  'awaiting-ack': { who: 'prefecture', texte: 'L’accusé de réception est attendu.' },
  delivered: { who: 'personne', texte: 'Rien : la préfecture n’en accuse pas réception.' },
  acknowledged: { who: 'personne', texte: 'Rien à transmettre : la préfecture en a accusé réception.' },
  rejected: {
    who: 'operateur',
    texte:
      'Corriger ce que la préfecture reproche, par un dépôt de correction ; sinon remettre en file ou retirer.',
  },
  held: { who: 'operateur', texte: 'Lire la raison de l’arrêt, puis corriger, remettre en file ou retirer.' },
  cancelling: {
    who: 'prefecture',
    texte: 'L’accusé de l’annulation est attendu ; d’ici là, l’acte reste transmis.',
  },
  cancelled: { who: 'personne', texte: 'Rien : l’acte est annulé.' },
  withdrawn: { who: 'personne', texte: 'Rien : l’acte est retiré.' },
};

const SUPERSEDED: Step = { who: 'personne', texte: 'Rien : sa correction le remplace, et a sa propre page.' };
const MAYBE_THERE: Readonly<Partial<Record<TransmissionState, Step>>> = {
  held: {
    who: 'operateur',
    texte: 'Demander à la préfecture si elle l’a, puis remettre en file, corriger ou retirer.',
  },
  withdrawn: {
    who: 'operateur',
    texte: 'Demander à la préfecture si elle l’a : il a pu partir sans que nous le sachions.',
  },
};
const OVERDUE: Step = {
  who: 'operateur',
  texte:
    'Demander à la préfecture si elle l’a bien reçu : son accusé aurait dû arriver. Si elle ne l’a pas, deux personnes le constatent, et il repart.',
};
const NOT_BEFORE: Step = {
  who: 'service',
  texte: 'Rien ne part avant la date demandée au dépôt ; la mise sous enveloppe suivra d’elle-même.',
};

/** Le message d'annulation (6-1) a sa propre vie : tant qu'il n'est pas remis, aucun accusé n'est attendu. */
const ANNULATION_STEPS: Readonly<Partial<Record<TransmissionState, Step>>> = {
  queued: {
    who: 'service',
    texte: 'Le message d’annulation part de lui-même ; d’ici là, l’acte reste transmis.',
  },
  sealed: {
    who: 'service',
    texte: 'Le message d’annulation part de lui-même ; d’ici là, l’acte reste transmis.',
  },
  sending: {
    who: 'service',
    texte: 'Le message d’annulation part vers la préfecture ; d’ici là, l’acte reste transmis.',
  },
  uncertain: {
    who: 'service',
    texte: 'Nous demandons à la préfecture si elle a le message d’annulation ; rien ne repart avant.',
  },
  held: {
    who: 'operateur',
    texte:
      'Le message d’annulation est arrêté : lire sa raison, puis le remettre en file ou le retirer ; l’acte reste transmis.',
  },
};

/** Une pause ou une coupure ne disent pas leur fin : la date où l'on y regarde de nouveau n'est pas celle du départ. */
const WAITS: Readonly<Record<DepartureWaitCode, { readonly texte: string; readonly isDated: boolean }>> = {
  'prefecture/paused': {
    texte: 'Les envois vers sa préfecture sont suspendus ; l’envoi suit de lui-même à la reprise.',
    isDated: false,
  },
  'prefecture/circuit-open': {
    texte: 'Sa préfecture ne répond plus ; l’envoi suit de lui-même dès qu’elle répondra.',
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

interface MessageFaits {
  readonly state: TransmissionState;
  readonly isOverdue: boolean;
  readonly nextTurnAt: Instant | null;
  readonly ackDueAt: Instant | null;
  readonly stopReason: StopReason | null;
}

/** Ce qui vient ensuite pour un acte, d'après l'état et les dates que la base porte. */
export function suiteOf({ transmission, corrigeePar }: Faits): NextStep {
  const { state, annulation, depart } = transmission;
  const maybeThere = depart === 'incertain' ? MAYBE_THERE[state] : undefined;
  if (maybeThere) return undated(maybeThere);
  if (state === 'withdrawn' && corrigeePar !== null) return undated(SUPERSEDED);
  const onAnnulation = state === 'cancelling' && annulation ? ANNULATION_STEPS[annulation.state] : undefined;
  return onAnnulation ? undated(onAnnulation) : stepOf(transmission);
}

/** Arrêtée ou refusée, une réponse rend sa lettre à qui doit y répondre. */
const REPONSE_STEPS: Readonly<Partial<Record<TransmissionState, Step>>> = {
  rejected: {
    who: 'operateur',
    texte:
      'La préfecture a refusé ce message : en déposer un autre si la lettre attend une réponse ; sinon le remettre en file ou le retirer.',
  },
  held: {
    who: 'operateur',
    texte:
      'Lire la raison de l’arrêt, puis remettre ce message en file, le retirer, ou répondre de nouveau si la lettre attend une réponse.',
  },
  withdrawn: { who: 'personne', texte: 'Rien : ce message est retiré.' },
};

/** Ce qui vient ensuite pour le message rendu à une lettre. */
export function suiteOfReponse(reponse: Pick<ReponseView, keyof MessageFaits>): NextStep {
  const own = REPONSE_STEPS[reponse.state];
  return own ? undated(own) : stepOf(reponse);
}

/** « Pas avant l'heure demandée », « C'est prévu »… : ce qui se dit devant la date d'une étape. */
export function announcementOf({ sens, at }: NextStep, now: Instant): string {
  if (at !== null && at < now) return sens === 'echeance' ? 'Échéance passée ' : 'C’était prévu ';
  if (sens === 'pas-avant') return 'Pas avant l’heure demandée, ';
  return sens === 'echeance' ? 'Au plus tard ' : 'C’est prévu ';
}

function undated(step: Step): NextStep {
  return { ...step, at: null, sens: 'prevu' };
}

function stepOf(message: MessageFaits): NextStep {
  const { state, nextTurnAt, ackDueAt, isOverdue } = message;
  // En file, seule une date demandée au dépôt fait attendre.
  if (state === 'queued' && nextTurnAt !== null) return { ...NOT_BEFORE, at: nextTurnAt, sens: 'pas-avant' };
  if (state === 'awaiting-ack')
    return { ...(isOverdue ? OVERDUE : STEPS[state]), at: ackDueAt, sens: 'echeance' };
  const wait = departureWaitOf(message);
  if (wait === null) return { ...STEPS[state], at: nextTurnAt, sens: 'prevu' };
  const { texte, isDated } = WAITS[wait];
  return { who: 'service', texte, at: isDated ? nextTurnAt : null, sens: 'prevu' };
}
