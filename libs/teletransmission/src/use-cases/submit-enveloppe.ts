import type { Clock, IdSource, Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { EnvoiId, TransmissionId } from '../ids';
import type { DocumentStore } from '../ports/document-store';
import type { PrefectureGateway, SubmitAnswer } from '../ports/prefecture-gateway';
import type { SealedArchive, TransmissionRepository } from '../ports/transmissions';
import { problems } from '../problems';
import type { AnswerTimings } from '../transmission/answer-happening';
import { happeningOfAnswer } from '../transmission/answer-happening';
import { deliveryEventOf } from '../transmission/delivery';
import { changeState } from '../transmission/state-change';
import type { Transmission } from '../transmission/transmission';
import type { JobOutcome } from './job-outcome';
import { DONE, giveUp } from './job-outcome';

/** Les délais d'un envoi, en millisecondes. */
export interface SubmitTimings extends AnswerTimings {
  /** Au-delà, l'auteur d'un envoi est tenu pour mort ; plus long que le délai de la liaison. */
  readonly leaseMs: number;
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
    const change = changeState(
      claimed,
      happeningOfAnswer(claimed, archive, answer, this.clock.now(), this.timings),
    );
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
      ...happeningOfAnswer(current, archive, answer, this.clock.now(), this.timings),
      event: answer.kind === 'accepted' ? deliveryEventOf(current, 'found-at-prefecture') : 'proven-absent',
    });
    if (!late.ok) return giveUp(late.problem);
    await this.ports.transmissions.record(late.value);
    return { kind: 'done', state: late.value.to };
  }
}
