/** Une faute d'un XML, située. */
export interface XmlViolation {
  /** À partir de 1. */
  readonly ligne: number;
  readonly colonne: number;
  /**
   * Code stable. `xml/…` : le schéma est violé ; `regle/…` : le schéma ne dit rien, une règle du protocole est violée.
   * Un fichier illisible donne une seule violation, du code de son refus (`xml/malformed`, `xml/doctype`…).
   */
  readonly regle: string;
  /** Le chemin de l'élément ou de l'attribut fautif : `actes:Acte/actes:Objet`, `actes:Acte/@actes:Date`. */
  readonly chemin: string;
  readonly detail: string;
}

/** Une faute avant d'être située : le décalage est celui de l'élément. */
export interface Faute {
  readonly decalage: number;
  readonly regle: string;
  readonly chemin: string;
  readonly detail: string;
}

/**
 * Au-delà, on cesse de chercher : un fichier forgé pourrait porter des dizaines de milliers de fautes, et personne n'en corrige
 * tant à la main.
 */
export const FAUTES_CHERCHEES_MAX = 5_000;
