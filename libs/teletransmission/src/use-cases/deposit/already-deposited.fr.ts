import type { TransmissionState } from '../../vies/transmission-transitions';

const IN_HAND = 'Elle n’est pas encore partie : suivez-la, ou retirez-la avant de déposer de nouveau.';
const ON_THE_WAY =
  'Elle est en route : attendez la réponse de la préfecture, rien ne se dépose de nouveau d’ici là.';
const STOPPED =
  'Elle est arrêtée : corrigez-la par un dépôt de correction, remettez-la en file, ou retirez-la avant de déposer de nouveau.';

/** Ce que peut faire qui dépose un acte dont une transmission vit déjà : seulement ce que son état admet. */
export const ALREADY_DEPOSITED: Readonly<Record<TransmissionState, string>> = {
  queued: IN_HAND,
  sealed: IN_HAND,
  sending: ON_THE_WAY,
  uncertain: ON_THE_WAY,
  'awaiting-ack': ON_THE_WAY,
  delivered: ON_THE_WAY,
  acknowledged:
    'La préfecture en a accusé réception : il n’y a rien à déposer de nouveau. Un autre acte prend un autre numéro ; pour défaire celui-ci, demandez son annulation.',
  rejected: STOPPED,
  held: STOPPED,
  cancelling:
    'Son annulation est demandée : attendez que la préfecture l’accuse avant de déposer de nouveau.',
  cancelled: IN_HAND,
  withdrawn: IN_HAND,
};
