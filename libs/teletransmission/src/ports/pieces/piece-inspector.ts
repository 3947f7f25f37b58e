import type { Format, RemarquePiece } from '../../deliberation/deliberation';
import type { Empreinte } from '../../ids';

/** Un fichier rangé, à ouvrir. */
export interface PieceContent {
  readonly empreinte: Empreinte;
  readonly tailleOctets: number;
}

/** Ce qu'un fichier ouvert a montré : un document de ce format, et ce qu'il faut en savoir. */
export interface OpenedPiece {
  readonly format: Format;
  readonly remarques: readonly RemarquePiece[];
}

/**
 * Ce que l'ouverture d'un fichier a donné. `unavailable` n'est jamais un refus : on n'a pas pu regarder.
 * Un `detail` est la suite d'une phrase qui commence par le nom du fichier, et dit quoi faire.
 */
export type Inspection =
  | { readonly kind: 'opened'; readonly piece: OpenedPiece }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'unavailable'; readonly detail: string };

/** Ouvre un document comme le fera la préfecture : entier, lisible sans mot de passe, d'un format de la norme. */
export interface PieceInspector {
  /** Ne lance que si un contenu rangé ne se lit pas. */
  inspect(content: PieceContent): Promise<Inspection>;
}
