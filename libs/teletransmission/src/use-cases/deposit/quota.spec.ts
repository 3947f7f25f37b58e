import { aCollectivite } from '@teletransmission/testkit';
import { checkCollectivite } from '../../collectivite/collectivite-rules';
import type { Empreinte } from '../../ids';
import { quotaFault } from './quota';

const files = (
  ...sizes: readonly number[]
): { nomFichier: string; empreinte: Empreinte; tailleOctets: number }[] =>
  sizes.map((tailleOctets) => ({
    nomFichier: 'a.pdf',
    empreinte: 'a'.repeat(64) as Empreinte,
    tailleOctets,
  }));
const holding = (octets: number) => ({ storedBytes: () => Promise.resolve(octets) });

describe('le quota', () => {
  it.each([
    [null, 1e12, [1e9], false],
    [100, 60, [40], false],
    [100, 60, [40, 1], true],
    [100, 0, [101], true],
    [100, 200, [], true],
  ])(
    'de %s octets, avec %d déposés et %j de plus : refusé %s',
    async (quotaOctets, stored, sizes, isRefused) => {
      const fault = await quotaFault(holding(stored), aCollectivite({ quotaOctets }), files(...sizes));
      expect(fault !== null).toBe(isRefused);
    },
  );

  it.each([
    [undefined, null],
    [null, null],
    [1024 ** 3, 1024 ** 3],
    [1024 ** 3 - 1, 'collectivite/quota-refused'],
    [0, 'collectivite/quota-refused'],
    [-1, 'collectivite/quota-refused'],
    [1.5e10 + 0.5, 'collectivite/quota-refused'],
    [1e300, 'collectivite/quota-refused'],
    ['5 Gio', 'collectivite/quota-refused'],
  ])('%p se règle ou se refuse', (quotaOctets, expected) => {
    const { id, ...settings } = aCollectivite({});
    const checked = checkCollectivite({ ...settings, quotaOctets }, id);
    expect(checked.ok ? checked.value.quotaOctets : checked.problem.violations?.[0]?.code).toBe(expected);
  });
});
