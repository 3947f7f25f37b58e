/** Le seul endroit qui lit l'environnement du processus. */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
