import { ALERTE_EVENT_LABELS } from '../alerte/labels.fr';
import { CORRESPONDANCE_EVENT_LABELS } from '../correspondance/labels.fr';
import { DECISION_EVENT_LABELS } from '../decision/labels.fr';
import { LIAISON_EVENT_LABELS } from '../liaison/audit';
import { PREFECTURE_EVENT_LABELS } from '../prefecture/audit';
import { PUBLICATION_EVENT_LABELS } from '../publication/labels.fr';
import { RETOUR_EVENT_LABELS } from '../retour/labels.fr';
import { TRANSMISSION_EVENT_LABELS } from '../transmission/labels.fr';

/** Le libellé de tout événement du journal d'audit. Un événement inconnu d'une version se lit sous son nom. */
export const HISTORY_LABELS: Readonly<Record<string, string>> = {
  ...TRANSMISSION_EVENT_LABELS,
  ...PUBLICATION_EVENT_LABELS,
  ...RETOUR_EVENT_LABELS,
  ...CORRESPONDANCE_EVENT_LABELS,
  ...DECISION_EVENT_LABELS,
  'constat-recorded': 'Constat d’un opérateur sur un envoi incertain',
  ...LIAISON_EVENT_LABELS,
  ...PREFECTURE_EVENT_LABELS,
  ...ALERTE_EVENT_LABELS,
  'compte-opened': 'Compte ouvert',
  'compte-revoked': 'Compte révoqué',
  'jeton-renewed': 'Jeton renouvelé',
  'collectivite-registered': 'Collectivité inscrite ou mise à jour',
  'document-damaged': 'Document perdu ou abîmé',
  'document-recovered': 'Document retrouvé intact',
  'documents-purged': 'Documents orphelins effacés',
  'service-restored': 'Service restauré d’une sauvegarde',
};
