const UNITS = ['octets', 'ko', 'Mo', 'Go'] as const;
const numbers = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 });

/** Une taille lisible, en unités décimales : « 812 octets », « 1,4 Mo ». */
export function tailleLisible(octets: number): string {
  const rank = Math.min(octets < 1 ? 0 : Math.floor(Math.log10(octets) / 3), UNITS.length - 1);
  // Arrondi compris : 999 960 octets se lisent « 1 Mo », jamais « 1 000 ko ».
  const shown = Number((octets / 1000 ** rank).toFixed(1));
  if (shown >= 1000 && rank < UNITS.length - 1)
    return `${numbers.format(shown / 1000)} ${UNITS[rank + 1] ?? ''}`;
  return `${numbers.format(shown)} ${octets === 1 ? 'octet' : (UNITS[rank] ?? '')}`;
}
