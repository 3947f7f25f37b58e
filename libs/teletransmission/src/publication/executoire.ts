import type { CivilDate } from '@teletransmission/kernel';
import { laterOf } from '@teletransmission/kernel';
import type { TransmissionState } from '../vies/transmission-transitions';

/**
 * Le jour où l'acte devient exécutoire : le plus tardif de la réception par l'État et de la publication, dans un ordre
 * quelconque (CGCT L2131-1 I ; CE 30/09/1988 n° 85099). La transmission vaut au jour que porte l'accusé, pas au jour du clic.
 * @returns `null` tant que l'un des deux manque, et pour un acte annulé, réputé jamais transmis.
 */
export function dateExecutoire(
  state: TransmissionState,
  dateReception: CivilDate | null,
  datePublication: CivilDate | null,
): CivilDate | null {
  if (state === 'cancelled' || dateReception === null || datePublication === null) return null;
  return laterOf(dateReception, datePublication);
}
