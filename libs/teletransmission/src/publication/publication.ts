import type { CivilDate, Instant, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { CollectiviteId, CompteId, DeliberationId } from '../ids';
import { problems } from '../problems';
import type { MoyenPublication } from './moyens';
import { eventsFrom, nextState } from '../vies/life';
import type { PublicationEvent, PublicationState } from '../vies/publication-transitions';
import { PUBLICATION_EVENTS, PUBLICATION_TRANSITIONS } from '../vies/publication-transitions';

/** Ce qu'une personne a déclaré : qui, quand, et comment l'acte est publié. */
export interface DeclarationPublication {
  readonly par: CompteId;
  readonly le: Instant;
  readonly moyen: MoyenPublication;
}

/**
 * La mise à disposition du public d'une délibération. `datePublication` est un jour du fuseau de la collectivité ; elle n'existe qu'avec
 * l'adresse où l'acte se lit, ou la déclaration d'une personne. Une publication d'avant cette règle n'a parfois ni l'une ni l'autre.
 */
export interface Publication {
  readonly deliberationId: DeliberationId;
  readonly collectiviteId: CollectiviteId;
  readonly state: PublicationState;
  readonly datePublication: CivilDate | null;
  readonly adresse: string | null;
  readonly declaration: DeclarationPublication | null;
}

/** L'état où cet événement mène, ou le refus `publication/event-refused`. */
export function advancePublication(
  state: PublicationState,
  event: PublicationEvent,
): Result<PublicationState> {
  const to = nextState<PublicationState, PublicationEvent>(PUBLICATION_TRANSITIONS, state, event);
  if (to !== undefined) return ok(to);
  return refuse(
    problems.publicationEventRefused(
      state,
      event,
      eventsFrom<PublicationState, PublicationEvent>(PUBLICATION_TRANSITIONS, state, PUBLICATION_EVENTS),
    ),
  );
}

/** Une publication ne précède pas la décision et ne s'annonce pas : le jour est passé ou c'est aujourd'hui. */
export function checkPublicationDate(
  date: CivilDate,
  dateDecision: CivilDate,
  today: CivilDate,
): Result<CivilDate> {
  if (date < dateDecision || date > today)
    return refuse(problems.invalidPublicationDate(date, dateDecision, today));
  return ok(date);
}
