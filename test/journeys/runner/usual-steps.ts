import type { Happening, Step } from './journey';

const event = (evenement: string, etat: string): Happening => ({ evenement, etat });

/** Les événements d'un envoi sans histoire, du dépôt à la prise par la préfecture. */
export const SENT: readonly Happening[] = [
  event('enveloppe-sealed', 'sealed'),
  event('envoi-opened', 'sending'),
  event('envoi-accepted', 'awaiting-ack'),
];

export const DELIVERED = event('envoi-delivered', 'delivered');
export const ANNULATION_REQUESTED = event('annulation-requested', 'cancelling');
export const ANNULATION_ACKNOWLEDGED = event('ar-annulation-received', 'cancelled');
export const DEPOSITED = event('deposited', 'queued');
export const SEALED = event('enveloppe-sealed', 'sealed');
export const OPENED = event('envoi-opened', 'sending');
export const ACCEPTED = event('envoi-accepted', 'awaiting-ack');
export const LOST = event('envoi-lost', 'uncertain');
export const FOUND = event('found-at-prefecture', 'awaiting-ack');
export const ABSENT = event('proven-absent', 'sealed');
export const DEFERRED = event('envoi-deferred', 'sealed');
export const OVERDUE = event('ack-deadline-passed', 'awaiting-ack');
export const ANOMALIE = event('anomalie-received', 'rejected');
export const HELD = event('put-on-hold', 'held');
export const RESUBMITTED = event('resubmitted', 'queued');
export const WITHDRAWN = event('withdrawn', 'withdrawn');
export const ACKNOWLEDGED = event('ar-received', 'acknowledged');
export const PUBLISHED = event('published-automatically', 'published');

/** La commune dépose son acte. */
export const DEPOSIT: Step = {
  actor: 'commune',
  does: 'La commune dépose la délibération adoptée, avec son vote, son extrait et son annexe.',
  act: (scene) => scene.deposit(),
  then: [DEPOSITED],
};

/** Le service met sous enveloppe et envoie ; la préfecture prend. */
export const SEND: Step = {
  actor: 'service',
  does: 'Le service met l’acte sous enveloppe et l’envoie ; la préfecture le prend.',
  then: SENT,
};

/** L'accusé arrive ; la publication suit, puisque cette commune met ses actes en ligne d'elle-même. */
export const ACKNOWLEDGE: Step = {
  actor: 'préfecture',
  does: 'L’accusé de réception arrive ; la publication le suit, et l’acte devient exécutoire.',
  then: [ACKNOWLEDGED, PUBLISHED],
  retours: ['retour-applied'],
};
