import type { Problem } from '@teletransmission/kernel';

/** Un refus qui traverse des générateurs asynchrones, qu'une valeur ne peut pas interrompre. Ne sort jamais de `readArchive`. */
export class ArchiveRefusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}
