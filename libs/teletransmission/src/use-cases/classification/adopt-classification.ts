import type { Clock } from '@teletransmission/kernel';
import type { AuditEntry } from '../../audit/audit-entry';
import type { Collectivite } from '../../collectivite/collectivite';
import type { ClassificationRepository } from '../../ports/actes/classifications';
import type { OutboxMessage } from '../../travaux/outbox-message';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { OUTDATED_CLASSIFICATION } from '../../retour/anomalie';
import type { LectureClassification } from '../../retour/judge-classification';
import { judgeClassification } from '../../retour/judge-classification';
import type { RetourCase } from '../../retour/policy';
import type { KeptMessage } from '../../transmission/change';
import type { Retour } from '../../retour/retour';

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

  /** Le cas d'une nomenclature. @param isAsked elle répond à une demande ouverte. */
  async judge(
    retour: Retour,
    lecture: LectureClassification,
    collectivite: Collectivite,
    isAsked: boolean,
  ): Promise<RetourCase> {
    const { recuLe } = retour;
    // Une version inscrite sans nomenclature reçue n'est qu'un point de départ : la première réponse fait foi.
    const received = await this.classifications.current(collectivite.id);
    const held = received?.dateVersion ?? (isAsked ? null : collectivite.classificationDateVersion);
    return judgeClassification({ lecture, recuLe, isAsked, held });
  }

  /** Charge une nomenclature spontanée, avec le retour qui l'apporte. */
  async execute(
    kept: KeptMessage,
    { type: flux, message }: Extract<LectureClassification, { type: '7-2' }>,
    collectivite: Collectivite,
    audit: AuditEntry,
  ): Promise<void> {
    const { dateClassification: dateVersion, natures, matieres } = message;
    if (!dateVersion) throw new Error('Nomenclature sans date');
    const { id: collectiviteId } = collectivite;
    await this.classifications.adopt({
      classification: { collectiviteId, dateVersion, natures, matieres, recueLe: this.clock.now() },
      message: kept,
      flux,
      audit,
      outbox: await this.resumption(collectivite),
    });
  }

  /** Un seul acte en défaut suffit à nommer la collectivité : sa reprise emmène tous les autres. */
  private async resumption({ id }: Collectivite): Promise<readonly OutboxMessage[]> {
    const [outdated] = await this.transmissions.findStopped(id, OUTDATED_CLASSIFICATION, 1);
    if (!outdated) return [];
    return [{ job: 'resubmit-outdated', targetId: outdated.id, turn: outdated.version + 1, notBefore: null }];
  }
}
