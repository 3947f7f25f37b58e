/** Une forme qu'un client accepte, et combien il y tient. */
interface Accepted {
  readonly type: string;
  readonly subtype: string;
  readonly weight: number;
}

/**
 * Vrai si un en-tête `Accept` laisse ce type de contenu (RFC 9110 §12.5.1) : la mention la plus précise l'emporte, et un poids nul exclut.
 * Absent ou vide, il laisse tout ; une étoile seule, que de vieux clients envoient, aussi.
 */
export function accepts(header: string | undefined, produced: string): boolean {
  if (header === undefined || header.trim() === '') return true;
  const [type = '', subtype = ''] = produced.toLowerCase().split('/');
  const weights = header.split(',').map(acceptedOf);
  const weightOf = (t: string, s: string): number | undefined =>
    weights.filter((one) => one?.type === t && one.subtype === s).reduce(heaviest, undefined);
  return (weightOf(type, subtype) ?? weightOf(type, '*') ?? weightOf('*', '*') ?? 0) > 0;
}

function acceptedOf(text: string): Accepted | null {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const [type = '', subtype = ''] = (range === '*' ? '*/*' : range).split('/');
  if (type === '' || subtype === '') return null;
  const q = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, '');
  const weight = q === undefined ? 1 : Number(q);
  return { type, subtype, weight: Number.isFinite(weight) ? weight : 1 };
}

/** La même forme dite deux fois, avec d'autres paramètres, vaut pour la plus voulue. */
function heaviest(known: number | undefined, one: Accepted | null): number | undefined {
  return one === null ? known : Math.max(known ?? 0, one.weight);
}
