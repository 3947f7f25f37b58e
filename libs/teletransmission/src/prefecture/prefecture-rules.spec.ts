import type { Departement } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import type { Prefecture } from './prefecture';
import { LIAISON_DIRECTE } from '../liaison/liaison';
import { newPrefecture } from './prefecture';
import { changePrefecture } from './prefecture-rules';

const NOW = '2026-12-01T09:00:00.000Z' as Instant;
const HERAULT = newPrefecture({ liaisonId: LIAISON_DIRECTE, departement: '034' as Departement });
const REUNION = newPrefecture({ liaisonId: LIAISON_DIRECTE, departement: '974' as Departement });

function changed(changes: unknown, prefecture = HERAULT): Prefecture {
  const result = changePrefecture(prefecture, changes, 'Convention du 1er décembre', NOW);
  if (!result.ok) throw new Error(JSON.stringify(result.problem.violations));
  return result.value;
}

function faultsOf(changes: unknown): readonly string[] {
  const result = changePrefecture(HERAULT, changes, 'essai', NOW);
  return result.ok ? [] : (result.problem.violations ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('régler une préfecture', () => {
  it('ne change que ce qui est donné, et compte un réglage de plus', () => {
    const first = changed({ actesParHeure: 120, octetsParHeure: 50_000_000 });
    expect(first).toMatchObject({ actesParHeure: 120, octetsParHeure: 50_000_000, fenetres: [], version: 1 });
    expect(changed({ actesParHeure: null }, first)).toMatchObject({
      actesParHeure: null,
      octetsParHeure: 50_000_000,
      version: 2,
    });
  });

  it('lit un arrêt à l’heure de la préfecture, un jour seul étant pris en entier', () => {
    const interruption = { du: '2026-12-24T18:00', au: '2026-12-26' };
    expect(changed({ interruption }).interruptions).toEqual([
      { du: '2026-12-24T17:00:00.000Z', au: '2026-12-26T23:00:00.000Z', motif: 'Convention du 1er décembre' },
    ]);
    expect(changed({ interruption }, REUNION).interruptions).toMatchObject([
      { du: '2026-12-24T14:00:00.000Z', au: '2026-12-26T20:00:00.000Z' },
    ]);
  });

  it('oublie les arrêts passés, garde les autres dans l’ordre, et les lève ensemble', () => {
    const at = (text: string): Instant => text as Instant;
    const past = {
      du: at('2026-11-01T00:00:00.000Z'),
      au: at('2026-11-02T00:00:00.000Z'),
      motif: 'passé',
    };
    const later = {
      du: at('2027-01-02T00:00:00.000Z'),
      au: at('2027-01-03T00:00:00.000Z'),
      motif: 'plus tard',
    };
    const subject = { ...HERAULT, interruptions: [past, later] };
    const next = changed({ interruption: { du: '2026-12-24', au: '2026-12-24' } }, subject);
    expect(next.interruptions.map(({ motif }) => motif)).toEqual(['Convention du 1er décembre', 'plus tard']);
    expect(changed({ leverInterruptions: true }, subject).interruptions).toEqual([]);
  });

  it('dit toutes les fautes ensemble', () => {
    expect(
      faultsOf({
        fuseau: 'Europe/Lutece',
        actesParHeure: 0,
        octetsParHeure: 1.5,
        fenetres: [
          { jours: ['lundi', 'octidi'], de: '8h', a: '12:00' },
          { jours: [], de: '22:00', a: '02:00' },
        ],
        interruption: { du: '2026-02-30', au: '2026-12-01T25:00' },
        debit: 3,
      }),
    ).toEqual([
      '/debit dossier/unknown-field',
      '/fuseau collectivite/timezone-unknown',
      '/fenetres/0/jours/1 prefecture/unknown-day',
      '/fenetres/0/de prefecture/malformed-time',
      '/fenetres/1/jours dossier/missing',
      '/fenetres/1/a prefecture/empty-window',
      '/interruption/du prefecture/malformed-date',
      '/interruption/au prefecture/malformed-date',
      '/actesParHeure prefecture/malformed-limit',
      '/octetsParHeure prefecture/malformed-limit',
    ]);
    expect(faultsOf({})).toEqual([' prefecture/nothing-to-change']);
    expect(faultsOf({ interruption: { du: '2026-12-26', au: '2026-12-24' } })).toEqual([
      '/interruption/au prefecture/empty-interruption',
    ]);
  });
});
