import { digitsOfSiren } from '@teletransmission/actes';
import type { Clock, IdSource, Instant, Result } from '@teletransmission/kernel';
import { addMs, ok, refuse } from '@teletransmission/kernel';
import type { Actor } from '../../audit/audit-entry';
import type { Classification } from '../../classification/classification';
import type { Collectivite } from '../../collectivite/collectivite';
import type { Compte } from '../../compte/compte';
import { authorizeOn } from '../../compte/authorize-on';
import type { Action } from '../../compte/permissions';
import type { CollectiviteId, TransmissionId } from '../../ids';
import type { ClassificationRepository } from '../../ports/actes/classifications';
import type { CollectiviteRepository } from '../../ports/administration/collectivites';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { problems } from '../../problems';
import { TRANSMISSION_STATE_LABELS } from '../../transmission/labels.fr';
import { checkMotif } from '../../transmission/motif';
import type { TransmissionBirth } from '../../transmission/new-transmission';
import { bearTransmission } from '../../transmission/new-transmission';
import { changeState } from '../../transmission/state-change';
import type { Transmission } from '../../transmission/transmission';
import { INITIAL_TRANSMISSION_STATE } from '../../vies/transmission-transitions';
import type { JobOutcome } from '../../travaux/job-outcome';
import type { StateChange } from '../../transmission/change';

const BATCH = 200;
const SERVICE: Actor = { kind: 'service' };

/** Quand une nomenclature se redemande d'elle-même. */
export interface RequestTimings {
  /** Au-delà, une nomenclature se redemande. */
  readonly periodMs: number;
  /** Au-delà, une demande restée sans réponse est terminée, et refaite. */
  readonly patienceMs: number;
}

/**
 * Demande sa nomenclature à la préfecture (flux 7-1), au nom d'une collectivité. Une demande ouverte suffit : la répéter ne fait rien.
 * Le rendez-vous la renouvelle, et refait celle qui reste sans réponse ; une date inconnue dans un accusé ou une anomalie la provoque.
 */
export class RequestClassification {
  constructor(
    private readonly transmissions: TransmissionRepository,
    private readonly classifications: ClassificationRepository,
    private readonly collectivites: CollectiviteRepository,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** La nomenclature reçue. @returns le refus `classification/unknown` tant qu'aucune n'est venue. */
  async consult(compte: Compte, siren: string): Promise<Result<Classification>> {
    const collectivite = await this.allowed(compte, 'lire-nomenclature', siren);
    if (!collectivite.ok) return collectivite;
    const classification = await this.classifications.current(collectivite.value.id);
    return classification ? ok(classification) : refuse(problems.unknownClassification(siren));
  }

  /**
   * Une personne la redemande.
   * @returns l'instant de la demande ; ou `classification/already-asked`, qui dit celle en cours et depuis quand : rien n'est parti.
   */
  async ask(compte: Compte, siren: string): Promise<Result<Instant>> {
    const collectivite = await this.allowed(compte, 'demander-nomenclature', siren);
    if (!collectivite.ok) return collectivite;
    const { id } = collectivite.value;
    const birth = this.born(id, actorOf(compte), `Redemandée par ${compte.nom}.`);
    if (await this.create(birth)) return ok(birth.transmission.since);
    const pending = await this.classifications.findPending(id);
    // Close entre-temps : il n'y a plus rien à attendre, on redemande.
    return pending ? refuse(alreadyAsked(siren, pending)) : this.ask(compte, siren);
  }

  /**
   * Une personne termine la demande en cours : elle n'attend plus de réponse, et une autre peut partir.
   * @returns depuis quand elle durait ; `classification/not-asked` sans demande en cours, `transmission/event-refused` pendant un envoi.
   */
  async end(compte: Compte, siren: string, text: string): Promise<Result<Instant>> {
    const collectivite = await this.allowed(compte, 'demander-nomenclature', siren);
    if (!collectivite.ok) return collectivite;
    const motif = checkMotif(text);
    if (!motif.ok) return motif;
    const pending = await this.classifications.findPending(collectivite.value.id);
    if (!pending) return refuse(problems.classificationNotAsked(siren));
    const change = this.ended(pending, actorOf(compte), motif.value, null);
    if (!change.ok) return change;
    const recorded = await this.transmissions.record(change.value);
    if (recorded.moved) return ok(pending.since);
    const current = await this.transmissions.find(pending.id);
    return refuse(problems.movedMeanwhile(current?.state ?? 'inconnu'));
  }

  async execute(collectiviteId: CollectiviteId, motif: string): Promise<JobOutcome> {
    const created = await this.create(this.born(collectiviteId, SERVICE, motif));
    return { kind: 'done', state: created ? INITIAL_TRANSMISSION_STATE : 'déjà demandée' };
  }

  /** Refait les demandes restées sans réponse, et renouvelle les nomenclatures anciennes. @returns leur nombre. */
  async refresh({ periodMs, patienceMs }: RequestTimings): Promise<number> {
    const now = this.clock.now();
    const unanswered = await this.classifications.findUnanswered(addMs(now, -patienceMs), BATCH);
    let count = 0;
    for (const demande of unanswered) {
      const reason = 'Restée sans réponse : elle est refaite.';
      const change = this.ended(demande, SERVICE, reason, this.born(demande.collectiviteId, SERVICE, reason));
      if (change.ok && (await this.transmissions.record(change.value)).moved) count += 1;
    }
    const stale = await this.classifications.findStale(addMs(now, -periodMs), BATCH);
    for (const collectiviteId of stale)
      await this.execute(collectiviteId, 'Renouvellement de la nomenclature.');
    return count + stale.length;
  }

  private born(collectiviteId: CollectiviteId, acteur: Actor, motif: string): TransmissionBirth {
    const since = this.clock.now();
    const id = this.ids.next() as TransmissionId;
    return bearTransmission(
      { id, deliberationId: null, collectiviteId, identifiantActe: null, flux: '7-1', since },
      { acteur, motif, preuve: { flux: '7-1' } },
    );
  }

  private create({ transmission, audit, outbox }: TransmissionBirth): Promise<boolean> {
    return this.transmissions.create(transmission, audit, outbox);
  }

  /** Termine une demande, et fait naître la suivante avec elle s'il y en a une. */
  private ended(
    demande: Transmission,
    actor: Actor,
    reason: string,
    next: TransmissionBirth | null,
  ): Result<StateChange> {
    const isOut = demande.state === 'awaiting-ack' || demande.state === 'uncertain';
    return changeState(demande, {
      event: isOut ? 'request-ended' : 'withdrawn',
      at: this.clock.now(),
      actor,
      reason,
      evidence: { flux: '7-1', depuis: demande.since, ...(next ? { suivante: next.transmission.id } : {}) },
      patch: { nextTurnAt: null, isOverdue: false, ackDueAt: null },
      effects: [
        { kind: 'close-envoi', outcome: 'lost', code: 'demande/ended', detail: reason },
        ...(next
          ? [{ kind: 'create-transmission' as const, transmission: next.transmission, audit: next.audit }]
          : []),
      ],
      outbox: next ? [next.outbox] : [],
    });
  }

  private async allowed(compte: Compte, action: Action, siren: string): Promise<Result<Collectivite>> {
    const digits = digitsOfSiren(siren);
    return authorizeOn(compte, action, {
      found: digits === null ? null : await this.collectivites.findBySiren(digits),
      ownerOf: ({ id }) => id,
      unknown: problems.unseenCollectivite(siren),
    });
  }
}

function actorOf({ id, nom }: Compte): Actor {
  return { kind: 'compte', id, nom };
}

function alreadyAsked(
  siren: string,
  { state, since, isOverdue }: Transmission,
): ReturnType<typeof problems.classificationAlreadyAsked> {
  const { mot: etat } = TRANSMISSION_STATE_LABELS[state];
  return problems.classificationAlreadyAsked(siren, { state, etat, depuis: since, enRetard: isOverdue });
}
