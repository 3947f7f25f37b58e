import type { Instant } from '@teletransmission/kernel';
import type { CompteId, TransmissionId } from '../ids';
import type { Constat, Verdict } from './constat';
import { concert } from './constat';

const constat = (compte: string, verdict: Verdict, minute = 0): Constat => ({
  transmissionId: 't' as TransmissionId,
  cycle: 1,
  turn: 1,
  compteId: compte as CompteId,
  compteNom: compte,
  constat: verdict,
  motif: 'Appelé la préfecture',
  instant: `2022-11-02T09:0${minute}:00.000Z` as Instant,
});

describe('les constats d’un envoi incertain', () => {
  it('un seul ne tranche rien', () => {
    expect(concert([])).toEqual({ kind: 'second-awaited' });
    expect(concert([constat('a', 'absente')])).toEqual({ kind: 'second-awaited' });
  });

  it('deux d’accord tranchent, du premier au second', () => {
    const [first, second] = [constat('a', 'presente', 1), constat('b', 'presente', 2)];
    expect(concert([second, first])).toEqual({ kind: 'agreed', verdict: 'presente', first, second });
  });

  it('une contradiction ne se tranche pas au nombre', () => {
    const all = [constat('a', 'absente', 1), constat('b', 'presente', 2), constat('c', 'absente', 3)];
    expect(concert(all)).toEqual({ kind: 'contradictory' });
  });
});
