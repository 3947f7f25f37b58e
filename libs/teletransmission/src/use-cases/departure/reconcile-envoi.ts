import type { Clock } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { TransmissionId } from '../../ids';
import type { Departures } from '../../ports/liaison/departures';
import type { PrefectureGateway } from '../../ports/liaison/prefecture-gateway';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { problems } from '../../problems';
import { isInDoubt } from '../../transmission/restored';
import type { SettleTimings } from '../../outcome/settle-uncertain';
import { happeningOfDoubt, happeningOfFinding } from '../../outcome/settle-uncertain';
import { changeState } from '../../transmission/state-change';
import type { JobOutcome } from '../../travaux/job-outcome';
import { DONE, giveUp } from '../../travaux/job-outcome';

/** Ce qui sépare deux questions à la préfecture au sujet d'un envoi incertain. */
export interface ReconcileTimings extends SettleTimings {
  readonly settleMs: number;
  readonly askAgainMs: number;
}

const REASONS = {
  present: 'La préfecture a l’archive de ce nom.',
  absent: 'La préfecture n’a pas reçu l’archive de ce nom : elle repart à l’identique.',
} as const;

/**
 * Sort un envoi de l'incertitude en demandant à la préfecture si elle a l'archive. Retrouvée : on attend l'accusé. Absente : la même
 * archive, sous le même nom, pourra repartir — un doublon y resterait donc reconnaissable. Sans réponse : on redemandera. Après une
 * restauration, l'absence d'un nom ne prouve plus celle de l'acte : il est retenu.
 */
export class ReconcileEnvoi {
  constructor(
    private readonly transmissions: TransmissionRepository,
    private readonly prefecture: PrefectureGateway,
    private readonly timings: ReconcileTimings,
    private readonly clock: Clock,
    private readonly departures: Departures,
  ) {}

  async execute(id: TransmissionId): Promise<JobOutcome> {
    const transmission = await this.transmissions.find(id);
    if (!transmission) return giveUp(problems.unknownTransmission(id));
    if (transmission.state !== 'uncertain') return DONE;
    const enveloppe =
      transmission.enveloppeId && (await this.transmissions.findEnveloppe(transmission.enveloppeId));
    if (!enveloppe?.archive) throw new Error('Transmission incertaine sans archive');
    const { nom } = enveloppe.archive;
    const { collectiviteId } = transmission;
    const { departement, until } = await this.departures.questionDate(collectiviteId, nom, this.clock.now());
    if (until !== null) return { kind: 'later', at: until };
    const found = await this.prefecture.lookUp(nom, departement);
    const at = this.clock.now();
    if (found === 'unknown') return { kind: 'later', at: addMs(at, this.timings.askAgainMs) };
    // Une archive envoyée à l'instant peut n'être pas encore inscrite en face : une absence ne vaut preuve qu'après ce délai.
    const settled = addMs(transmission.since, this.timings.settleMs);
    if (found === 'absent' && at < settled) return { kind: 'later', at: settled };
    const finding = {
      at,
      actor: { kind: 'service' } as const,
      reason: REASONS[found],
      evidence: { archive: nom, reponse: found },
    };
    const change = changeState(
      transmission,
      found === 'absent' && isInDoubt(transmission)
        ? happeningOfDoubt(transmission, finding)
        : happeningOfFinding(transmission, found, finding, this.timings),
    );
    if (!change.ok) return giveUp(change.problem);
    await this.transmissions.record(change.value);
    return { kind: 'done', state: change.value.to };
  }
}
