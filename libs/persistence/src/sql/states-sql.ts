/**
 * Une liste d'états dans un ordre SQL, écrite en toutes lettres : un index partiel ne se reconnaît pas à un paramètre.
 * @example `state IN (${statesSql(IN_FLIGHT_STATES)})`
 */
export function statesSql(states: readonly string[]): string {
  return states.map((state) => `'${state}'`).join(', ');
}
