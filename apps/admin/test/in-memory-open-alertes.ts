import { MalformedCursor } from '@teletransmission/persistence';
import type {
  AlerteCount,
  AlerteReadings,
  AlerteView,
  CollectiviteId,
  EnvoisNonPris,
  Page,
} from '@teletransmission/teletransmission';

/** Les alertes ouvertes, en mémoire : celles qu'on y met, dans l'ordre de la base. */
export class InMemoryOpenAlertes implements AlerteReadings {
  readonly open: (AlerteView & { readonly collectiviteId: CollectiviteId | null })[] = [];

  readonly nonPris: EnvoisNonPris[] = [];

  envoisNonPris(): Promise<readonly EnvoisNonPris[]> {
    return Promise.resolve(this.nonPris);
  }

  openAlertes(
    collectiviteId: CollectiviteId | null,
    after: string | null,
    limit: number,
  ): Promise<Page<AlerteView>> {
    const found = this.visible(collectiviteId).sort(
      (a, b) => a.gravite - b.gravite || a.depuis.localeCompare(b.depuis),
    );
    const start = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1;
    if (after !== null && start === 0) return Promise.reject(new MalformedCursor());
    const items = found.slice(start, start + limit);
    return Promise.resolve({
      items,
      next: found.length > start + limit ? (items.at(-1)?.id ?? null) : null,
    });
  }

  openCounts(collectiviteId: CollectiviteId | null): Promise<readonly AlerteCount[]> {
    const visible = this.visible(collectiviteId);
    return Promise.resolve(
      [...new Set(visible.map(({ genre }) => genre))].flatMap((genre) => {
        const here = visible.filter((alerte) => alerte.genre === genre);
        const [first] = here.map(({ depuis }) => depuis).sort();
        return first === undefined ? [] : [{ genre, count: here.length, depuis: first }];
      }),
    );
  }

  private visible(collectiviteId: CollectiviteId | null): typeof this.open {
    return this.open.filter((alerte) => collectiviteId === null || alerte.collectiviteId === collectiviteId);
  }
}
