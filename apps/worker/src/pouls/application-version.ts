import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** La version que porte le `package.json` le plus proche, que l'on tourne depuis les sources ou depuis `dist`. */
export function applicationVersion(from: string = __dirname): string {
  const file = path.join(from, 'package.json');
  if (existsSync(file)) {
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: unknown };
    return typeof version === 'string' ? version : 'inconnue';
  }
  const parent = path.dirname(from);
  return parent === from ? 'inconnue' : applicationVersion(parent);
}
