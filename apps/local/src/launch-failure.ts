/**
 * Une panne du démarrage : le monde n'est pas comme il faudrait (port pris, dossier fermé, programme absent…).
 * `code` a la forme `local/ce-qui-est-arrive` ; `message` est en français et dit quoi faire. Attrapée une seule fois, dans `main.ts`.
 */
export class LaunchFailure extends Error {
  constructor(
    readonly code: `local/${string}`,
    detail: string,
    options?: { readonly cause?: unknown },
  ) {
    super(detail, options);
    this.name = 'LaunchFailure';
  }
}

/** Le code d'une erreur du système (`EACCES`, `EADDRINUSE`…), ou la chaîne vide. */
export function systemCodeOf(error: unknown): string {
  // Pas de `instanceof Error` : dans Jest, les erreurs de Node viennent d'un autre monde que le nôtre.
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
