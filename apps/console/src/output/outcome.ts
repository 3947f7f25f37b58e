import type { Problem, Result } from '@teletransmission/kernel';

/** Codes de sortie : fait, refusé par une règle, commande mal employée. */
export const EXIT = { done: 0, refused: 1, misused: 2 } as const;

/** Un refus qui finit la commande ; `exitCode` dit s'il vient d'une règle ou d'un mauvais emploi. */
export class CommandFailure extends Error {
  constructor(
    readonly problem: Problem,
    readonly exitCode: 1 | 2 = EXIT.refused,
  ) {
    super(problem.detail);
    this.name = 'CommandFailure';
  }
}

/** Un refus dont le rapport est déjà écrit. */
export class ReportedFailure extends CommandFailure {}

export function refused<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new CommandFailure(result.problem);
}

export function misused(detail: string, code = 'console/misused'): CommandFailure {
  return new CommandFailure({ code, detail }, EXIT.misused);
}
