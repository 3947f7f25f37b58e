import { frenchDate } from '@teletransmission/kernel';
import type { DeliberationView } from '@teletransmission/teletransmission';
import { dateExecutoire } from '@teletransmission/teletransmission';

const RULE = 'CGCT, article L2131-1';

/**
 * La phrase qui explique la date exécutoire, ou ce qui lui manque. Elle ne dit jamais « validée » : l'accusé prouve la réception,
 * et la fin d'un délai n'est pas une approbation.
 */
export function executoireSentence(view: Pick<DeliberationView, 'transmission' | 'publication'>): string {
  const { state, dateReception } = view.transmission;
  const { datePublication } = view.publication;
  if (state === 'cancelled')
    return 'Pas exécutoire : l’annulation est acquittée, l’acte est réputé n’avoir jamais été transmis.';
  if (dateReception === null && state === 'withdrawn')
    return 'Pas exécutoire : la transmission a été retirée avant tout envoi.';
  if (dateReception === null && datePublication === null) {
    return `Pas encore exécutoire : il manque la réception par l’État et la publication (${RULE}).`;
  }
  if (dateReception === null)
    return `Pas encore exécutoire : publiée, mais l’État n’en a pas accusé réception (${RULE}).`;
  if (datePublication === null)
    return `Pas encore exécutoire : reçue par l’État, mais pas encore publiée (${RULE}).`;
  const executoire = dateExecutoire(state, dateReception, datePublication) ?? datePublication;
  const date = frenchDate(executoire);
  if (dateReception === datePublication)
    return `Exécutoire depuis le ${date} : reçue par l’État et publiée le même jour (${RULE}).`;
  const last =
    executoire === datePublication
      ? 'la publication a suivi la réception par l’État'
      : 'la réception par l’État a suivi la publication';
  return `Exécutoire depuis le ${date}, la plus tardive des deux dates : ${last} (${RULE}).`;
}
