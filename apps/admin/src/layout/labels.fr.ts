import type { Role } from '@teletransmission/teletransmission';

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  deposant: 'déposant',
  operateur: 'opérateur',
  auditeur: 'auditeur',
  administrateur: 'administrateur',
};
