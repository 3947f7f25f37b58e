import { existsSync } from 'node:fs';
import path from 'node:path';
import { findProjectRoot } from '../../apps/local/src/project-root';

/** Les entrées de terrain, à côté du projet ; elles peuvent manquer. */
const FIELD_CASES = path.join(findProjectRoot(), '..', 'shared', 'reference', 'field-cases');

/** Un fichier d'un cas de terrain. */
export function fieldCase(cas: string, fichier: string): string {
  return path.join(FIELD_CASES, cas, fichier);
}

/** `describe` quand les entrées de terrain sont là ; sinon la suite est sautée et son titre dit pourquoi. */
export const describeFieldCases: jest.Describe = ((title: string, suite: () => void) => {
  if (existsSync(FIELD_CASES)) describe(title, suite);
  else describe.skip(`${title} (sauté : ../shared est absent)`, suite);
}) as jest.Describe;
