import type { StoredContent } from '@teletransmission/teletransmission';
import type { Readable } from 'node:stream';

/** Les contenus que ce processus vient d'écrire et que rien ne désigne encore, et combien de ses demandes en tiennent chacun. */
export class Holders {
  private readonly counts = new Map<string, number>();

  add(empreinte: string): void {
    this.counts.set(empreinte, (this.counts.get(empreinte) ?? 0) + 1);
  }

  /** Se joint à ceux qui tiennent déjà ce contenu. @returns faux quand il n'est pas de nous. */
  joins(empreinte: string): boolean {
    if (!this.counts.has(empreinte)) return false;
    this.add(empreinte);
    return true;
  }

  /** @returns vrai quand plus aucune demande d'ici ne le tient. */
  leave(empreinte: string): boolean {
    const left = (this.counts.get(empreinte) ?? 0) - 1;
    if (left > 0) this.counts.set(empreinte, left);
    else this.counts.delete(empreinte);
    return left <= 0;
  }
}

/**
 * Ce qu'une demande dépose. Acceptée, elle le laisse (`keep`) ; refusée, elle reprend ce qu'elle seule a écrit (`release`), sans jamais
 * toucher à ce qui servait déjà, ni à ce qu'un autre a déposé entre-temps.
 */
export class HeldContents {
  private readonly ours: string[] = [];

  constructor(
    private readonly receive: (
      content: Readable,
    ) => Promise<{ readonly stored: StoredContent; readonly isOurs: boolean }>,
    private readonly holders: Holders,
    private readonly discard: (empreinte: string) => Promise<boolean>,
  ) {}

  /** Comme `DocumentStore.put`. */
  async put(content: Readable): Promise<StoredContent> {
    const { stored, isOurs } = await this.receive(content);
    if (isOurs) this.ours.push(stored.empreinte);
    return stored;
  }

  /** À appeler quand la demande est acceptée, ou qu'on ne sait pas ce qu'elle est devenue : le balayage des orphelins en décidera. */
  keep(): void {
    for (const empreinte of this.ours.splice(0)) this.holders.leave(empreinte);
  }

  /** À appeler quand la demande est refusée, et qu'il est sûr qu'elle n'a rien inscrit. @returns combien de contenus sont effacés. */
  async release(): Promise<number> {
    let count = 0;
    for (const empreinte of this.ours.splice(0)) {
      // Un essai manqué (disque, base) laisse un orphelin, que le balayage prendra.
      if (this.holders.leave(empreinte) && (await this.discard(empreinte).catch(() => false))) count += 1;
    }
    return count;
  }
}
