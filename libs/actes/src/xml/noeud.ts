/** Un attribut lu, hors déclarations d'espaces de noms. */
export interface AttributLu {
  /** L'URI telle que le fichier l'écrit, blancs compris. */
  readonly espace: string;
  readonly local: string;
  readonly valeur: string;
}

/** Un élément lu. L'arbre est celui d'un petit message : il se parcourt plusieurs fois, validation puis lecture. */
export interface Noeud {
  /** L'URI telle que le fichier l'écrit, blancs compris. */
  readonly espace: string;
  readonly local: string;
  /** Les URI d'espaces de noms que l'élément déclare, telles qu'écrites. */
  readonly espacesDeclares: readonly string[];
  readonly attributs: readonly AttributLu[];
  readonly enfants: readonly Noeud[];
  /** Le texte propre de l'élément, ses morceaux joints. */
  readonly texte: string;
  /** Vrai dès qu'un morceau de texte, même blanc, ou une section CDATA s'y trouve. */
  readonly aDuTexte: boolean;
  /** Décalage du `<` ouvrant dans le texte décodé. */
  readonly decalage: number;
}

/** Lire passe sur les blancs qui entourent une URI d'espace de noms ; valider, qui compare les URI elles-mêmes, ne les admet pas. */
function isSameEspace(un: string, autre: string): boolean {
  return un === autre || un.trim() === autre.trim();
}

/** L'attribut de ce nom, de préférence dans l'espace attendu ; sinon dans un autre, préfixe oublié compris. */
export function attributOf(noeud: Noeud, local: string, espace: string): string | undefined {
  const found = noeud.attributs.filter((attribut) => attribut.local === local);
  return (found.find((attribut) => isSameEspace(attribut.espace, espace)) ?? found[0])?.valeur;
}

/** Le premier enfant de ce nom local, dans l'espace de noms de son parent. */
export function enfantOf(noeud: Noeud, local: string): Noeud | undefined {
  return noeud.enfants.find((enfant) => enfant.local === local && isSameEspace(enfant.espace, noeud.espace));
}

/** Tous les enfants de ce nom local, dans l'espace de noms de leur parent. */
export function enfantsOf(noeud: Noeud, local: string): readonly Noeud[] {
  return noeud.enfants.filter(
    (enfant) => enfant.local === local && isSameEspace(enfant.espace, noeud.espace),
  );
}
