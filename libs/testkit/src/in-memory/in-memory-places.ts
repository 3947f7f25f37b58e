import type { SendingPlace, SendingPlaces } from '@teletransmission/teletransmission';

/** Des places comptées par préfecture, sans attente : pleine, elle le dit aussitôt. */
export class InMemoryPlaces implements SendingPlaces {
  private readonly taken = new Map<string, number>();

  constructor(readonly perPrefecture: number) {}

  take(departement: string): Promise<SendingPlace | null> {
    const count = this.taken.get(departement) ?? 0;
    if (count >= this.perPrefecture) return Promise.resolve(null);
    this.taken.set(departement, count + 1);
    let isHeld = true;
    return Promise.resolve({
      leave: () => {
        if (isHeld) this.taken.set(departement, (this.taken.get(departement) ?? 1) - 1);
        isHeld = false;
      },
    });
  }
}
