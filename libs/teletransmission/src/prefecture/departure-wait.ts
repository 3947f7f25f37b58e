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

/** La raison d'une attente au portillon : rien n'a échoué, l'acte partira. `null` : ce n'en est pas une. */
export function departureWaitOf(stopReason: { readonly code: string } | null): DepartureWaitCode | null {
  return DEPARTURE_WAIT_CODES.find((code) => code === stopReason?.code) ?? null;
}
