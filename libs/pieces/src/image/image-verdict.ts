import type { Inspection } from '@teletransmission/teletransmission';
import { refused } from '../content/refused';

/** Au-delà, déplier l'image épuiserait le poste de qui l'ouvre : un plan A0 à 600 points par pouce n'en fait que la moitié. */
const PIXELS_MAX = 1_000_000_000;

/** Une image lue jusqu'au bout, si ses dimensions sont celles d'un document. */
export function checkedImage(format: 'jpg' | 'png', largeur: number, hauteur: number): Inspection {
  if (largeur === 0 || hauteur === 0)
    return refused('piece/image-damaged', 'est une image sans dimensions. Enregistrez-la de nouveau.');
  if (largeur * hauteur > PIXELS_MAX)
    return refused(
      'piece/image-damaged',
      `est une image de ${largeur} × ${hauteur} points, plus qu’aucun poste n’en affiche. Réduisez-la, ou enregistrez-la en PDF.`,
    );
  return { kind: 'opened', piece: { format, remarques: [] } };
}

export function cutImage(nom: string): Inspection {
  return refused(
    'piece/cut',
    `est une image ${nom} coupée : sa fin manque. Joignez de nouveau le fichier entier.`,
  );
}

export function damagedImage(nom: string): Inspection {
  return refused(
    'piece/image-damaged',
    `est une image ${nom} abîmée. Enregistrez-la de nouveau, et ouvrez-la avant de la joindre.`,
  );
}
