import type { Clock } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { TransmissionId } from '../../ids';
import type { Liaison } from '../../liaison/liaison';
import type { Departures } from '../../ports/liaison/departures';
import type { Gateways } from '../../ports/liaison/gateways';
import type { LookUpAnswer } from '../../ports/liaison/prefecture-gateway';
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
    private readonly gateways: Gateways,
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
    const { route, until } = await this.departures.questionDate(transmission, nom, this.clock.now());
    if (until !== null) return { kind: 'later', at: until };
    const { liaison, departement } = route;
    const { found, reference } = settled(await this.gateways.of(liaison).lookUp(nom, departement), liaison);
    const at = this.clock.now();
    if (found === 'unknown') return { kind: 'later', at: addMs(at, this.timings.askAgainMs) };
    // Une archive envoyée à l'instant peut n'être pas encore inscrite en face : une absence ne vaut preuve qu'après ce délai.
    const settledAt = addMs(transmission.since, this.timings.settleMs);
    if (found === 'absent' && at < settledAt) return { kind: 'later', at: settledAt };
    const finding = {
      at,
      actor: { kind: 'service' } as const,
      reason: REASONS[found],
      evidence: { archive: nom, reponse: found, ...(reference === null ? {} : { reference }) },
      reference,
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

/** Une liaison qui ne sait pas prouver une absence n'en dit jamais une : dans le doute, deux personnes trancheront. */
function settled(
  answer: LookUpAnswer,
  { traits }: Liaison,
): { readonly found: 'present' | 'absent' | 'unknown'; readonly reference: string | null } {
  if (typeof answer === 'object') return { found: 'present', reference: answer.reference };
  return { found: answer === 'absent' && !traits.prouveAbsence ? 'unknown' : answer, reference: null };
}
