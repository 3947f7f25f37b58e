import type { PrefectureView } from '@teletransmission/teletransmission';
import { InMemoryCollectivites } from '../in-memory/in-memory-collectivites';
import { InMemoryLedger } from '../in-memory/in-memory-ledger';
import { InMemoryLiaisons } from '../in-memory/in-memory-liaisons';
import { InMemoryPrefectures } from '../in-memory/in-memory-prefectures';

/** Les préfectures telles qu'on les regarde, en mémoire : celles qu'on y met. */
export class InMemoryOpenPrefectures extends InMemoryPrefectures {
  readonly seen: PrefectureView[] = [];

  constructor() {
    const collectivites = new InMemoryCollectivites();
    const ledger = new InMemoryLedger();
    super(ledger, collectivites, new InMemoryLiaisons(ledger, collectivites));
  }

  override views(): Promise<readonly PrefectureView[]> {
    return Promise.resolve(this.seen);
  }
}
