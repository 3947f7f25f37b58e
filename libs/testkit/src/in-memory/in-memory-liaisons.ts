import type { Instant } from '@teletransmission/kernel';
import type {
  AuditEntry,
  CollectiviteId,
  Liaison,
  LiaisonId,
  LiaisonRepository,
  LiaisonView,
  Rattachement,
} from '@teletransmission/teletransmission';
import { IN_FLIGHT_STATES, UNSENT_STATES, rattachementAt, rebind } from '@teletransmission/teletransmission';
import { isDeepStrictEqual } from 'node:util';
import { DIRECTE } from '../builders/a-liaison';
import type { InMemoryCollectivites } from './in-memory-collectivites';
import type { InMemoryLedger } from './in-memory-ledger';

/** Les liaisons en mémoire. Une collectivité que rien n'a reliée l'est à celle par défaut, depuis toujours. */
export class InMemoryLiaisons implements LiaisonRepository {
  private readonly known = new Map<LiaisonId, Liaison>([[DIRECTE.id, DIRECTE]]);
  private readonly rattachements = new Map<CollectiviteId, readonly Rattachement[]>();

  constructor(
    private readonly ledger: InMemoryLedger,
    private readonly collectivites: InMemoryCollectivites,
  ) {}

  /** Ce qu'une jointure en lirait : ce n'est pas un appel de port. */
  readonly joined = (id: LiaisonId): Liaison | null => this.known.get(id) ?? null;

  find(id: LiaisonId): Promise<Liaison | null> {
    return Promise.resolve(this.known.get(id) ?? null);
  }

  list(): Promise<readonly Liaison[]> {
    return Promise.resolve([...this.known.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
  }

  async views(now: Instant): Promise<readonly LiaisonView[]> {
    const collectivites = await this.collectivites.list();
    const open: readonly string[] = [...UNSENT_STATES, ...IN_FLIGHT_STATES];
    return (await this.list()).map((liaison) => ({
      liaison,
      collectivites: collectivites.filter(({ id }) => this.at(id, now)?.id === liaison.id).length,
      transmissionsOuvertes: [...this.ledger.transmissions.values()].filter(
        ({ liaisonId, state }) => liaisonId === liaison.id && open.includes(state),
      ).length,
      dernierRetourLe:
        [...this.ledger.retours.values()]
          .filter(({ liaisonId }) => liaisonId === liaison.id)
          .map(({ recuLe }) => recuLe)
          .sort()
          .at(-1) ?? null,
    }));
  }

  save(liaison: Liaison, audit: AuditEntry): Promise<boolean> {
    if (isDeepStrictEqual(this.known.get(liaison.id), liaison)) return Promise.resolve(false);
    if (liaison.parDefaut)
      for (const other of this.known.values()) this.known.set(other.id, { ...other, parDefaut: false });
    this.known.set(liaison.id, liaison);
    this.ledger.audit.push(audit);
    return Promise.resolve(true);
  }

  rattachementsOf(collectiviteId: CollectiviteId): Promise<readonly Rattachement[]> {
    return Promise.resolve(this.of(collectiviteId));
  }

  bind(
    { collectiviteId, liaisonId, depuis }: Rattachement & { readonly depuis: Instant },
    audit: AuditEntry,
  ): Promise<boolean> {
    if (this.known.get(liaisonId)?.etat !== 'ouverte') return Promise.resolve(false);
    this.rattachements.set(
      collectiviteId,
      rebind(this.of(collectiviteId), collectiviteId, liaisonId, depuis),
    );
    this.ledger.audit.push(audit);
    return Promise.resolve(true);
  }

  /** La liaison où cette collectivité est reliée à cet instant. */
  at(collectiviteId: CollectiviteId, now: Instant): Liaison | null {
    const found = rattachementAt(this.of(collectiviteId), now);
    return found ? (this.known.get(found.liaisonId) ?? null) : null;
  }

  private of(collectiviteId: CollectiviteId): readonly Rattachement[] {
    const [first] = [...this.known.values()].filter(({ parDefaut }) => parDefaut);
    return (
      this.rattachements.get(collectiviteId) ??
      (first ? [{ collectiviteId, liaisonId: first.id, depuis: null, jusqua: null }] : [])
    );
  }
}
