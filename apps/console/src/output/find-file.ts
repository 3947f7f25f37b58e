import { composedFileName } from '@teletransmission/kernel';
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Le chemin du fichier que ce nom désigne, tel que le disque l'écrit : macOS décompose les accents, et d'autres systèmes rangent alors ce
 * qu'il a copié sous un nom que l'œil ne distingue pas. @returns `null` quand il n'y est sous aucune des deux écritures.
 */
export async function findFile(file: string): Promise<string | null> {
  try {
    await access(file);
    return file;
  } catch {
    const wanted = composedFileName(path.basename(file));
    const names = await readdir(path.dirname(file)).catch(() => []);
    const found = names.find((name) => composedFileName(name) === wanted);
    return found === undefined ? null : path.join(path.dirname(file), found);
  }
}
