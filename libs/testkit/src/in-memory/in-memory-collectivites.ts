import type {
  Classification,
  Collectivite,
  CollectiviteId,
  CollectiviteRepository,
} from '@teletransmission/teletransmission';

export class InMemoryCollectivites implements CollectiviteRepository {
  private readonly bySiren = new Map<string, Collectivite>();

  constructor(...collectivites: readonly Collectivite[]) {
    for (const collectivite of collectivites) this.bySiren.set(collectivite.siren, collectivite);
  }

  find(id: CollectiviteId): Promise<Collectivite | null> {
    return Promise.resolve(this.known(id));
  }

  /** Celle de cette identité, sans attente : ce qu'une jointure en lirait. */
  known(id: CollectiviteId): Collectivite | null {
    return [...this.bySiren.values()].find((collectivite) => collectivite.id === id) ?? null;
  }

  findBySiren(siren: string): Promise<Collectivite | null> {
    return Promise.resolve(this.bySiren.get(siren) ?? null);
  }

  knownBySiren(siren: string): Collectivite | null {
    return this.bySiren.get(siren) ?? null;
  }

  save(collectivite: Collectivite): Promise<Collectivite> {
    const id = this.bySiren.get(collectivite.siren)?.id ?? collectivite.id;
    const saved = { ...collectivite, id };
    this.bySiren.set(saved.siren, saved);
    return Promise.resolve(saved);
  }

  /** Une nomenclature reçue devient celle de la collectivité. */
  adopt({ collectiviteId, dateVersion }: Classification): void {
    for (const collectivite of this.bySiren.values()) {
      if (collectivite.id !== collectiviteId) continue;
      this.bySiren.set(collectivite.siren, { ...collectivite, classificationDateVersion: dateVersion });
    }
  }

  list(): Promise<readonly Collectivite[]> {
    return Promise.resolve([...this.bySiren.values()].sort((a, b) => (a.nom < b.nom ? -1 : 1)));
  }
}
