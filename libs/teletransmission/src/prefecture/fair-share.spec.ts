import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { TransmissionId } from '../ids';
import { shareBudget } from './fair-share';
import type { BudgetDeparture, BudgetRequest, BudgetWaiter } from './budget';
import type { Departement } from '@teletransmission/actes';
import { LIAISON_DIRECTE } from '../liaison/liaison';

const AT = '2026-03-29T01:00:00.000Z' as Instant;
const A = '213402761';
const B = '213400001';

function request(siren: string, changes: Partial<BudgetRequest> = {}): BudgetRequest {
  return {
    guichet: { liaisonId: LIAISON_DIRECTE, departement: '034' as Departement },
    siren,
    transmissionId: `${siren}-neuf` as TransmissionId,
    tour: '1',
    tailleOctets: 1_000,
    isReturning: false,
    actesParHeure: 100,
    octetsParHeure: null,
    at: AT,
    ...changes,
  };
}
const departures = (siren: string, count: number, tailleOctets = 1_000): readonly BudgetDeparture[] =>
  Array.from({ length: count }, (_, index) => ({
    transmissionId: `${siren}-parti-${index}`,
    tour: '1',
    siren,
    tailleOctets,
    at: addMs(AT, -1_800_000 + index),
  }));
const waiters = (siren: string, count: number, tailleOctets = 1_000): readonly BudgetWaiter[] =>
  Array.from({ length: count }, (_, index) => ({
    transmissionId: `${siren}-attend-${index}`,
    siren,
    tailleOctets,
    dueAt: addMs(AT, index),
  }));
const share = (asked: BudgetRequest, gone: readonly BudgetDeparture[], line: readonly BudgetWaiter[] = []) =>
  shareBudget(asked, { departures: gone, waiters: line });

describe('le budget de l’heure, partagé', () => {
  it('se prend tant qu’il en reste, et pas deux fois pour le même envoi', () => {
    expect(share(request(A), departures(A, 89))).toEqual({ kind: 'taken' });
    const gone = departures(A, 100);
    const again = request(A, { transmissionId: 'x' as TransmissionId });
    expect(
      share(again, [...gone, { transmissionId: 'x', tour: '1', siren: A, tailleOctets: 1, at: AT }]),
    ).toEqual({
      kind: 'taken',
    });
  });

  it('garde un dixième à qui n’a presque rien pris', () => {
    expect(share(request(A), departures(A, 90)).kind).toBe('wait');
    expect(share(request(B), departures(A, 90), waiters(A, 5_000))).toEqual({ kind: 'taken' });
    expect(share(request(B), departures(A, 99), waiters(A, 5_000))).toEqual({ kind: 'taken' });
  });

  it('épuisé, promet la date où une part se libère', () => {
    const [first] = departures(A, 100);
    expect(share(request(B), departures(A, 100))).toEqual({
      kind: 'wait',
      until: addMs(first?.at ?? AT, 3_600_000),
    });
  });

  it('étale les actes d’une collectivité au pas du budget', () => {
    const answer = share(request(A), departures(A, 100), waiters(A, 4_999));
    const [first] = departures(A, 100);
    expect(answer).toEqual({ kind: 'wait', until: addMs(first?.at ?? AT, 3_600_000 + 4_999 * 36_000) });
  });

  it('rend sa place à qui revient, dans l’ordre des dates promises', () => {
    const back = (index: number): BudgetRequest =>
      request(A, { transmissionId: `${A}-attend-${index}` as TransmissionId, isReturning: true });
    const [first] = departures(A, 100);
    const freed = addMs(first?.at ?? AT, 3_600_000);
    expect(share(back(0), departures(A, 100), waiters(A, 5_000))).toEqual({ kind: 'wait', until: freed });
    expect(share(back(2), departures(A, 100), waiters(A, 5_000))).toEqual({
      kind: 'wait',
      until: addMs(freed, 72_000),
    });
    const forgotten = request(A, { isReturning: true });
    expect(share(forgotten, departures(A, 100), waiters(A, 5_000))).toEqual({ kind: 'wait', until: freed });
  });

  it('passe devant qui est mieux servi, jamais devant les siens qui attendent déjà', () => {
    const gone = [...departures(A, 5), ...departures(B, 2)];
    const scarce = { actesParHeure: 8 };
    expect(share(request(A, scarce), gone, waiters(B, 1)).kind).toBe('wait');
    expect(
      share(
        request(B, { ...scarce, transmissionId: `${B}-attend-0` as TransmissionId }),
        gone,
        waiters(B, 1),
      ),
    ).toEqual({
      kind: 'taken',
    });
    expect(share(request(B, scarce), gone, waiters(B, 1)).kind).toBe('wait');
  });

  it('compte aussi les octets : le poids sert autant que le nombre', () => {
    const heavy = { actesParHeure: null, octetsParHeure: 10_000 };
    expect(share(request(A, { ...heavy, tailleOctets: 4_000 }), departures(B, 6)).kind).toBe('taken');
    expect(share(request(A, { ...heavy, tailleOctets: 4_001 }), departures(B, 6)).kind).toBe('wait');
    // Un acte lourd qui attend n'est pas affamé par de plus légers, mieux servis.
    expect(share(request(B, heavy), departures(B, 6), waiters(A, 1, 4_000)).kind).toBe('wait');
  });

  it('d’un acte à l’heure, se prend quand même', () => {
    const one = { actesParHeure: 1 };
    expect(share(request(A, one), [])).toEqual({ kind: 'taken' });
    expect(share(request(A, one), departures(A, 1))).toMatchObject({
      kind: 'wait',
      until: addMs(AT, 1_800_000),
    });
  });
});
