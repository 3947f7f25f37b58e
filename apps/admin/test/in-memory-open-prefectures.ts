import { InMemoryCollectivites, InMemoryLedger, InMemoryPrefectures } from '@teletransmission/testkit';
import type { PrefectureView } from '@teletransmission/teletransmission';

/** Les préfectures vues du bureau, en mémoire : celles qu'on y met. */
export class InMemoryOpenPrefectures extends InMemoryPrefectures {
  readonly seen: PrefectureView[] = [];

  constructor() {
    const collectivites = new InMemoryCollectivites();
    super(new InMemoryLedger(), collectivites);
  }

  override views(): Promise<readonly PrefectureView[]> {
    return Promise.resolve(this.seen);
  }
}
