import type { Clock } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import { followReponse } from '../correspondance/follow-transmission';
import type { TransmissionId } from '../ids';
import type { PrefectureGateway } from '../ports/prefecture-gateway';
import type { TransmissionRepository } from '../ports/transmissions';
import { problems } from '../problems';
import type { TransmissionHappening } from '../transmission/state-change';
import { ackDueAtOf, deliveryEventOf } from '../transmission/delivery';
import { changeState, turnAfter } from '../transmission/state-change';
import type { Transmission } from '../transmission/transmission';
import type { JobOutcome } from './job-outcome';
import { DONE, giveUp } from './job-outcome';

/** Ce qui sépare deux questions à la préfecture au sujet d'un envoi incertain. */
export interface ReconcileTimings {
  readonly settleMs: number;
  readonly askAgainMs: number;
  readonly ackDeadlineMs: number;
}

/**
 * Sort un envoi de l'incertitude en demandant à la préfecture si elle a l'archive. Retrouvée : on attend l'accusé. Absente : la même
 * archive, sous le même nom, pourra repartir — un doublon y resterait donc reconnaissable. Sans réponse : on redemandera.
 */
export class ReconcileEnvoi {
  constructor(
    private readonly transmissions: TransmissionRepository,
    private readonly prefecture: PrefectureGateway,
    private readonly timings: ReconcileTimings,
    private readonly clock: Clock,
  ) {}

  async execute(id: TransmissionId): Promise<JobOutcome> {
    const transmission = await this.transmissions.find(id);
    if (!transmission) return giveUp(problems.unknownTransmission(id));
    if (transmission.state !== 'uncertain') return DONE;
    // Une archive envoyée à l'instant peut n'être pas encore inscrite en face : une absence ne vaut preuve qu'après ce délai.
    const settled = addMs(transmission.since, this.timings.settleMs);
    if (this.clock.now() < settled) return { kind: 'later', at: settled };
    const enveloppe =
      transmission.enveloppeId && (await this.transmissions.findEnveloppe(transmission.enveloppeId));
    if (!enveloppe?.archive) throw new Error('Transmission incertaine sans archive');
    const found = await this.prefecture.lookUp(enveloppe.archive.nom);
    if (found === 'unknown') return { kind: 'later', at: addMs(this.clock.now(), this.timings.askAgainMs) };
    const change = changeState(transmission, this.happeningOf(transmission, enveloppe.archive.nom, found));
    if (!change.ok) return giveUp(change.problem);
    await this.transmissions.record(change.value);
    return { kind: 'done', state: change.value.to };
  }

  private happeningOf(
    transmission: Transmission,
    archive: string,
    found: 'present' | 'absent',
  ): TransmissionHappening {
    const at = this.clock.now();
    const evidence = { archive, reponse: found };
    if (found === 'present') {
      const event = deliveryEventOf(transmission, 'found-at-prefecture');
      return {
        event,
        at,
        actor: { kind: 'service' },
        reason: 'La préfecture a l’archive de ce nom.',
        evidence,
        patch: {
          teletransmiseLe: transmission.since,
          ackDueAt: ackDueAtOf(transmission, addMs(at, this.timings.ackDeadlineMs)),
          stopReason: null,
        },
        effects: [
          { kind: 'close-envoi', outcome: 'found', code: 'prefecture/found', detail: null },
          ...followReponse(transmission, event, at, { kind: 'service' }),
        ],
      };
    }
    return {
      event: 'proven-absent',
      at,
      actor: { kind: 'service' },
      reason: 'La préfecture n’a pas reçu l’archive de ce nom : elle repart à l’identique.',
      evidence,
      patch: { nextTurnAt: at, stopReason: null },
      effects: [{ kind: 'close-envoi', outcome: 'absent', code: 'prefecture/absent', detail: null }],
      outbox: [
        {
          job: 'submit-enveloppe',
          targetId: transmission.id,
          turn: turnAfter(transmission),
          notBefore: null,
        },
      ],
    };
  }
}
