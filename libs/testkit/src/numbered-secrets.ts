import type { SecretSource } from '@teletransmission/teletransmission';

/** Des secrets prévisibles, dont l'empreinte n'est jamais le secret. */
export class NumberedSecrets implements SecretSource {
  private minted = 0;

  mint(): string {
    this.minted += 1;
    return `secret-${this.minted}`;
  }

  empreinteOf(secret: string): string {
    return `empreinte(${secret})`;
  }
}
