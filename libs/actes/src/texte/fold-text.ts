/** Un texte réduit à ses mots : sans accents ni casse, ligatures ouvertes. On y cherche « voeu » comme « Vœu ». */
export function foldText(text: string): string {
  return text
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, ' ')
    .trim();
}
