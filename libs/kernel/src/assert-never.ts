/** Fait d'un cas oublié une erreur de compilation ; à l'exécution, un défaut à nous. */
export function assertNever(value: never): never {
  throw new Error(`Cas non prévu : ${JSON.stringify(value)}`);
}
