import type { Instant } from '@teletransmission/kernel';
import type { Actor } from '../audit/audit-entry';
import type { CorrespondanceId } from '../ids';
import type { Effect } from '../ports/transmissions';
import type { Transmission } from '../transmission/transmission';
import type { TransmissionEvent } from '../transmission/transitions';
import { FLUX_REPONSES } from './correspondance';
import type { CorrespondanceEvent, CorrespondanceState, CorrespondanceTable } from './transitions';
import { CORRESPONDANCE_STATES, CORRESPONDANCE_TRANSITIONS } from './transitions';

/** Ce que la vie d'une réponse fait à la lettre : remise ou acquittée, elle la clôt ; refusée, elle la rend à qui doit répondre. */
const EVENTS: Readonly<Partial<Record<TransmissionEvent, CorrespondanceEvent>>> = {
  'envoi-delivered': 'answer-delivered',
  'ar-received': 'answer-acknowledged',
  'anomalie-received': 'answer-failed',
  'envoi-refused': 'answer-failed',
  'envoi-abandoned': 'answer-failed',
  'content-refused': 'answer-failed',
};

/** L'effet sur la lettre d'un événement de sa réponse ; vide pour tout autre envoi, accusés d'office compris. */
export function followReponse(
  transmission: Transmission,
  event: TransmissionEvent,
  at: Instant,
  actor: Actor,
): readonly Effect[] {
  const { correspondanceId, flux } = transmission;
  const following = EVENTS[event];
  if (
    correspondanceId === null ||
    following === undefined ||
    !FLUX_REPONSES.some((reponse) => reponse === flux)
  )
    return [];
  return CORRESPONDANCE_STATES.flatMap((from): Effect[] => {
    const row: CorrespondanceTable[CorrespondanceState] = CORRESPONDANCE_TRANSITIONS[from];
    const to = row[following];
    return to === undefined
      ? []
      : [moved(transmission, correspondanceId, { event: following, from, to, at, actor })];
  });
}

/** La lettre change depuis cet état ; dans un autre, elle reste. */
function moved(
  { id: reponse, flux, collectiviteId, deliberationId }: Transmission,
  correspondanceId: CorrespondanceId,
  move: {
    readonly event: CorrespondanceEvent;
    readonly from: CorrespondanceState;
    readonly to: CorrespondanceState;
    readonly at: Instant;
    readonly actor: Actor;
  },
): Effect {
  const { event, from, to, at, actor } = move;
  return {
    kind: 'move-correspondance',
    correspondanceId,
    from,
    to,
    audit: {
      collectiviteId,
      deliberationId,
      sujet: 'correspondance',
      sujetId: correspondanceId,
      evenement: event,
      etatAvant: from,
      etatApres: to,
      instant: at,
      acteur: actor,
      motif: null,
      preuve: { reponse, flux },
    },
  };
}
