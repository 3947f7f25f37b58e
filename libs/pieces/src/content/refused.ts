import type { Inspection } from '@teletransmission/teletransmission';

/** Les refus de l'ouverture d'un document. */
export type RefusalCode =
  | 'piece/empty'
  | 'piece/format-unknown'
  | 'piece/compressed'
  | 'piece/cut'
  | 'piece/damaged'
  | 'piece/password'
  | 'piece/locked'
  | 'piece/no-page'
  | 'piece/too-complex'
  | 'piece/image-damaged'
  | 'piece/xml-refused'
  | 'piece/budget-not-sealed'
  | 'piece/budget-seal-false';

/** Un refus. @param detail la suite d'une phrase qui commence par le nom du fichier, et qui dit quoi faire */
export function refused(code: RefusalCode, detail: string): Inspection {
  return { kind: 'refused', code, detail };
}

/** Ce qui se déplie sans fin, ou demande plus de mémoire qu'aucun lecteur n'en donne à un document. */
export const TOO_COMPLEX = refused(
  'piece/too-complex',
  'demande plus de mémoire pour s’ouvrir qu’aucun lecteur n’en donne à un document. Enregistrez-le de nouveau (« imprimer en PDF » suffit souvent), et ouvrez-le avant de le joindre.',
);
