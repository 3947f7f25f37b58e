import type { Instant } from '@teletransmission/kernel';
import { isOneOf } from '@teletransmission/kernel';
import type { Actor } from '../audit/audit-entry';
import type { CorrespondanceId } from '../ids';
import type { Transmission } from './transmission';
import type { TransmissionEvent } from '../vies/transmission-transitions';
import { FLUX_REPONSES } from '../correspondance/correspondance';
import type { CorrespondanceEvent, CorrespondanceState } from '../vies/correspondance-transitions';
import { CORRESPONDANCE_STATES, CORRESPONDANCE_TRANSITIONS } from '../vies/correspondance-transitions';
import type { Effect } from './change';
import { STOPPED_STATES } from '../vies/transmission-transitions';
import { nextState } from '../vies/life';

/**
 * Ce que chaque événement d'une réponse fait à la lettre ; `null` : rien. La table nomme tous les événements, qu'un nouveau n'y soit pas
 * oublié : remise ou acquittée, elle la clôt ; arrêtée, elle la rend à qui doit répondre ; remise en file, elle la reprend.
 */
const EVENTS: Readonly<Record<TransmissionEvent, CorrespondanceEvent | null>> = {
  'enveloppe-sealed': null,
  'content-refused': 'answer-failed',
  'departure-postponed': null,
  'envoi-opened': null,
  'envoi-accepted': null,
  'envoi-delivered': 'answer-delivered',
  'envoi-deferred': null,
  'envoi-refused': 'answer-failed',
  'envoi-lost': null,
  'envoi-abandoned': 'answer-failed',
  'found-at-prefecture': null,
  'proven-absent': null,
  'ar-received': 'answer-acknowledged',
  'anomalie-received': 'answer-failed',
  'ack-deadline-passed': null,
  resubmitted: 'answer-resumed',
  'put-on-hold': 'answer-held',
  withdrawn: 'answer-withdrawn',
  superseded: 'answer-withdrawn',
  'request-ended': null,
  'annulation-requested': null,
  'ar-annulation-received': null,
  'annulation-refused': null,
};

/** Sans la lettre, ces événements n'ont pas de sens : une réponse ne reprend pas une lettre à laquelle une autre répond déjà. */
const REQUIRING: readonly TransmissionEvent[] = ['resubmitted'];

/** L'effet sur la lettre d'un événement de sa réponse ; vide pour tout autre envoi, accusés d'office compris. */
export function followReponse(
  transmission: Transmission,
  event: TransmissionEvent,
  at: Instant,
  actor: Actor,
): readonly Effect[] {
  const { correspondanceId, flux, state } = transmission;
  const following = EVENTS[event];
  if (correspondanceId === null || following === null || !isOneOf(FLUX_REPONSES, flux)) return [];
  // Arrêtée, une réponse a déjà rendu la lettre : une autre y répond peut-être depuis, et la garde quand on retire celle-ci.
  if (following === 'answer-withdrawn' && isOneOf(STOPPED_STATES, state)) return [];
  return CORRESPONDANCE_STATES.flatMap((from): Effect[] => {
    const to = nextState<CorrespondanceState, CorrespondanceEvent>(
      CORRESPONDANCE_TRANSITIONS,
      from,
      following,
    );
    return to === undefined
      ? []
      : [
          moved(transmission, correspondanceId, {
            event: following,
            from,
            to,
            at,
            actor,
            isRequired: REQUIRING.includes(event),
          }),
        ];
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
    readonly isRequired: boolean;
  },
): Effect {
  const { event, from, to, at, actor, isRequired } = move;
  return {
    kind: 'move-correspondance',
    correspondanceId,
    from,
    to,
    isRequired,
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
