import type { Clock } from '@teletransmission/kernel';
import { frenchDate } from '@teletransmission/kernel';
import type { TransmissionId } from '../../ids';
import type { CollectiviteRepository } from '../../ports/administration/collectivites';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { OUTDATED_CLASSIFICATION } from '../../retour/anomalie';
import { resubmission } from '../../transmission/resubmission';
import { isInDoubt } from '../../transmission/restored';
import { changeState } from '../../transmission/state-change';
import type { JobOutcome } from '../../travaux/job-outcome';
import { giveUp } from '../../travaux/job-outcome';
import { problems } from '../../problems';

const BATCH = 500;

/**
 * Remet en file les actes refusés pour une nomenclature périmée, une fois la neuve chargée : seul leur champ de date change, et il
 * n'appartient pas à la collectivité. Chaque acte n'y passe qu'une fois par version, sinon deux préfectures en désaccord tourneraient.
 */
export class ResubmitOutdated {
  constructor(
    private readonly transmissions: TransmissionRepository,
    private readonly collectivites: CollectiviteRepository,
    private readonly clock: Clock,
  ) {}

  /** @param id la transmission qui le demande : la 7-1 à qui la nomenclature vient de répondre, ou l'acte refusé lui-même. */
  async execute(id: TransmissionId): Promise<JobOutcome> {
    const cause = await this.transmissions.find(id);
    if (!cause) return giveUp(problems.unknownTransmission(id));
    const { collectiviteId } = cause;
    const collectivite = await this.collectivites.find(collectiviteId);
    if (!collectivite) return giveUp(problems.unknownCollectivite(collectiviteId));
    const { classificationDateVersion: version } = collectivite;
    const rejected = await this.transmissions.findStopped(collectiviteId, OUTDATED_CLASSIFICATION, BATCH);
    let count = 0;
    for (const transmission of rejected) {
      // Après une restauration, il a pu être remis en file et partir sous un nom perdu : une personne demande d'abord.
      if (transmission.classificationEnvoyee === version || isInDoubt(transmission)) continue;
      const at = this.clock.now();
      const change = changeState(transmission, {
        event: 'resubmitted',
        at,
        actor: { kind: 'service' },
        reason: `La nomenclature a changé : l'acte repart avec celle du ${frenchDate(version)}.`,
        evidence: { classificationDateVersion: version },
        ...resubmission(transmission, at),
      });
      if (change.ok && (await this.transmissions.record(change.value)).moved) count += 1;
    }
    return { kind: 'done', state: `${count} acte(s) repris` };
  }
}
