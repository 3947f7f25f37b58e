const ORIGIN = 'http://bureau.invalid';

/**
 * Un chemin où revenir après la connexion, s'il reste dans le bureau ; sinon l'accueil. Une adresse d'ailleurs, même déguisée
 * (`//ailleurs`, `/\ailleurs`), ne passe pas.
 */
export function localPath(text: string | undefined): string {
  if (!text?.startsWith('/') || text.length > 2000 || !URL.canParse(text, ORIGIN)) return '/';
  const url = new URL(text, ORIGIN);
  if (url.origin !== ORIGIN || url.pathname === '/connexion' || url.pathname === '/deconnexion') return '/';
  return `${url.pathname}${url.search}`;
}
