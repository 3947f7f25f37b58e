import type { StopReason } from '../transmission/transmission';
import type { TransmissionState } from '../vies/transmission-transitions';

/** La liaison est coupée : la fermeture du disjoncteur réveille ceux-là seuls. */
export const CIRCUIT_OPEN = 'prefecture/circuit-open';

/** Ce qu'une attente au portillon écrit à l'acte : un réglage ou une reprise réveille ceux-là, et eux seuls. */
export const DEPARTURE_WAIT_CODES = [
  'prefecture/paused',
  'prefecture/interrupted',
  'prefecture/closed',
  CIRCUIT_OPEN,
  'prefecture/budget-spent',
] as const;
export type DepartureWaitCode = (typeof DEPARTURE_WAIT_CODES)[number];

/** Ce qui retient au portillon un acte sous enveloppe : rien n'a échoué, il partira. `null` : rien ne l'y retient. */
export function departureWaitOf({
  state,
  stopReason,
}: {
  readonly state: TransmissionState;
  readonly stopReason: StopReason | null;
}): DepartureWaitCode | null {
  if (state !== 'sealed') return null;
  return DEPARTURE_WAIT_CODES.find((code) => code === stopReason?.code) ?? null;
}
