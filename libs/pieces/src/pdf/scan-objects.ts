/** Les bornes disent ce qu'un PDF écrit vraiment, et gardent la recherche linéaire. */
const OBJET = /\b(\d{1,10})\s{1,8}\d{1,5}\s{1,8}obj\b/g;
const FIN_DU_DICTIONNAIRE = /stream\r?\n|endobj/g;
const REFERENCE = /\b(\d{1,10})\s{1,8}\d{1,5}\s{1,8}R\b/g;

/**
 * Parcourt les objets d'un PDF dont la table est à refaire, et dit si rien n'y manque : chaque flux finit où il l'annonce, et ce qui est
 * désigné existe. Un fichier dont un bloc s'est perdu, ou qu'un transfert « en texte » a altéré, s'ouvre souvent, mais ses pages sont vides.
 * @param pdf le fichier entier, un caractère par octet
 */
export function isComplete(pdf: string): boolean {
  const defined = new Set<string>();
  const wanted = new Set<string>();
  // Les objets rangés dans un flux compressé ne se voient pas d'ici : ce qui les désigne non plus ne prouve rien.
  let hasObjectStreams = false;
  OBJET.lastIndex = 0;
  for (let found = OBJET.exec(pdf); found; found = OBJET.exec(pdf)) {
    defined.add(found[1] ?? '');
    const start = OBJET.lastIndex;
    FIN_DU_DICTIONNAIRE.lastIndex = start;
    const end = FIN_DU_DICTIONNAIRE.exec(pdf);
    if (!end) return false;
    const dictionary = pdf.slice(start, end.index);
    hasObjectStreams ||= dictionary.includes('/ObjStm');
    for (const [, id] of dictionary.matchAll(REFERENCE)) wanted.add(id ?? '');
    OBJET.lastIndex = FIN_DU_DICTIONNAIRE.lastIndex;
    if (end[0] === 'endobj') continue;
    const after = endOfStream(pdf, dictionary, OBJET.lastIndex);
    if (after === null) return false;
    OBJET.lastIndex = after;
  }
  return defined.size > 0 && (hasObjectStreams || [...wanted].every((id) => id === '0' || defined.has(id)));
}

/** Où finit le flux commencé là ; `null` quand il ne finit pas où son dictionnaire le dit. */
function endOfStream(pdf: string, dictionary: string, start: number): number | null {
  const length = /\/Length\s{1,8}(\d{1,10})(?!\d|\s{1,8}\d{1,5}\s{1,8}R\b)/.exec(dictionary);
  // Une longueur donnée par un autre objet : la fin se cherche.
  const end = length ? start + Number(length[1]) : pdf.indexOf('endstream', start);
  if (end < start) return null;
  const mark = /^\s{0,4}endstream/.exec(pdf.slice(end, end + 16));
  return mark ? end + mark[0].length : null;
}
