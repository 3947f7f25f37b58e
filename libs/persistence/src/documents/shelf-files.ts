import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

const OWNER_WRITES = 0o200;

/** Un fichier du dépôt ; `changeLeMs` bouge aussi quand il change de nom ou de lien, `modifieLeMs` non. */
export interface UnnamedFile {
  readonly nom: string;
  readonly tailleOctets: number;
  readonly modifieLeMs: number;
  readonly changeLeMs: number;
}

export type ShelvedContent = Omit<UnnamedFile, 'nom'> & { readonly empreinte: string };

/** Où se range un contenu : `ab/abcdef…`. */
export function placeOf(folder: string, empreinte: string): string {
  return path.join(folder, empreinte.slice(0, 2), empreinte);
}

export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

export async function filesIn(folder: string): Promise<readonly UnnamedFile[]> {
  const files: UnnamedFile[] = [];
  for (const nom of await namesIn(folder)) {
    // Effacé pendant qu'on regarde : il n'y est plus, c'est tout.
    const found = await stat(path.join(folder, nom)).catch(() => null);
    if (found?.isFile() === true)
      files.push({ nom, tailleOctets: found.size, modifieLeMs: found.mtimeMs, changeLeMs: found.ctimeMs });
  }
  return files;
}

export async function exists(place: string): Promise<boolean> {
  return stat(place).then(
    () => true,
    () => false,
  );
}

/** Vrai tant que seul celui qui l'a écrit a déposé ce contenu. */
export async function isProvisional(file: string): Promise<boolean> {
  try {
    return ((await stat(file)).mode & OWNER_WRITES) !== 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

export async function isOlder(file: string, olderThanMs: number): Promise<boolean> {
  try {
    return (await stat(file)).mtimeMs < Date.now() - olderThanMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

export async function syncFolder(folder: string): Promise<void> {
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
}
