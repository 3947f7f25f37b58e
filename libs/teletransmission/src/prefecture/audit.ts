import type { Instant } from '@teletransmission/kernel';
import type { Guichet } from '../liaison/guichet';
import { guichetLabel } from '../liaison/guichet';
import type { Actor, AuditEntry, Evidence } from '../audit/audit-entry';

/** Ce que le journal retient d'une préfecture : ses réglages, ses pauses, les coupures de la liaison. */
export type PrefectureEvent =
  'prefecture-regulated' | 'prefecture-paused' | 'prefecture-resumed' | 'circuit-opened' | 'circuit-closed';

export const PREFECTURE_EVENT_LABELS: Readonly<Record<PrefectureEvent, string>> = {
  'prefecture-regulated': 'Préfecture réglée',
  'prefecture-paused': 'Envois vers la préfecture suspendus',
  'prefecture-resumed': 'Envois vers la préfecture repris',
  'circuit-opened': 'Liaison avec la préfecture tenue pour coupée',
  'circuit-closed': 'Liaison avec la préfecture rétablie',
};

/** Une ligne du journal de la plateforme au sujet d'une préfecture. */
export function prefectureAudit(
  guichet: Guichet,
  evenement: PrefectureEvent,
  at: Instant,
  acteur: Actor,
  motif: string | null,
  preuve: Evidence,
): AuditEntry {
  return {
    collectiviteId: null,
    deliberationId: null,
    sujet: 'prefecture',
    sujetId: guichetLabel(guichet),
    evenement,
    etatAvant: null,
    etatApres: null,
    instant: at,
    acteur,
    motif,
    preuve,
  };
}
