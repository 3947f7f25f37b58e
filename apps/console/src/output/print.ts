import type { Problem } from '@teletransmission/kernel';

/** Ce qu'une commande rend : un objet pour les machines, des lignes pour les personnes. */
export interface Printable {
  readonly json: unknown;
  readonly lines: readonly string[];
}

export function print(printable: Printable, asJson: boolean): void {
  process.stdout.write(
    asJson ? `${JSON.stringify(printable.json)}\n` : printable.lines.map((line) => `${line}\n`).join(''),
  );
}

/** Un refus, avec toutes ses violations. En JSON il va aussi sur la sortie standard : une machine lit un seul flux. */
export function printProblem(problem: Problem, asJson: boolean): void {
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ erreur: problem })}\n`);
    return;
  }
  process.stderr.write(`${problem.detail}\n`);
  for (const { pointer, code, detail } of problem.violations ?? []) {
    process.stderr.write(`  - ${pointer === '' ? '(dossier)' : pointer} : ${detail} [${code}]\n`);
  }
}
