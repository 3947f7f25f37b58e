import type { LectureXml } from '@teletransmission/actes';
import type { Clock } from '@teletransmission/kernel';
import type { AuditEntry } from '../audit/audit-entry';
import type { Collectivite } from '../collectivite/collectivite';
import type { ClassificationRepository } from '../ports/classifications';
import type { OutboxMessage } from '../ports/outbox-message';
import type { TransmissionRepository } from '../ports/transmissions';
import { OUTDATED_CLASSIFICATION } from '../retour/anomalie';
import type { RetourCase } from '../retour/policy';
import type { Retour } from '../retour/retour';

/**
 * Une nomenclature que personne n'avait demandée : plus récente que la nôtre, elle est chargée, et les actes refusés pour une nomenclature
 * périmée repartent, comme si nous l'avions demandée.
 */
export class AdoptClassification {
  constructor(
    private readonly classifications: ClassificationRepository,
    private readonly transmissions: TransmissionRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    retour: Retour,
    lecture: LectureXml,
    collectivite: Collectivite,
    audit: AuditEntry,
  ): Promise<RetourCase> {
    if (lecture.type !== '7-2') return 'nomenclature-connue';
    const { dateClassification: dateVersion, natures, matieres } = lecture.message;
    if (!dateVersion) return 'message-inattendu';
    if (dateVersion <= collectivite.classificationDateVersion) return 'nomenclature-connue';
    const { id: collectiviteId } = collectivite;
    await this.classifications.adopt({
      classification: { collectiviteId, dateVersion, natures, matieres, recueLe: this.clock.now() },
      retourId: retour.id,
      flux: lecture.type,
      audit,
      outbox: await this.resumption(collectivite),
    });
    return 'nomenclature-spontanee';
  }

  /** Un seul acte en défaut suffit à nommer la collectivité : sa reprise emmène tous les autres. */
  private async resumption({ id }: Collectivite): Promise<readonly OutboxMessage[]> {
    const [outdated] = await this.transmissions.findStopped(id, OUTDATED_CLASSIFICATION, 1);
    if (!outdated) return [];
    return [{ job: 'resubmit-outdated', targetId: outdated.id, turn: outdated.version + 1, notBefore: null }];
  }
}
