/** Le disque a refusé, ou le contenu n'est plus là. `retry` dit si recommencer peut servir. */
export class StoreFailure extends Error {
  constructor(
    readonly code: 'document/missing' | 'document/unreadable' | 'document/not-stored',
    readonly retry: 'later' | 'never',
    cause?: unknown,
  ) {
    super(code, { cause });
    this.name = 'StoreFailure';
  }
}
