import fc from 'fast-check';
import { askedRangeOf } from './byte-range';

const WHOLE = { kind: 'whole' };
const OUTSIDE = { kind: 'outside' };
const part = (start: number, end: number): unknown => ({ kind: 'part', range: { start, end } });

describe('l’étendue demandée d’un contenu de 100 octets', () => {
  it.each([
    ['sans en-tête', undefined, WHOLE],
    ['les dix premiers', 'bytes=0-9', part(0, 9)],
    ['un seul octet', 'bytes=99-99', part(99, 99)],
    ['à partir d’un rang', 'bytes=90-', part(90, 99)],
    ['les dix derniers', 'bytes=-10', part(90, 99)],
    ['plus de derniers qu’il n’y en a', 'bytes=-1000', part(0, 99)],
    ['une fin au-delà du contenu', 'bytes=50-1000', part(50, 99)],
    ['une unité en majuscules', 'BYTES=1-2', part(1, 2)],
    ['un début au-delà du contenu', 'bytes=100-', OUTSIDE],
    ['aucun dernier octet', 'bytes=-0', OUTSIDE],
    ['un rang plus grand que tout nombre', `bytes=${'9'.repeat(400)}-`, OUTSIDE],
    ['une fin plus grande que tout nombre', `bytes=0-${'9'.repeat(400)}`, part(0, 99)],
    ['une fin avant le début', 'bytes=9-0', WHOLE],
    ['plusieurs étendues', 'bytes=0-1,5-6', WHOLE],
    ['une autre unité', 'lignes=0-9', WHOLE],
    ['rien', 'bytes=-', WHOLE],
    ['un nombre négatif', 'bytes=--5', WHOLE],
    ['des lettres', 'bytes=a-b', WHOLE],
  ])('%s', (_, header, expected) => {
    expect(askedRangeOf(header, 100)).toEqual(expected);
  });

  it('d’un contenu vide, n’a jamais d’octet à rendre', () => {
    for (const header of ['bytes=0-', 'bytes=0-0', 'bytes=-1'])
      expect(askedRangeOf(header, 0)).toEqual(OUTSIDE);
  });

  it('quel que soit l’en-tête, reste dans le contenu', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.tuple(fc.nat(300), fc.nat(300)).map(([a, b]) => `bytes=${a}-${b}`),
        ),
        fc.nat(200),
        (header, taille) => {
          const asked = askedRangeOf(header, taille);
          if (asked.kind !== 'part') return;
          const { start, end } = asked.range;
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThan(taille);
        },
      ),
    );
  });
});
