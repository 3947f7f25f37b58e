/** Un morceau de page déjà sûr ; tout le reste est échappé. */
export class Html {
  constructor(readonly texte: string) {}
}

type Morceau = Html | string | number | undefined | false | readonly Morceau[];

const ENTITES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function write(morceau: Morceau): string {
  if (morceau === undefined || morceau === false) return '';
  if (morceau instanceof Html) return morceau.texte;
  if (typeof morceau === 'string') return morceau.replace(/[&<>"']/g, (signe) => ENTITES[signe] ?? signe);
  return typeof morceau === 'number' ? `${morceau}` : morceau.map(write).join('');
}

/** Compose du HTML : ce qui est inséré est échappé, sauf ce qui est déjà du `Html`. */
export function html(patron: TemplateStringsArray, ...morceaux: readonly Morceau[]): Html {
  return new Html(patron.reduce((texte, fixe, rang) => texte + write(morceaux[rang - 1]) + fixe));
}
