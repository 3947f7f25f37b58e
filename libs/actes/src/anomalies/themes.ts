import { foldText } from '../texte/fold-text';

/** Ce dont un reproche peut parler. */
type Theme = 'classification' | 'piece' | 'numero' | 'champ' | 'format' | 'collectivite';

/** Les mots qui trahissent un thème, dans un texte plié. Un mot peut en trahir plusieurs : on n'en conclut que sur tous. */
const MOTS: Readonly<Record<Theme, RegExp>> = {
  classification: /classification|nomenclature|matiere/,
  piece:
    /\bpieces?\b|fichier|document|annexe|\bpdf\b|\bjpe?g\b|\bpng\b|virus|illisible|taille|trop (?:gros|lourd|volumineu)|verrou|mot de passe|signature/,
  numero: /\bnumero(?! de siren)|numerot|deja (?:ete )?(?:transmis|recu|enregistre|utilise|depose)|doublon/,
  champ: /\bchamps?\b|obligatoire|manqu|renseign|valeur|absente?\b|\bobjet\b|\bdate\b/,
  format: /\barchive|enveloppe|\bxml\b|schema|\bformat|(?:mal|bien) ?form|transaction|\bnom\b/,
  collectivite: /\bsiren\b|collectivite|convention|habilit|emetteur/,
};

const CHAMPS: readonly Theme[] = ['champ', 'classification', 'numero', 'collectivite', 'format'];

/** Ce dont chaque code parle. Un code qui n'y est pas (999, 100, inconnu) peut parler de tout. */
const THEMES_ACTE: Readonly<Record<string, readonly Theme[]>> = {
  '001': ['numero'],
  '002': ['classification'],
  '003': ['classification'],
  '004': CHAMPS,
  '005': CHAMPS,
  '006': ['piece', 'format'],
  '007': ['piece', 'format'],
};

const THEMES_ENVELOPPE: Readonly<Record<string, readonly Theme[]>> = {
  '001': ['piece', 'format'],
  '002': ['piece', 'format'],
  '003': ['piece', 'format'],
  '004': CHAMPS,
  '005': CHAMPS,
};

/**
 * Vrai quand les mots de la préfecture parlent d'autre chose que son code. Un texte dont on ne reconnaît aucun thème, ou dont l'un est
 * celui du code, ne le contredit pas : dans le doute, on ne dit rien.
 */
export function wordsContradictCode(kind: 'acte' | 'enveloppe', code: string, words: string): boolean {
  const themesOfCode = kind === 'acte' ? THEMES_ACTE : THEMES_ENVELOPPE;
  const expected = Object.hasOwn(themesOfCode, code) ? themesOfCode[code] : undefined;
  if (!expected) return false;
  const text = foldText(words);
  const told = (Object.keys(MOTS) as Theme[]).filter((theme) => MOTS[theme].test(text));
  return told.length > 0 && !told.some((theme) => expected.includes(theme));
}
