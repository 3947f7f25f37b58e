import type { CivilDate } from '@teletransmission/kernel';
import { civilDate } from '@teletransmission/kernel';
import { TRANSMISSION_STATES } from '../vies/transmission-transitions';
import { dateExecutoire } from './executoire';

const day = (text: string | null): CivilDate | null => (text === null ? null : civilDate(text));

describe('la date exécutoire', () => {
  it.each([
    ['2022-11-02', '2022-11-21', '2022-11-21'],
    ['2022-11-02', '2022-10-21', '2022-11-02'],
    ['2022-12-31', '2023-01-01', '2023-01-01'],
    ['2023-01-01', '2022-12-31', '2023-01-01'],
    ['2022-11-02', '2022-11-02', '2022-11-02'],
  ])('reçu le %s et publié le %s : le %s', (reception, publication, attendu) => {
    expect(dateExecutoire('acknowledged', day(reception), day(publication))).toBe(attendu);
  });

  it.each([
    [null, '2022-11-21'],
    ['2022-11-02', null],
    [null, null],
  ])('reçu le %s et publié le %s : aucune', (reception, publication) => {
    expect(dateExecutoire('acknowledged', day(reception), day(publication))).toBeNull();
  });

  it('disparaît avec l’annulation, et avec elle seule', () => {
    const dates = TRANSMISSION_STATES.map((state) => [
      state,
      dateExecutoire(state, day('2022-11-02'), day('2022-11-21')),
    ]);
    expect(dates.filter(([, date]) => date === null)).toEqual([['cancelled', null]]);
  });
});
