import { Buffer } from 'node:buffer';
import type { TarEntry } from './tar-header';
import { TAR_BLOCK } from './tar-header';

/** Onze chiffres octaux : au-delà, le format ustar n'a plus de place. */
const SIZE_MAX = 8 ** 11 - 1;

/**
 * L'en-tête ustar d'un fichier ordinaire : droits 0644, date et propriétaires à zéro, pour que le même contenu donne toujours
 * les mêmes octets.
 * @throws si le nom dépasse 100 caractères ou la taille 8 Gio : c'est un défaut de l'appelant.
 */
export function encodeTarHeader({ nom, tailleOctets }: TarEntry): Buffer {
  if (nom.length > 100 || tailleOctets > SIZE_MAX)
    throw new Error(`« ${nom} » n'entre pas dans une archive ustar.`);
  const block = Buffer.alloc(TAR_BLOCK);
  const put = (offset: number, text: string): void => {
    block.write(text, offset, 'latin1');
  };
  const octal = (value: number, width: number): string => `${value.toString(8).padStart(width, '0')}\0`;
  put(0, nom);
  put(100, octal(0o644, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(tailleOctets, 11));
  put(136, octal(0, 11));
  // La somme se calcule comme si son propre champ était fait d'espaces.
  put(148, ' '.repeat(8));
  put(156, '0');
  put(257, 'ustar\x0000');
  put(329, octal(0, 7));
  put(337, octal(0, 7));
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return block;
}

/** Ce qu'il faut de zéros après un contenu pour finir son dernier bloc. */
export function tarPadding(tailleOctets: number): Buffer {
  return Buffer.alloc((TAR_BLOCK - (tailleOctets % TAR_BLOCK)) % TAR_BLOCK);
}
