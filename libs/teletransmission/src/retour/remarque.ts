import type { Ecart } from '@teletransmission/actes';

/** Ce qu'un retour a de singulier sans qu'il faille l'arrêter : un écart au schéma, à l'encodage, à l'archive, ou à la liste d'amont. */
export interface Remarque extends Ecart {
  /** Le fichier de l'archive dont elle parle, quand c'est d'un fichier. */
  readonly fichier?: string;
}

/** Ce qu'un retour en garde : au-delà, elles disent toutes la même chose, et les octets sont là. */
const REMARQUES_MAX = 50;
const DETAIL_MAX_CHARS = 300;
const FICHIER_MAX_CHARS = 255;

/** Celles de la relève commencent ainsi : une relecture refait toutes les autres, et garde celles-là. */
export const REMARQUE_DE_RELEVE = 'releve/';

/**
 * Les remarques telles qu'elles se gardent : bornées en nombre et en longueur, sans rien qu'une base ne sache écrire. Au-delà de
 * cinquante, une dernière (`remarques/autres`) dit combien manquent.
 */
export function boundedRemarques(remarques: readonly Remarque[]): readonly Remarque[] {
  const kept = remarques.slice(0, REMARQUES_MAX).map(({ regle, detail, ligne, fichier }) => ({
    regle: written(regle, DETAIL_MAX_CHARS),
    detail: written(detail, DETAIL_MAX_CHARS),
    ...(ligne === undefined ? {} : { ligne }),
    ...(fichier === undefined ? {} : { fichier: written(fichier, FICHIER_MAX_CHARS) }),
  }));
  const missing = remarques.length - kept.length;
  if (missing === 0) return kept;
  return [...kept, { regle: 'remarques/autres', detail: `Et ${missing} autres, qui ne sont pas gardées.` }];
}

/** Une remarque en une ligne : le fichier, la ligne, ce qu'il y a. */
export function remarqueText({ fichier, ligne, detail }: Remarque): string {
  return [fichier, ligne === undefined ? undefined : `ligne ${ligne}`, detail].filter(Boolean).join(' : ');
}

function written(text: string, maxChars: number): string {
  const whole = text.replace(/[\p{Cc}\p{Cs}]/gu, '\uFFFD');
  const letters = Array.from(whole);
  return letters.length <= maxChars ? whole : `${letters.slice(0, maxChars - 1).join('')}…`;
}
