import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PREUVE_LABELS, preuveLabel } from './preuve-labels.fr';
import { preuveValue } from './preuve-value';

const DOMAIN = path.join(__dirname, '../../../../libs/teletransmission/src');

/** Les faits que le domaine écrit au journal, lus dans ses sources : un fait neuf sans nom se voit ici. */
function writtenKeys(): readonly string[] {
  const keys = new Set<string>();
  for (const name of readdirSync(DOMAIN, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.spec.ts')) continue;
    const text = readFileSync(path.join(DOMAIN, name), 'utf8');
    for (const [, block = ''] of text.matchAll(/(?:evidence|preuve): \{([^}]*)\}/g))
      for (const part of block.split(',')) {
        const key = /^\s*([a-z][A-Za-z0-9]*)\s*(?::|$)/.exec(part)?.[1];
        if (key !== undefined) keys.add(key);
      }
  }
  return [...keys];
}

describe('la preuve d’une étape', () => {
  it('nomme en mots tout ce que le domaine écrit', () => {
    const keys = writtenKeys();
    expect(keys.length).toBeGreaterThan(25);
    const unnamed = keys.filter((key) => !(key in PREUVE_LABELS));
    expect(unnamed).toEqual([]);
  });

  it.each([
    ['alerte', 'envoi-incertain', 'Envoi incertain'],
    ['cas', 'lettre', 'Lettre de la préfecture'],
    ['moyen', 'affichage', 'par affichage'],
    ['constat', 'absente', 'l’archive n’est pas à la préfecture'],
    ['reponse', 'present', 'l’archive est à la préfecture'],
    ['role', 'deposant', 'déposant'],
    ['jusqua', '2026-11-24T09:00:00.000Z', 'mardi 24 novembre 2026 à 10:00:00'],
  ])('dit « %s : %s » en français', (key, value, text) => {
    expect(preuveValue(key, value)).toBe(text);
  });

  it('se lit mot à mot quand cette version ne la connaît pas', () => {
    expect(preuveLabel('faitInconnu')).toBe('Fait inconnu');
  });
});
