import type { RemarquePiece } from './deliberation';

/** Ce qu'il faut savoir d'un document accepté. */
export const REMARQUE_PIECE_LABELS: Readonly<Record<RemarquePiece, string>> = {
  'octets-avant-le-pdf':
    'des octets étrangers précèdent le PDF (le plus souvent des en-têtes de téléchargement) ; il s’ouvre partout, et part tel que déposé',
  'octets-apres-la-fin': 'des octets suivent la fin du document ; il s’ouvre partout, et part tel que déposé',
  'table-reconstruite':
    'la table interne du PDF est fausse, et les lecteurs la refont ; rien n’y manque, mais mieux vaut l’enregistrer de nouveau',
  'sceau-non-verifie':
    'sceau présent, non vérifié : son calcul ne sait pas refaire celui de ce document budgétaire',
};
