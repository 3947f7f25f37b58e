import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { packArchive } from './pack-archive';
import { packedSizeMax } from './packed-size';

const KIB = 1024;

function archiveOf(
  sizes: readonly (readonly [bytes: number, compresser: boolean])[],
): Parameters<typeof packArchive>[0] {
  return sizes.map(([tailleOctets, compresser], index) => {
    const octets = randomBytes(tailleOctets);
    return { nom: `f${index}.pdf`, tailleOctets, compresser, open: () => Readable.from([octets]) };
  });
}

describe('la taille d’une archive, sans la composer', () => {
  it.each<[string, readonly (readonly [number, boolean])[]]>([
    ['vide', []],
    ['d’un octet', [[1, false]]],
    ['d’un bloc juste', [[512, false]]],
    ['au bord d’un segment stocké', [[65_535 - 512, false]]],
    [
      'd’un acte ordinaire',
      [
        [3 * KIB, true],
        [9 * KIB, true],
        [200 * KIB, false],
        [100 * KIB + 7, false],
      ],
    ],
    ['de deux cents annexes', Array.from({ length: 200 }, (_, index) => [index * 13, false] as const)],
    [
      'd’un message gonflé de signatures',
      [
        [3 * KIB * KIB, true],
        [KIB * KIB, false],
      ],
    ],
  ])('%s, est dite par excès et de peu', async (_, sizes) => {
    const { byteLength } = await buffer(packArchive(archiveOf(sizes)));
    const said = packedSizeMax(archiveOf(sizes));
    expect(said).toBeGreaterThanOrEqual(byteLength);
    expect(said - byteLength).toBeLessThan(byteLength / 500 + 1_500);
  });
});
