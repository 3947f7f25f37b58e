import { readFile } from 'node:fs/promises';
import { readJson } from '@teletransmission/kernel';
import { CommandFailure, EXIT, misused } from './outcome';
import { systemReasonOr } from './system-reason.fr';

/** Lit un fichier que la commande nomme. @throws CommandFailure (mal employée) quand il ne s'ouvre pas. */
export async function readNamedFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw misused(`« ${file} » ne s'ouvre pas : ${systemReasonOr(error)}.`, 'console/unreadable-file');
  }
}

/** Lit un fichier JSON. @throws CommandFailure (mal employée) quand il ne s'ouvre pas ou n'en est pas : le refus dit où, et quoi faire. */
export async function readJsonFile(file: string): Promise<unknown> {
  return jsonOf(await readNamedFile(file), file);
}

/** Le JSON d'un fichier déjà lu. @throws CommandFailure comme `readJsonFile` */
export function jsonOf(bytes: Uint8Array, file: string): unknown {
  const read = readJson(bytes, `Le fichier « ${file} »`);
  if (read.ok) return read.value;
  const { code: cause, facts, ...problem } = read.problem;
  throw new CommandFailure(
    { ...problem, code: 'console/not-json', facts: { ...facts, cause } },
    EXIT.misused,
  );
}
