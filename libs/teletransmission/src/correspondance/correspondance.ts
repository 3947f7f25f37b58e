import type { Flux, IdentifiantActe } from '@teletransmission/actes';
import { FLUX } from '@teletransmission/actes';
import type { CivilDate, Instant, Result } from '@teletransmission/kernel';
import { addMonths, ok, refuse } from '@teletransmission/kernel';
import type { AuditEntry } from '../audit/audit-entry';
import type { Compte } from '../compte/compte';
import type { CollectiviteId, CorrespondanceId, DeliberationId, Empreinte } from '../ids';
import { problems } from '../problems';
import type { CorrespondanceEvent, CorrespondanceState } from '../vies/correspondance-transitions';
import { CORRESPONDANCE_EVENTS, CORRESPONDANCE_TRANSITIONS } from '../vies/correspondance-transitions';
import { eventsFrom, nextState } from '../vies/life';

/** Les lettres que la préfecture écrit au sujet d'un acte. */
export const FLUX_LETTRES = ['2-1', '3-1', '4-1', '5-1'] as const;
export type FluxLettre = (typeof FLUX_LETTRES)[number];

/** Les réponses qu'une collectivité dépose ; les accusés 3-2 et 4-2 partent d'eux-mêmes. */
export const FLUX_REPONSES = ['2-2', '3-3', '3-4', '4-3', '4-4'] as const;
export type FluxReponse = (typeof FLUX_REPONSES)[number];

/** Un document joint à une lettre, gardé tel que reçu. */
export interface LettreDocument {
  readonly rang: number;
  readonly nomFichier: string;
  readonly empreinte: Empreinte;
  readonly tailleOctets: number;
}

/** Une lettre de la préfecture au sujet d'un acte, et ce qu'on en fait. L'acte garde sa propre vie tout du long. */
export interface Correspondance {
  readonly id: CorrespondanceId;
  readonly collectiviteId: CollectiviteId;
  readonly deliberationId: DeliberationId;
  readonly identifiantActe: IdentifiantActe;
  readonly flux: FluxLettre;
  /** La date que porte la lettre ; une réponse la recopie, c'est sa seule clé. */
  readonly dateCourrier: CivilDate;
  readonly texte: string | null;
  readonly recueLe: Instant;
  /** Le jour où le silence vaudrait refus ; indicatif. */
  readonly echeance: CivilDate | null;
  readonly state: CorrespondanceState;
  /** Empreinte du message : la même lettre, venue dans une autre archive, est la même. */
  readonly empreinteMessage: Empreinte;
  readonly documents: readonly LettreDocument[];
}

/** Seul un courrier simple n'oblige pas à répondre : lui seul se classe sans suite. */
function isAdmittedTo(flux: FluxLettre, event: CorrespondanceEvent): boolean {
  return event !== 'closed-without-answer' || flux === '2-1';
}

/** Les événements permis depuis cet état à une lettre de ce flux. */
export function allowedEventsOf(
  state: CorrespondanceState,
  flux: FluxLettre,
): readonly CorrespondanceEvent[] {
  return eventsFrom<CorrespondanceState, CorrespondanceEvent>(
    CORRESPONDANCE_TRANSITIONS,
    state,
    CORRESPONDANCE_EVENTS,
  ).filter((event) => isAdmittedTo(flux, event));
}

/** L'état où cet événement mène une lettre de ce flux, ou le refus `correspondance/event-refused`. */
export function advanceCorrespondance(
  state: CorrespondanceState,
  event: CorrespondanceEvent,
  flux: FluxLettre,
): Result<CorrespondanceState> {
  const to = nextState<CorrespondanceState, CorrespondanceEvent>(CORRESPONDANCE_TRANSITIONS, state, event);
  if (to !== undefined && isAdmittedTo(flux, event)) return ok(to);
  return refuse(problems.correspondanceEventRefused(state, event, allowedEventsOf(state, flux)));
}

/** L'entrée d'audit de ce qu'une personne décide d'une lettre, avec son motif. */
export function decisionOf(
  lettre: Correspondance,
  evenement: CorrespondanceEvent,
  etatApres: CorrespondanceState,
  {
    compte,
    motif,
    at,
  }: { readonly compte: Pick<Compte, 'id' | 'nom'>; readonly motif: string; readonly at: Instant },
): AuditEntry {
  return {
    collectiviteId: lettre.collectiviteId,
    deliberationId: lettre.deliberationId,
    sujet: 'correspondance',
    sujetId: lettre.id,
    evenement,
    etatAvant: lettre.state,
    etatApres,
    instant: at,
    acteur: { kind: 'compte', id: compte.id, nom: compte.nom },
    motif,
    preuve: { flux: lettre.flux, empreinteMessage: lettre.empreinteMessage },
  };
}

/** Les réponses permises à une lettre, d'après le catalogue des messages. */
export function allowedReponses(flux: FluxLettre): readonly FluxReponse[] {
  return FLUX_REPONSES.filter((reponse) => FLUX[reponse].repondA.some((lettre: Flux) => lettre === flux));
}

/**
 * Le jour où le silence de la collectivité vaudrait refus : deux mois après la réception d'une demande de pièces ou d'une lettre
 * d'observations. Indicatif : le juge compte à partir de ce que la lettre demande vraiment.
 */
export function echeanceOf(flux: FluxLettre, recueLe: CivilDate): CivilDate | null {
  return flux === '3-1' || flux === '4-1' ? addMonths(recueLe, 2) : null;
}
