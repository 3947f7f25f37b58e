/** Ce que les traitements de texte, les PDF et les claviers mettent pour un tiret : U+2010 à U+2015, U+2212, et leurs formes larges. */
const TRAITS = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]/g;

/** Ce qui ne se voit pas : trait d'union conditionnel (U+00AD), espaces sans chasse, marque d'ordre des octets. */
const INVISIBLES = /[\u00ad\u180e\u200b-\u200d\u2060\ufeff]/g;

/** Un texte tapé ou collé, et ce qui y a été remis d'aplomb, une phrase par écart. */
export interface TexteSaisi {
  readonly texte: string;
  readonly remarques: readonly string[];
}

/** Remet les tirets d'un texte tapé ou collé (« – », « ‑ », « − »), et en ôte ce qui ne se voit pas. Le reste est laissé tel quel. */
export function readSaisie(text: string): TexteSaisi {
  const visible = text.replace(INVISIBLES, '');
  const texte = visible.replace(TRAITS, '-');
  return {
    texte,
    remarques: [
      ...(visible === text
        ? []
        : ['Des caractères invisibles (trait d’union conditionnel…) ont été retirés.']),
      ...(texte === visible ? [] : ['Des tirets typographiques ont été lus comme des tirets.']),
    ],
  };
}

/** Ôte toutes les espaces d'un texte saisi, fines et insécables comprises. */
export function withoutSpaces(text: string): string {
  return text.replace(INVISIBLES, '').replace(/\s/g, '');
}
