import type { Instant } from '@teletransmission/kernel';
import type {
  Collectivite,
  CollectiviteId,
  DeliberationId,
  DossierToDeposit,
  DossierToPublish,
  DossierToSeal,
  DossierToSubmit,
  Dossiers,
  Guichet,
  Liaison,
  Surroundings,
  Transmission,
  TransmissionId,
} from '@teletransmission/teletransmission';
import type { InMemoryCollectivites } from './in-memory-collectivites';
import type { InMemoryLedger } from './in-memory-ledger';
import type { InMemoryLiaisons } from './in-memory-liaisons';
import type { InMemoryPrefectures } from './in-memory-prefectures';
import { lastEnvoiOf } from './in-memory-envois';

/** Les lectures du chemin d'un acte, prises d'un coup sur le livre : rien ne s'y passe entre deux. */
export class InMemoryDossiers implements Dossiers {
  constructor(
    private readonly ledger: InMemoryLedger,
    private readonly collectivites: InMemoryCollectivites,
    private readonly liaisons: InMemoryLiaisons,
    private readonly prefectures: InMemoryPrefectures,
  ) {}

  toDeposit(siren: string): Promise<DossierToDeposit | null> {
    const collectivite = this.collectivites.knownBySiren(siren);
    const classification = (collectivite && this.ledger.classifications.get(collectivite.id)) ?? null;
    return Promise.resolve(collectivite && { collectivite, classification });
  }

  toSeal(id: TransmissionId, at: Instant): Promise<DossierToSeal | null> {
    const { ledger } = this;
    const transmission = ledger.transmissions.get(id);
    if (!transmission) return Promise.resolve(null);
    const collectivite = this.ownerOf(transmission);
    const { deliberationId, cycle } = transmission;
    const liaison = this.liaisons.at(collectivite.id, at);
    const enveloppe = [...ledger.enveloppes.values()].find(
      (one) => one.transmissionId === id && one.cycle === cycle,
    );
    return Promise.resolve({
      transmission,
      collectivite,
      deliberation: (deliberationId && ledger.deliberations.get(deliberationId)) ?? null,
      classification: ledger.classifications.get(collectivite.id) ?? null,
      enveloppe: enveloppe ?? null,
      route: liaison && { liaison, prefecture: this.prefectures.at(guichetOf(collectivite, liaison)) },
    });
  }

  toSubmit(id: TransmissionId): Promise<DossierToSubmit | null> {
    const { ledger } = this;
    const transmission = ledger.transmissions.get(id);
    if (!transmission) return Promise.resolve(null);
    const { enveloppeId } = transmission;
    const owner = this.ownerOf(transmission);
    const liaison = transmission.liaisonId && this.liaisons.joined(transmission.liaisonId);
    return Promise.resolve({
      transmission,
      archive: (enveloppeId && ledger.enveloppes.get(enveloppeId)?.archive) ?? null,
      destination: liaison && {
        siren: owner.siren,
        liaison,
        prefecture: this.prefectures.at(guichetOf(owner, liaison)),
        circuit: this.prefectures.circuitOf(guichetOf(owner, liaison)),
      },
    });
  }

  toPublish(id: DeliberationId): Promise<DossierToPublish | null> {
    const { ledger } = this;
    const deliberation = ledger.deliberations.get(id);
    const publication = ledger.publications.get(id);
    if (!deliberation || !publication) return Promise.resolve(null);
    const isGone = ({ state }: Transmission): boolean => state === 'cancelled' || state === 'withdrawn';
    const same = [...ledger.transmissions.values()].filter(
      ({ identifiantActe, flux }) => identifiantActe === deliberation.identifiantActe && flux === '1-1',
    );
    const last = same.find((one) => !isGone(one)) ?? same.at(-1);
    return Promise.resolve({
      deliberation,
      publication,
      collectivite: this.ownerOf(deliberation),
      isAcknowledged: last?.deliberationId === id && last.state === 'acknowledged',
    });
  }

  around(id: TransmissionId): Promise<Surroundings> {
    const transmission = this.ledger.transmissions.get(id);
    if (!transmission) return Promise.reject(new Error('Transmission sans collectivité'));
    return Promise.resolve({
      collectivite: this.ownerOf(transmission),
      sent: lastEnvoiOf(this.ledger, id),
    });
  }

  private ownerOf({ collectiviteId }: { readonly collectiviteId: CollectiviteId }): Collectivite {
    const owner = this.collectivites.known(collectiviteId);
    if (!owner) throw new Error('Transmission sans collectivité');
    return owner;
  }
}

function guichetOf({ departement }: Collectivite, { id }: Liaison): Guichet {
  return { liaisonId: id, departement };
}
