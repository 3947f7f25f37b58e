const ORIGIN = 'http://bureau.invalid';
/** Les chemins du bureau : des mots séparés par une barre, jamais deux barres de suite, rien d'encodé. */
const DESK_PATH = /^\/(?:[\w.~-]+\/?)*$/;

/**
 * Un chemin où revenir après la connexion, s'il reste dans le bureau ; sinon l'accueil. Une adresse d'ailleurs, même déguisée (`//ailleurs`,
 * `/\ailleurs`, `/.//ailleurs`, `/%2failleurs`), ne passe pas : c'est le chemin rendu que l'on juge, ses détours suivis.
 */
export function localPath(text: string | undefined): string {
  if (!text?.startsWith('/') || text.length > 2000 || !URL.canParse(text, ORIGIN)) return '/';
  const { origin, pathname, search } = new URL(text, ORIGIN);
  if (origin !== ORIGIN || !DESK_PATH.test(pathname)) return '/';
  return pathname === '/connexion' || pathname === '/deconnexion' ? '/' : `${pathname}${search}`;
}
