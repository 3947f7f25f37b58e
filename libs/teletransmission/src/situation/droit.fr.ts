import type { CivilDate } from '@teletransmission/kernel';
import { frenchDate } from '@teletransmission/kernel';
import { dateExecutoire } from '../publication/executoire';
import type { TransmissionState } from '../vies/transmission-transitions';
import type { Faits } from './faits';
import { endOfWithdrawn } from './transmission.fr';

const RULE = 'CGCT, article L2131-1';

/**
 * Si l'acte est exécutoire, depuis quand et pourquoi, ou ce qui lui manque (CGCT L2131-1). Elle ne dit jamais « validée » : l'accusé prouve
 * la réception, et la fin d'un délai n'est pas une approbation.
 */
export function droitPhrase(faits: Faits): string {
  const { state } = faits.transmission;
  if (state === 'cancelled')
    return 'Pas exécutoire : l’annulation est acquittée, l’acte est réputé n’avoir jamais été transmis.';
  if (state === 'withdrawn') return `Pas exécutoire : ${endOfWithdrawn(faits)}.`;
  const phrase = executoirePhrase(faits);
  return state === 'cancelling'
    ? `${phrase} Son annulation est demandée, et ne vaudra qu’une fois accusée par la préfecture.`
    : phrase;
}

function executoirePhrase({ transmission, publication }: Faits): string {
  const { state, dateReception } = transmission;
  const { datePublication } = publication;
  if (dateReception === null)
    return `Pas encore exécutoire : ${missingOf(state, datePublication)} (${RULE}).`;
  if (datePublication === null)
    return `Pas encore exécutoire : reçue par l’État, mais pas encore publiée (${RULE}).`;
  const executoire = dateExecutoire(state, dateReception, datePublication) ?? datePublication;
  return `Exécutoire depuis le ${frenchDate(executoire)}${lastOf(dateReception, datePublication)} (${RULE}).`;
}

function missingOf(state: TransmissionState, datePublication: CivilDate | null): string {
  if (state === 'rejected')
    return datePublication === null
      ? 'la préfecture a refusé l’envoi, et elle n’est pas publiée'
      : 'publiée, mais la préfecture a refusé l’envoi';
  return datePublication === null
    ? 'il manque la réception par l’État et la publication'
    : 'publiée, mais l’État n’en a pas accusé réception';
}

function lastOf(dateReception: CivilDate, datePublication: CivilDate): string {
  if (dateReception === datePublication) return ' : reçue par l’État et publiée le même jour';
  return datePublication > dateReception
    ? ', la plus tardive des deux dates : la publication a suivi la réception par l’État'
    : ', la plus tardive des deux dates : la réception par l’État a suivi la publication';
}
