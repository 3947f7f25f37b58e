import type { Problem, Result } from '@teletransmission/kernel';

/** Porte un refus jusqu'à la porte HTTP, avec les en-têtes qui lui sont propres. */
export class ProblemException extends Error {
  constructor(
    readonly problem: Problem,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.code);
    this.name = 'ProblemException';
  }
}

/** La valeur d'un résultat, ou le départ de son refus vers la porte. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ProblemException(result.problem);
}
