import type { Instant } from '@teletransmission/kernel';
import type { CollectiviteId, DeliberationId } from '../ids';

/**
 * Tout ce dont on alerte. La liste est fermée : la base la porte dans `genres_alerte`, où un genre nouveau s'ajoute par une migration,
 * et chaque tableau qui suit ne compile pas sans lui.
 */
export const ALERTE_GENRES = [
  'defere',
  'defere-au-bac',
  'mise-sous-enveloppe-en-attente',
  'envoi-en-attente',
  'envoi-interrompu',
  'envoi-incertain',
  'accuse-lent',
  'accuse-en-retard',
  'annulation-sans-accuse',
  'retenue-sans-decision',
  'anomalie-sans-suite',
  'retour-non-applique',
  'retour-au-bac',
  'retour-non-releve',
  'courrier-bientot-echu',
  'courrier-presque-echu',
  'courrier-echu',
  'releve-absente',
  'balayage-absent',
  'travailleurs-absents',
  'envois-non-pris',
  'horloge-ecartee',
  'horloge-reculee',
] as const;
export type AlerteGenre = (typeof ALERTE_GENRES)[number];

/** 0 : avant tout le reste ; 1 : à faire maintenant ; 2 : à faire aujourd'hui ; 3 : à savoir. */
export type Gravite = 0 | 1 | 2 | 3;

export const ALERTE_SUJETS = ['transmission', 'retour', 'correspondance', 'service', 'prefecture'] as const;
/** Ce dont parle une alerte ; `service` est le fonctionnement du service lui-même, `prefecture` se désigne par son département. */
export type AlerteSujet = (typeof ALERTE_SUJETS)[number];

export const GRAVITES: Readonly<Record<AlerteGenre, Gravite>> = {
  defere: 0,
  'defere-au-bac': 0,
  'travailleurs-absents': 1,
  'balayage-absent': 1,
  'releve-absente': 1,
  'horloge-ecartee': 1,
  'horloge-reculee': 1,
  'courrier-echu': 1,
  'courrier-presque-echu': 1,
  'envoi-incertain': 1,
  'envoi-interrompu': 1,
  'envois-non-pris': 1,
  'accuse-en-retard': 2,
  'mise-sous-enveloppe-en-attente': 2,
  'envoi-en-attente': 2,
  'annulation-sans-accuse': 2,
  'retenue-sans-decision': 2,
  'anomalie-sans-suite': 2,
  'retour-non-applique': 2,
  'retour-au-bac': 2,
  'retour-non-releve': 2,
  'courrier-bientot-echu': 3,
  'accuse-lent': 3,
};

/** Une alerte : ce qui attend une personne, depuis quand, et pourquoi. Une seule est ouverte par genre et par sujet. */
export interface Alerte {
  readonly id: string;
  readonly genre: AlerteGenre;
  readonly sujet: AlerteSujet;
  readonly sujetId: string;
  readonly collectiviteId: CollectiviteId | null;
  readonly deliberationId: DeliberationId | null;
  /** Depuis quand dure ce qu'elle signale. */
  readonly depuis: Instant;
  readonly ouverteLe: Instant;
  readonly detail: string;
}
