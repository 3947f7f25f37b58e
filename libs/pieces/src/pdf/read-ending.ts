import type { RemarquePiece } from '@teletransmission/teletransmission';
import type { ReadableContent } from '../content/readable-content';
import { textAt } from '../content/readable-content';

const WINDOW_OCTETS = 64 * 1024;
/** Ce qui peut suivre la fin sans qu'on renonce à la chercher. */
const SEARCHED_OCTETS = 1024 * 1024;
const OBJET = /\b\d{1,10}\s{1,8}\d{1,5}\s{1,8}obj\b/;

/** La fin d'un PDF : où elle place la table des références, et ce qu'il faut en savoir. */
export interface Ending {
  /** La place de la table, comptée depuis le début du PDF. */
  readonly table: number;
  readonly remarques: readonly RemarquePiece[];
}

/**
 * Lit la fin d'un PDF (ISO 32000 §7.5.5) : « startxref », une place, « %%EOF ». Les lecteurs savent s'en passer et réparent sans rien dire,
 * quitte à ne montrer que la moitié des pages, ou une version plus ancienne : c'est ici que se voit un fichier coupé.
 * @returns `null` quand la fin manque, ou quand une révision commencée après elle n'a pas la sienne.
 */
export async function readEnding(content: ReadableContent): Promise<Ending | null> {
  const tail = await lastOctets(content);
  const found = /^startxref[\s\0]{0,64}(\d{1,12})/.exec(tail.slice(tail.lastIndexOf('startxref')));
  if (!found) return null;
  const after = tail.slice(tail.lastIndexOf('startxref') + found[0].length);
  const mark = /^[\s\0]{0,64}%%EOF/.exec(after);
  if (!mark) return null;
  const rest = after.slice(mark[0].length);
  // Une révision inachevée : des objets sans leur table. La version d'avant s'ouvrirait à sa place, sans un mot.
  if (OBJET.test(rest)) return null;
  return { table: Number(found[1]), remarques: /[^\s\0]/.test(rest) ? ['octets-apres-la-fin'] : [] };
}

/** Les derniers octets, assez pour y trouver « startxref » s'il est là. */
async function lastOctets(content: ReadableContent): Promise<string> {
  for (let length = WINDOW_OCTETS; ; length = SEARCHED_OCTETS) {
    const tail = await textAt(content, content.tailleOctets - length, length);
    if (length === SEARCHED_OCTETS || length >= content.tailleOctets || tail.includes('startxref'))
      return tail;
  }
}
