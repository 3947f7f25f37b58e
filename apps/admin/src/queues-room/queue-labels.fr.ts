import type { QueueName } from '@teletransmission/queues';

/** Ce que fait chaque file, en clair. */
export const QUEUE_LABELS: Readonly<Record<QueueName, string>> = {
  'seal-enveloppe': 'Mettre sous enveloppe',
  'submit-enveloppe': 'Envoyer à la préfecture',
  'reconcile-envoi': 'Demander si l’archive est arrivée',
  'collect-retours': 'Relever les retours de la préfecture',
  'apply-retour': 'Appliquer un retour',
  'track-publication': 'Suivre la publication',
  'request-classification': 'Demander la nomenclature',
  'resubmit-outdated': 'Reprendre les actes périmés',
  'sweep-deadlines': 'Balayer les échéances',
  'raise-alertes': 'Signaler ce qui se tait',
  'verify-documents': 'Relire les documents',
  'purge-orphans': 'Effacer les documents que rien ne désigne',
  'forget-expired': 'Oublier ce qui a fait son temps',
};
