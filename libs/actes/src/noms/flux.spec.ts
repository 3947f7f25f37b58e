import { globalElement } from '../vocabulaire/vocabulaire';
import type { Flux } from './flux';
import { FLUX, fluxOfRacine, isFlux } from './flux';

const ALL = Object.keys(FLUX) as Flux[];

describe('Le catalogue des flux', () => {
  it('compte vingt et un messages, sans 1-4 ni 6-3', () => {
    expect(ALL).toHaveLength(21);
    expect(isFlux('1-4')).toBe(false);
    expect(isFlux('6-3')).toBe(false);
  });

  it.each(ALL)('%s a une racine que le vocabulaire décrit, et elle seule', (flux) => {
    expect(globalElement(FLUX[flux].racine)?.nom).toBe(FLUX[flux].racine);
    expect(fluxOfRacine(FLUX[flux].racine)).toBe(flux);
  });

  it.each(ALL)('ce qui clôt %s lui répond, dans l’autre sens', (flux) => {
    for (const closing of FLUX[flux].closPar) {
      expect(FLUX[closing].repondA).toContain(flux);
      expect(FLUX[closing].sens).not.toBe(FLUX[flux].sens);
    }
  });

  it('n’accuse réception automatiquement que des demandes et des observations', () => {
    const automatic = ALL.filter((flux) => FLUX[flux].accuseAutomatique !== undefined);
    expect(automatic.map((flux) => [flux, FLUX[flux].accuseAutomatique])).toEqual([
      ['3-1', '3-2'],
      ['4-1', '4-2'],
    ]);
  });

  it('n’attend rien après un accusé, ni après 2-2, 3-2, 4-2 et 5-1', () => {
    const waiting = ALL.filter((flux) => FLUX[flux].closPar.length > 0);
    expect(waiting).toEqual(['1-1', '2-1', '3-1', '3-3', '3-4', '4-1', '4-3', '4-4', '6-1', '7-1']);
  });
});
