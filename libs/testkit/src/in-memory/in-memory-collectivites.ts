import type { Instant } from '@teletransmission/kernel';
import type {
  Actor,
  AuditEntry,
  Classification,
  Collectivite,
  CollectiviteId,
  CollectiviteRepository,
} from '@teletransmission/teletransmission';
import { collectiviteRegistered, CONSOLE } from '@teletransmission/teletransmission';
import { isDeepStrictEqual } from 'node:util';

const NOW = '2022-11-02T09:00:00.000Z' as Instant;

/** Les collectivités inscrites, et ce que leurs réglages laissent au journal. */
export class InMemoryCollectivites implements CollectiviteRepository {
  readonly audit: AuditEntry[] = [];
  private readonly bySiren = new Map<string, Collectivite>();

  constructor(...collectivites: readonly Collectivite[]) {
    for (const collectivite of collectivites) this.bySiren.set(collectivite.siren, collectivite);
  }

  /** Celle de cette identité, tout de suite : ce qu'une jointure lirait. */
  known(id: string): Collectivite | undefined {
    return [...this.bySiren.values()].find((collectivite) => collectivite.id === id);
  }

  find(id: CollectiviteId): Promise<Collectivite | null> {
    return Promise.resolve(this.known(id) ?? null);
  }

  findBySiren(siren: string): Promise<Collectivite | null> {
    return Promise.resolve(this.bySiren.get(siren) ?? null);
  }

  knownBySiren(siren: string): Collectivite | null {
    return this.bySiren.get(siren) ?? null;
  }

  save(collectivite: Collectivite, acteur: Actor = CONSOLE): Promise<Collectivite> {
    const before = this.bySiren.get(collectivite.siren);
    const saved = { ...collectivite, id: before?.id ?? collectivite.id };
    if (before && isDeepStrictEqual(before, saved)) return Promise.resolve(before);
    this.bySiren.set(saved.siren, saved);
    this.audit.push(collectiviteRegistered(saved, NOW, acteur));
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
