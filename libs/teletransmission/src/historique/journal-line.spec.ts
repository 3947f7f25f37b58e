import type { Instant } from '@teletransmission/kernel';
import fc from 'fast-check';
import { TRANSMISSION_TRANSITIONS } from '../vies/transmission-transitions';
import type { TransmissionState } from '../vies/transmission-transitions';
import type { JournalLine } from './journal-line';
import { dateSaid, sinceSaid, stateSaid } from './journal-line';

function line(changes: Partial<JournalLine>): JournalLine {
  return {
    chaine: 'une',
    deliberationId: null,
    evenement: 'deposited',
    etatAvant: null,
    etatApres: null,
    instant: '2022-11-02T09:00:00.000Z' as Instant,
    acteurId: null,
    preuve: {},
    ...changes,
  };
}

/** Une vie au hasard de la table : ses lignes, et l'état où elle mène. */
function lifeOf(choices: readonly number[]): {
  readonly lines: readonly JournalLine[];
  readonly state: string;
} {
  let state: TransmissionState = 'queued';
  const lines = [line({ etatApres: state })];
  for (const choice of choices) {
    const steps: [string, TransmissionState][] = Object.entries(TRANSMISSION_TRANSITIONS[state]);
    const step: [string, TransmissionState] | undefined = steps[choice % Math.max(1, steps.length)];
    if (!step) break;
    lines.push(line({ evenement: step[0], etatAvant: state, etatApres: step[1] }));
    [, state] = step;
  }
  return { lines, state };
}

describe('l’état que le journal raconte', () => {
  it('est celui où mène la vie, dans quelque ordre que ses lignes se lisent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { maxLength: 30 }),
        fc.infiniteStream(fc.nat()),
        (choices, shuffle) => {
          const { lines, state } = lifeOf(choices);
          const keyed = lines.map((one) => [shuffle.next().value, one] as const);
          const shuffled = keyed.sort(([a], [b]) => a - b).map(([, one]) => one);
          expect(stateSaid(shuffled)).toBe(state);
        },
      ),
    );
  });

  it('n’est plus rien quand une ligne du milieu ou la naissance manque', () => {
    const { lines } = lifeOf([0, 1, 0, 0]);
    expect(lines.length).toBeGreaterThan(3);
    expect(stateSaid(lines.slice(1))).toBeNull();
    expect(stateSaid([...lines.slice(0, 2), ...lines.slice(3)])).toBeNull();
    expect(stateSaid([])).toBeNull();
  });

  it('est celui de la naissance pour une vie qui naît sans ligne', () => {
    expect(stateSaid([], 'unpublished')).toBe('unpublished');
    expect(stateSaid([line({ etatAvant: 'unpublished', etatApres: 'published' })], 'unpublished')).toBe(
      'published',
    );
  });
});

describe('une date que le journal raconte', () => {
  const accepted = line({ evenement: 'envoi-accepted', preuve: { teletransmiseLe: 'a' } });
  const answered = line({ evenement: 'ar-received', preuve: {} });
  const by = ['envoi-accepted', 'ar-received'];

  it('est la dernière dite, s’efface à une remise en file, et n’est pas inventée quand elle n’était pas dite', () => {
    expect(dateSaid([], 'teletransmiseLe', by)).toEqual({ value: null });
    expect(dateSaid([accepted, answered], 'teletransmiseLe', by)).toEqual({ value: 'a' });
    expect(dateSaid([accepted, line({ evenement: 'resubmitted' })], 'teletransmiseLe', by)).toEqual({
      value: null,
    });
    expect(dateSaid([answered], 'teletransmiseLe', by)).toBeUndefined();
  });

  it('ne vient pas d’un événement qui parle d’autre chose : l’accusé d’une annulation n’est pas celui de l’acte', () => {
    const annulee = line({ evenement: 'ar-annulation-received', preuve: { dateReception: '2022-12-01' } });
    const acquittee = line({ evenement: 'ar-received', preuve: { dateReception: '2022-11-02' } });
    expect(dateSaid([acquittee, annulee], 'dateReception', ['ar-received'])).toEqual({ value: '2022-11-02' });
  });

  it('de l’état est celle du dernier changement, non d’une ligne qui n’en est pas un', () => {
    const moved = line({ etatApres: 'queued', instant: '2022-11-02T10:00:00.000Z' as Instant });
    const still = line({
      etatAvant: 'queued',
      etatApres: 'queued',
      instant: '2022-11-02T11:00:00.000Z' as Instant,
    });
    expect(sinceSaid([moved, still])).toEqual({ value: moved.instant });
  });
});
