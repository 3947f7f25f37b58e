import type { ByteRange } from '@teletransmission/teletransmission';

/** L'étendue d'un contenu qu'une demande veut : tout, une part, ou une part qui n'y est pas. */
export type AskedRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly range: ByteRange }
  | { readonly kind: 'outside' };

const WHOLE: AskedRange = { kind: 'whole' };

/**
 * Lit un en-tête `Range` (RFC 9110 §14.2). Une autre unité, une écriture fautive ou plusieurs étendues valent l'absence de l'en-tête : le
 * contenu entier répond toujours à la demande.
 */
export function askedRangeOf(header: string | undefined, tailleOctets: number): AskedRange {
  const read = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? '');
  const [, first = '', last = ''] = read ?? [];
  if (!read || (first === '' && last === '')) return WHOLE;
  const end = tailleOctets - 1;
  if (first === '') {
    const length = Math.min(Number(last), tailleOctets);
    return length === 0
      ? { kind: 'outside' }
      : { kind: 'part', range: { start: tailleOctets - length, end } };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return WHOLE;
  if (start > end) return { kind: 'outside' };
  return { kind: 'part', range: { start, end: last === '' ? end : Math.min(Number(last), end) } };
}
