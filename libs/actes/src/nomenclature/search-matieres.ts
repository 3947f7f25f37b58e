import { foldText } from '../texte/fold-text';
import type { Matiere } from './matieres';
import { MATIERES } from './matieres';
import { MOTS_USUELS } from './matieres-mots';

interface Index {
  readonly matiere: Matiere;
  readonly libelle: string;
  readonly mots: readonly string[];
  readonly domaine: string;
}

const INDEX: readonly Index[] = MATIERES.map((matiere) => ({
  matiere,
  libelle: foldText(matiere.libelle),
  mots: foldText(MOTS_USUELS[matiere.code] ?? '').split(' '),
  domaine: foldText(matiere.domaine),
}));

function scoreOfWord(entry: Index, word: string): number {
  if (entry.matiere.code === word) return 100;
  if (entry.libelle.startsWith(word)) return 40;
  if (entry.libelle.split(' ').some((part) => part.startsWith(word))) return 30;
  // Le pluriel et la désinence ne doivent pas cacher une matière : « subventions » trouve « subvention », et l'inverse.
  if (
    entry.mots.some((mot) => mot !== '' && (mot.startsWith(word) || (mot.length > 3 && word.startsWith(mot))))
  )
    return 20;
  if (entry.libelle.includes(word)) return 10;
  return entry.domaine.split(' ').some((part) => part.startsWith(word)) ? 5 : 0;
}

/** Mots trop communs pour distinguer une matière d'une autre. */
const VIDES = new Set([
  'de',
  'du',
  'des',
  'la',
  'le',
  'les',
  'et',
  'en',
  'au',
  'aux',
  'un',
  'une',
  'pour',
  'sur',
  'par',
]);

/**
 * Cherche des matières par mots, accents et casse ignorés ; les articles ne comptent pas. D'abord celles qui répondent au
 * plus de mots, puis les plus proches ; à égalité, l'ordre de la nomenclature. Un texte vide donne toute la nomenclature.
 * @example searchMatieres('subvention')[0]?.code // '7.5'
 */
export function searchMatieres(words: string): readonly Matiere[] {
  if (words.trim() === '') return MATIERES;
  const wanted = foldText(words)
    .split(' ')
    .filter((word) => word.length > 1 && !VIDES.has(word));
  return INDEX.map((entry) => ({ entry, scores: wanted.map((word) => scoreOfWord(entry, word)) }))
    .map(({ entry, scores }) => ({
      matiere: entry.matiere,
      found: scores.filter((score) => score > 0).length,
      total: scores.reduce((sum, score) => sum + score, 0),
    }))
    .filter(({ found }) => found > 0)
    .sort((a, b) => b.found - a.found || b.total - a.total)
    .map(({ matiere }) => matiere);
}
