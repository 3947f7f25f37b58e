import { departureWaitOf } from '../prefecture/departure-wait';
import { TRANSMISSION_STATE_LABELS } from '../transmission/labels.fr';
import type { Depart, Faits } from './faits';

const HELD: Readonly<Record<Depart, string>> = {
  aucun: 'Arrêtée ici avant tout envoi : une personne doit décider.',
  'sans-effet': 'Arrêtée ici ; la préfecture n’a pris aucun de ses envois. Une personne doit décider.',
  incertain:
    'Arrêtée ici, et peut-être déjà à la préfecture : une personne doit le lui demander, puis décider.',
  pris: 'Arrêtée ici, après un envoi que la préfecture a refusé : une personne doit décider.',
};

/** Comment finit une délibération qui ne part plus : le participe se lit aussi à la suite de « Pas exécutoire : ». */
const WITHDRAWN: Readonly<Record<Depart, string>> = {
  aucun: 'retirée avant tout envoi',
  'sans-effet': 'retirée, sans que la préfecture ait pris aucun de ses envois',
  incertain: 'retirée, alors qu’un envoi a pu arriver ; demandez à la préfecture si elle l’a',
  pris: 'envoyée, refusée par la préfecture, puis retirée',
};
const SUPERSEDED: Readonly<Record<Depart, string>> = {
  aucun: 'arrêtée avant tout envoi, puis remplacée par sa correction',
  'sans-effet': 'remplacée par sa correction, sans que la préfecture ait pris aucun de ses envois',
  incertain:
    'remplacée par sa correction, alors qu’un envoi a pu arriver ; demandez à la préfecture si elle l’a',
  pris: 'envoyée, refusée par la préfecture, puis remplacée par sa correction',
};

/** Pourquoi plus rien ne part d'une délibération retirée, et ce qui en était parti. */
export function endOfWithdrawn({ transmission, corrigeePar }: Faits): string {
  return (corrigeePar === null ? WITHDRAWN : SUPERSEDED)[transmission.depart];
}

/** Où en est la transmission, en une phrase. */
export function transmissionPhrase(faits: Faits): string {
  const { transmission } = faits;
  const { state, depart, isOverdue, nextTurnAt, stopReason } = transmission;
  switch (state) {
    case 'queued':
      if (nextTurnAt !== null) return 'Elle attend la date demandée à son dépôt.';
      if (depart === 'pris') return 'Refusée par la préfecture, elle repartira sous une enveloppe neuve.';
      if (depart !== 'aucun') return 'Remise en file, elle partira sous une enveloppe neuve.';
      break;
    case 'sealed':
      if (departureWaitOf(transmission) !== null)
        return 'L’enveloppe est prête, et attend de pouvoir partir.';
      if (stopReason !== null) return 'Le dernier envoi n’a pas été pris ; un autre suivra.';
      break;
    case 'awaiting-ack':
      if (isOverdue) return 'Remise à la préfecture ; son accusé de réception aurait dû arriver.';
      break;
    case 'held':
      return HELD[depart];
    case 'withdrawn':
      return capitalized(`${endOfWithdrawn(faits)}.`);
    default:
  }
  return TRANSMISSION_STATE_LABELS[state].phrase;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
