import type { DecisionState, NatureDecision } from './decision';

export const NATURE_DECISION_LABELS: Readonly<Record<NatureDecision, string>> = {
  accuse: 'Accusé de réception',
  'accuse-annulation': 'Accusé de réception d’une annulation',
  anomalie: 'Anomalie : la préfecture refuse l’envoi',
  lettre: 'Lettre de la préfecture',
  information: 'Information, qui ne change rien',
};

export const DECISION_STATE_LABELS: Readonly<Record<DecisionState, string>> = {
  proposed: 'Attend une seconde personne',
  applied: 'Appliquée',
  refused: 'Refusée',
  withdrawn: 'Retirée',
};

export const DECISION_EVENT_LABELS = {
  'decision-proposed': 'Décision proposée sur un retour',
  'decision-refused': 'Décision refusée sur un retour',
  'decision-withdrawn': 'Décision retirée sur un retour',
} as const;

export type DecisionEvent = keyof typeof DECISION_EVENT_LABELS;
