/** Le disque a manqué : rien de ce qui était demandé n'est promis. Qui appelle peut recommencer plus tard. */
export class StorageFailure extends Error {
  constructor(cause: unknown) {
    super('Le simulateur ne peut plus écrire.', { cause });
  }
}
