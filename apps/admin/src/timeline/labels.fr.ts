import type { EnvoiOutcome, NextStep } from '@teletransmission/teletransmission';

/** Comment un envoi s'est terminé. */
export const ENVOI_OUTCOME_LABELS: Readonly<Record<EnvoiOutcome, string>> = {
  accepted: 'reçu par la préfecture',
  deferred: 'pas reçu, remis à plus tard',
  refused: 'refusé',
  lost: 'réponse perdue',
  found: 'retrouvé à la préfecture',
  absent: 'jamais arrivé à la préfecture',
  answered: 'reçu, puisque la préfecture y a répondu',
};

/** Qui fait l'étape suivante, quand il y en a une. */
export const NEXT_STEP_ACTORS: Readonly<Record<Exclude<NextStep['who'], 'personne'>, string>> = {
  service: 'Le service, de lui-même',
  prefecture: 'La préfecture',
  operateur: 'Un opérateur',
};

/** Les auteurs d'un évènement qui ne sont pas un compte. */
const ACTEUR_LABELS: Readonly<Record<string, string>> = {
  service: 'le service',
  prefecture: 'la préfecture',
  horloge: 'l’échéancier',
  console: 'l’exploitant, par la console',
};

/** L'auteur d'une ligne d'historique, tel qu'il se lit. */
export function acteurLabel(acteur: string): string {
  return ACTEUR_LABELS[acteur] ?? acteur;
}
