import type { TransmissionEvent, TransmissionState } from '../vies/transmission-transitions';

/** Un état se reconnaît à son mot et à son signe, jamais à sa seule couleur. */
export interface StateLabel {
  readonly mot: string;
  readonly signe: string;
  readonly phrase: string;
}

export const TRANSMISSION_STATE_LABELS: Readonly<Record<TransmissionState, StateLabel>> = {
  queued: {
    mot: 'À transmettre',
    signe: '○',
    phrase: 'Elle attend d’être mise sous enveloppe.',
  },
  sealed: {
    mot: 'Sous enveloppe',
    signe: '✉',
    phrase: 'L’enveloppe est prête ; son envoi est la prochaine étape.',
  },
  sending: { mot: 'Envoi en cours', signe: '➤', phrase: 'L’enveloppe part vers la préfecture.' },
  uncertain: {
    mot: 'Envoi incertain',
    signe: '?',
    phrase: 'La réponse s’est perdue : l’enveloppe est peut-être arrivée. Rien ne repart avant de le savoir.',
  },
  'awaiting-ack': {
    mot: 'En attente d’AR',
    signe: '…',
    phrase: 'Remise à la préfecture, qui doit en accuser réception.',
  },
  delivered: {
    mot: 'Remise',
    signe: '⇥',
    phrase: 'Remise à la préfecture, qui n’en accuse jamais réception.',
  },
  acknowledged: { mot: 'Acquittée', signe: '✓', phrase: 'La préfecture en a accusé réception.' },
  rejected: {
    mot: 'En anomalie',
    signe: '✗',
    phrase: 'La préfecture l’a refusée : corriger, puis transmettre de nouveau.',
  },
  held: { mot: 'Retenue', signe: '‖', phrase: 'Nous l’avons arrêtée : une personne doit décider.' },
  cancelling: {
    mot: 'Annulation demandée',
    signe: '↶',
    phrase: 'Accusée ; son annulation est demandée, et ne vaudra qu’une fois accusée à son tour.',
  },
  cancelled: {
    mot: 'Annulée',
    signe: '⌀',
    phrase: 'L’annulation est acquittée : l’acte est réputé non transmis.',
  },
  withdrawn: {
    mot: 'Retirée',
    signe: '⊘',
    phrase: 'Retirée, ou remplacée par sa correction : rien n’en part plus.',
  },
};

export const TRANSMISSION_EVENT_LABELS: Readonly<Record<TransmissionEvent | 'deposited', string>> = {
  deposited: 'Délibération déposée',
  'enveloppe-sealed': 'Mise sous enveloppe',
  'content-refused': 'Contenu impossible à transmettre',
  'departure-postponed': 'Départ remis à plus tard',
  'envoi-opened': 'Envoi commencé',
  'envoi-accepted': 'Télétransmise',
  'envoi-delivered': 'Remise à la préfecture',
  'envoi-deferred': 'Envoi remis à plus tard',
  'envoi-refused': 'Envoi refusé',
  'envoi-lost': 'Réponse perdue, envoi incertain',
  'envoi-abandoned': 'Absente à la préfecture, envois épuisés',
  'found-at-prefecture': 'Retrouvée à la préfecture',
  'proven-absent': 'Absence prouvée à la préfecture',
  'ar-received': 'Accusé de réception appliqué',
  'anomalie-received': 'Anomalie reçue de la préfecture',
  'ack-deadline-passed': 'Accusé de réception en retard',
  resubmitted: 'Remise en file',
  'put-on-hold': 'Retenue par un opérateur',
  withdrawn: 'Retirée par la collectivité',
  superseded: 'Remplacée par sa correction',
  'request-ended': 'Demande terminée sans réponse',
  'annulation-requested': 'Annulation demandée',
  'ar-annulation-received': 'Annulation acquittée',
  'annulation-refused': 'Annulation refusée',
};
