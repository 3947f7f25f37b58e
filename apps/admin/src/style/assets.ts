import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const css = readFileSync(path.join(__dirname, 'bureau.css'), 'utf8');

/** La feuille de style et son adresse : elle change avec le contenu, le navigateur peut donc la garder longtemps. */
export const STYLESHEET = {
  css,
  href: `/bureau.css?v=${createHash('sha256').update(css).digest('hex').slice(0, 12)}`,
} as const;

export const FAVICON = readFileSync(path.join(__dirname, 'favicon.svg'), 'utf8');
