import type { Guichet, SendingPlace, SendingPlaces } from '@teletransmission/teletransmission';
import { guichetKey } from '@teletransmission/teletransmission';

/** Des places comptées par préfecture, sans attente : pleine, elle le dit aussitôt. */
export class InMemoryPlaces implements SendingPlaces {
  private readonly taken = new Map<string, number>();

  constructor(readonly perPrefecture: number) {}

  take(guichet: Guichet): Promise<SendingPlace | null> {
    const key = guichetKey(guichet);
    const count = this.taken.get(key) ?? 0;
    if (count >= this.perPrefecture) return Promise.resolve(null);
    this.taken.set(key, count + 1);
    let isHeld = true;
    return Promise.resolve({
      leave: () => {
        if (isHeld) this.taken.set(key, (this.taken.get(key) ?? 1) - 1);
        isHeld = false;
      },
    });
  }
}
