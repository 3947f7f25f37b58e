import { readFile } from 'node:fs/promises';
import { misused } from './outcome';

/** Lit un fichier que la commande nomme. @throws CommandFailure (mal employée) quand il ne s'ouvre pas. */
export async function readNamedFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw misused(`« ${file} » ne s'ouvre pas (${code ?? 'inconnu'}).`, 'console/unreadable-file');
  }
}

/** Lit un fichier JSON. @throws CommandFailure quand il ne s'ouvre pas ou n'en est pas. */
export async function readJsonFile(file: string): Promise<unknown> {
  const text = (await readNamedFile(file)).toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw misused(`« ${file} » n'est pas du JSON valide.`, 'console/not-json');
  }
}
