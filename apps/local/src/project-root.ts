import { existsSync } from 'node:fs';
import path from 'node:path';

/** La racine du projet : le premier dossier au-dessus de celui-ci qui porte un `package.json`, que l'on tourne depuis les sources ou depuis `dist`. */
export function findProjectRoot(from: string = __dirname): string {
  if (existsSync(path.join(from, 'package.json'))) return from;
  const parent = path.dirname(from);
  return parent === from ? process.cwd() : findProjectRoot(parent);
}
