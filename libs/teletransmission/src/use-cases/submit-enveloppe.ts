import type { Clock, IdSource, Instant } from '@teletransmission/kernel';
import { addMs, assertNever } from '@teletransmission/kernel';
import { followReponse } from '../correspondance/follow-transmission';
import type { EnvoiId, TransmissionId } from '../ids';
import type { DocumentStore } from '../ports/document-store';
import type { PrefectureGateway, SubmitAnswer } from '../ports/prefecture-gateway';
import type { SealedArchive, TransmissionRepository } from '../ports/transmissions';
import { problems } from '../problems';
import type { RetryPolicy } from '../transmission/retry-policy';
import { nextTurnAt } from '../transmission/retry-policy';
import type { TransmissionHappening } from '../transmission/state-change';
import { ackDueAtOf, deliveryEventOf } from '../transmission/delivery';
import { changeState, turnAfter } from '../transmission/state-change';
import type { Transmission } from '../transmission/transmission';
import type { JobOutcome } from './job-outcome';
import { DONE, giveUp } from './job-outcome';

/** Les délais d'un envoi, en millisecondes. */
export interface SubmitTimings {
  /** Au-delà, l'auteur d'un envoi est tenu pour mort ; plus long que le délai de la liaison. */
  readonly leaseMs: number;
  /** Au-delà, un accusé attendu est en retard. */
  readonly ackDeadlineMs: number;
  /** Ce qu'on laisse passer avant de demander si l'archive est arrivée : un envoi peut encore être en route. */
  readonly settleMs: number;
  readonly retry: RetryPolicy;
}

export interface SubmitPorts {
  readonly transmissions: TransmissionRepository;
  readonly documents: DocumentStore;
  readonly prefecture: PrefectureGateway;
}

/**
 * Étape 4 : un envoi s'ouvre (courte transaction), l'archive part hors de toute transaction, l'issue s'enregistre (courte transaction).
 * L'intention est écrite avant le départ ; une réponse perdue donne `uncertain`, jamais un second envoi.
 */
export class SubmitEnveloppe {
  constructor(
    private readonly ports: SubmitPorts,
    private readonly timings: SubmitTimings,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  async execute(id: TransmissionId): Promise<JobOutcome> {
    const transmission = await this.ports.transmissions.find(id);
    if (!transmission) return giveUp(problems.unknownTransmission(id));
    if (transmission.state !== 'sealed') return DONE;
    const now = this.clock.now();
    if (transmission.nextTurnAt !== null && transmission.nextTurnAt > now)
      return { kind: 'later', at: transmission.nextTurnAt };
    const archive = await this.archiveOf(transmission);
    // Ouverte avant l'intention : une archive perdue laisse l'acte sous enveloppe, visible, au lieu d'un envoi qui n'a pas eu lieu.
    const content = await this.ports.documents.open(archive.empreinte);
    try {
      const claimed = await this.claim(transmission, archive, now);
      if (!claimed) return DONE;
      const { nom, tailleOctets } = archive;
      const answer = await this.ports.prefecture.submit({ nom, tailleOctets, content });
      return await this.record(claimed, archive, answer);
    } finally {
      content.destroy();
    }
  }

  private async archiveOf(transmission: Transmission): Promise<SealedArchive> {
    const enveloppe =
      transmission.enveloppeId && (await this.ports.transmissions.findEnveloppe(transmission.enveloppeId));
    if (!enveloppe?.archive) throw new Error('Transmission scellée sans archive');
    return enveloppe.archive;
  }

  private async claim(
    transmission: Transmission,
    archive: SealedArchive,
    now: Instant,
  ): Promise<Transmission | null> {
    if (!transmission.enveloppeId) return null;
    const turn = transmission.turn + 1;
    const change = changeState(transmission, {
      event: 'envoi-opened',
      at: now,
      actor: { kind: 'service' },
      evidence: { tour: turn, archive: archive.nom, empreinte: archive.empreinte },
      patch: { turn, nextTurnAt: null },
      effects: [
        {
          kind: 'open-envoi',
          envoiId: this.ids.next() as EnvoiId,
          enveloppeId: transmission.enveloppeId,
          turn,
          leaseUntil: addMs(now, this.timings.leaseMs),
        },
      ],
    });
    if (!change.ok) return null;
    const recorded = await this.ports.transmissions.record(change.value);
    return recorded.moved ? recorded.transmission : null;
  }

  private async record(
    claimed: Transmission,
    archive: SealedArchive,
    answer: SubmitAnswer,
  ): Promise<JobOutcome> {
    const change = changeState(claimed, this.happeningOf(claimed, archive, answer));
    if (!change.ok) return giveUp(change.problem);
    const recorded = await this.ports.transmissions.record(change.value);
    if (recorded.moved) return { kind: 'done', state: change.value.to };
    return this.recordLate(claimed, archive, answer);
  }

  /**
   * Le bail a échu pendant l'envoi, ou l'accusé est arrivé avant la réponse : l'état a changé sous nos pieds.
   * D'une transmission devenue incertaine, la réponse est la preuve qui manquait ; autrement l'état nouveau l'emporte.
   */
  private async recordLate(
    claimed: Transmission,
    archive: SealedArchive,
    answer: SubmitAnswer,
  ): Promise<JobOutcome> {
    const current = await this.ports.transmissions.find(claimed.id);
    if (current?.state !== 'uncertain' || current.turn !== claimed.turn || current.cycle !== claimed.cycle)
      return DONE;
    if (answer.kind !== 'accepted' && answer.kind !== 'deferred') return DONE;
    const late = changeState(current, {
      ...this.happeningOf(current, archive, answer),
      event: answer.kind === 'accepted' ? deliveryEventOf(current, 'found-at-prefecture') : 'proven-absent',
    });
    if (!late.ok) return giveUp(late.problem);
    await this.ports.transmissions.record(late.value);
    return { kind: 'done', state: late.value.to };
  }

  private happeningOf(
    transmission: Transmission,
    archive: SealedArchive,
    answer: SubmitAnswer,
  ): TransmissionHappening {
    const at = this.clock.now();
    const actor = { kind: 'service' } as const;
    const evidence = { tour: transmission.turn, archive: archive.nom, code: answer.code };
    const turn = turnAfter(transmission);
    switch (answer.kind) {
      case 'accepted': {
        const event = deliveryEventOf(transmission, 'envoi-accepted');
        return {
          event,
          at,
          actor,
          evidence,
          patch: {
            teletransmiseLe: at,
            ackDueAt: ackDueAtOf(transmission, addMs(at, this.timings.ackDeadlineMs)),
            stopReason: null,
          },
          effects: [
            { kind: 'close-envoi', outcome: 'accepted', code: answer.code, detail: null },
            ...followReponse(transmission, event, at, actor),
          ],
        };
      }
      case 'deferred': {
        const next = nextTurnAt(this.timings.retry, transmission.turn, at, transmission.id);
        if (next === null)
          return this.refused(
            transmission,
            at,
            evidence,
            'deferred',
            problems.turnsExhausted(transmission.turn),
          );
        return {
          event: 'envoi-deferred',
          at,
          actor,
          reason: answer.detail,
          evidence,
          patch: { nextTurnAt: next, stopReason: { code: answer.code, detail: answer.detail } },
          effects: [{ kind: 'close-envoi', outcome: 'deferred', code: answer.code, detail: answer.detail }],
          outbox: [{ job: 'submit-enveloppe', targetId: transmission.id, turn, notBefore: next }],
        };
      }
      case 'refused':
        return this.refused(transmission, at, evidence, 'refused', answer);
      case 'lost':
        return {
          event: 'envoi-lost',
          at,
          actor,
          reason: answer.detail,
          evidence,
          patch: { stopReason: { code: answer.code, detail: answer.detail } },
          outbox: [
            {
              job: 'reconcile-envoi',
              targetId: transmission.id,
              turn,
              notBefore: addMs(at, this.timings.settleMs),
            },
          ],
        };
      default:
        return assertNever(answer);
    }
  }

  private refused(
    transmission: Transmission,
    at: Instant,
    evidence: NonNullable<TransmissionHappening['evidence']>,
    outcome: 'refused' | 'deferred',
    reason: { readonly code: string; readonly detail: string },
  ): TransmissionHappening {
    const { code, detail } = reason;
    return {
      event: 'envoi-refused',
      at,
      actor: { kind: 'service' },
      reason: detail,
      evidence,
      patch: { stopReason: { code, detail } },
      effects: [
        { kind: 'close-envoi', outcome, code, detail },
        ...followReponse(transmission, 'envoi-refused', at, { kind: 'service' }),
      ],
    };
  }
}
