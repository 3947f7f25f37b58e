import { digitsOfSiren } from '@teletransmission/actes';
import type { Clock, IdSource, Result } from '@teletransmission/kernel';
import { addMs, ok, refuse } from '@teletransmission/kernel';
import type { Classification } from '../classification/classification';
import type { Collectivite } from '../collectivite/collectivite';
import type { Compte } from '../compte/compte';
import type { Action } from '../compte/permissions';
import { authorize } from '../compte/permissions';
import type { CollectiviteId, TransmissionId } from '../ids';
import type { ClassificationRepository } from '../ports/classifications';
import type { CollectiviteRepository } from '../ports/collectivites';
import type { TransmissionRepository } from '../ports/transmissions';
import { problems } from '../problems';
import { bearTransmission } from '../transmission/new-transmission';
import { INITIAL_TRANSMISSION_STATE } from '../transmission/transitions';
import type { JobOutcome } from './job-outcome';

const BATCH = 200;

/**
 * Demande sa nomenclature à la préfecture (flux 7-1), au nom d'une collectivité. Une demande ouverte suffit : la répéter ne fait rien.
 * Le rendez-vous la renouvelle ; une date inconnue dans un accusé ou une anomalie la provoque.
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

  /** Une personne la redemande. */
  async ask(compte: Compte, siren: string): Promise<Result<void>> {
    const collectivite = await this.allowed(compte, 'demander-nomenclature', siren);
    if (!collectivite.ok) return collectivite;
    await this.execute(collectivite.value.id, `Redemandée par ${compte.nom}.`);
    return ok(undefined);
  }

  async execute(collectiviteId: CollectiviteId, motif: string): Promise<JobOutcome> {
    const since = this.clock.now();
    const id = this.ids.next() as TransmissionId;
    const { transmission, audit, outbox } = bearTransmission(
      { id, deliberationId: null, collectiviteId, identifiantActe: null, flux: '7-1', since },
      { acteur: { kind: 'service' }, motif, preuve: { flux: '7-1' } },
    );
    const created = await this.transmissions.create(transmission, audit, outbox);
    return { kind: 'done', state: created ? INITIAL_TRANSMISSION_STATE : 'déjà demandée' };
  }

  /** Renouvelle les demandes anciennes. @param periodMs au-delà, une nomenclature se redemande. @returns leur nombre. */
  async refresh(periodMs: number): Promise<number> {
    const stale = await this.classifications.findStale(addMs(this.clock.now(), -periodMs), BATCH);
    for (const collectiviteId of stale)
      await this.execute(collectiviteId, 'Renouvellement de la nomenclature.');
    return stale.length;
  }

  private async allowed(compte: Compte, action: Action, siren: string): Promise<Result<Collectivite>> {
    const digits = digitsOfSiren(siren);
    const collectivite = digits === null ? null : await this.collectivites.findBySiren(digits);
    const allowed = authorize(compte, action, collectivite?.id ?? null);
    if (!allowed.ok) return allowed;
    return collectivite ? ok(collectivite) : refuse(problems.unknownCollectivite(siren));
  }
}
