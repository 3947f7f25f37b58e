const OPEN_PATHS = new Set([
  '/connexion',
  '/deconnexion',
  '/health/live',
  '/health/ready',
  // Elle demande son propre jeton : Prometheus n'ouvre pas de session.
  '/metrics',
  '/bureau.css',
  '/favicon.svg',
]);

/** Le chemin sans sa requête. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

/** Les seules pages servies sans session ; tout le reste est fermé, y compris ce qui n'existe pas. */
export function isOpenPath(path: string): boolean {
  return OPEN_PATHS.has(path);
}

/** Vrai pour la salle des files, tenue par bull-board. */
export function isBoardPath(path: string): boolean {
  return path === '/files' || path.startsWith('/files/');
}
