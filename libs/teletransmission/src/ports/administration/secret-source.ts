/** D'où viennent les secrets : tirés au hasard, et gardés par leur seule empreinte. */
export interface SecretSource {
  /** Un jeton neuf, à montrer une fois. */
  mint(): string;
  /** L'empreinte sous laquelle un jeton se garde et se retrouve. */
  empreinteOf(secret: string): string;
}
