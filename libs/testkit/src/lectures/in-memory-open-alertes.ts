import type {
  AlerteCount,
  AlerteReadings,
  AlerteView,
  CollectiviteId,
  EnvoisNonPris,
  Page,
} from '@teletransmission/teletransmission';
import { pageAfter } from '../paging/pages';

/** Les alertes ouvertes, en mémoire : celles qu'on y met, dans l'ordre de la base. */
export class InMemoryOpenAlertes implements AlerteReadings {
  readonly open: (AlerteView & { readonly collectiviteId: CollectiviteId | null })[] = [];

  readonly nonPris: EnvoisNonPris[] = [];

  envoisNonPris(): Promise<readonly EnvoisNonPris[]> {
    return Promise.resolve(this.nonPris);
  }

  async openAlertes(
    collectiviteId: CollectiviteId | null,
    after: string | null,
    limit: number,
  ): Promise<Page<AlerteView>> {
    const page = pageAfter(this.visible(collectiviteId), after, limit, {
      parts: ['number', 'string', 'string'],
      keyOf: ({ gravite, depuis, id }) => [gravite, depuis, id],
    });
    return Promise.resolve(page);
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
