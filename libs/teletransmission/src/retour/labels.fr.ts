import type { RetourEvent, RetourState } from '../vies/retour-transitions';

export const RETOUR_STATE_LABELS: Readonly<
  Record<RetourState, { readonly mot: string; readonly signe: string }>
> = {
  received: { mot: 'Reçu', signe: '…' },
  applied: { mot: 'Appliqué', signe: '✓' },
  duplicate: { mot: 'Doublon', signe: '=' },
  unmatched: { mot: 'Non rattaché', signe: '?' },
  contradictory: { mot: 'Contradictoire', signe: '≠' },
  unreadable: { mot: 'Illisible', signe: '✗' },
  'set-aside': { mot: 'Mis de côté', signe: '—' },
};

export const RETOUR_EVENT_LABELS: Readonly<Record<RetourEvent | 'retour-received', string>> = {
  'retour-received': 'Retour de la préfecture conservé',
  'retour-applied': 'Retour appliqué',
  'retour-duplicate': 'Retour déjà appliqué',
  'retour-unmatched': 'Retour non rattaché',
  'retour-contradictory': 'Retour contradictoire',
  'retour-unreadable': 'Retour illisible',
  'retour-read-again': 'Retour relu',
  'retour-set-aside': 'Retour mis de côté',
  'retour-decided': 'Retour appliqué par une décision',
  'retour-taken-up': 'Retour mis de côté repris',
};
