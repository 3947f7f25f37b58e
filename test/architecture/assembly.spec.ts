import { projectFiles, read } from './project-files';

const CODE = projectFiles().filter((file) => /\.tsx?$/.test(file) && !/\.(spec|journey)\.tsx?$/.test(file));
const USE_CASES = 'libs/teletransmission/src/use-cases/';
const ASSEMBLY = 'libs/teletransmission/src/assembly/';

interface Site {
  readonly name: string;
  readonly file: string;
}

/** Les classes que ces fichiers exportent, hors les erreurs : elles se lèvent où elles arrivent. */
function classesOf(files: readonly string[]): readonly Site[] {
  return files.flatMap((file) =>
    [...read(file).matchAll(/^export class (\w+)(?! extends \w*Error)\b/gm)].map(([, name = '']) => ({
      name,
      file,
    })),
  );
}

const SITES: readonly Site[] = CODE.flatMap((file) =>
  [...read(file).matchAll(/\bnew (\w+)\(/g)].map(([, name = '']) => ({ name, file })),
);

describe('l’assemblage', () => {
  it('ne construit un cas d’usage qu’à un endroit', () => {
    const useCases = classesOf(CODE.filter((file) => file.startsWith(USE_CASES)));
    expect(useCases.length).toBeGreaterThan(30);
    const counted = useCases.map(({ name }) => ({
      name,
      sites: SITES.filter((site) => site.name === name).map(({ file }) => file),
    }));
    expect(counted.filter(({ sites }) => sites.length !== 1)).toEqual([]);
  });

  it('est la seule salle qui en construise, hors ce qu’un cas d’usage se donne à lui-même', () => {
    const useCases = classesOf(CODE.filter((file) => file.startsWith(USE_CASES))).map(({ name }) => name);
    const elsewhere = SITES.filter(({ name }) => useCases.includes(name)).filter(
      ({ file }) => !file.startsWith(ASSEMBLY) && !file.startsWith(USE_CASES),
    );
    // Chaque processus regarde sa propre montre : elle se fait avec lui, et ne se range dans aucun sujet.
    expect(elsewhere).toEqual([{ name: 'LookAtClocks', file: 'libs/observability/src/clock-watch.ts' }]);
  });

  it('les livres de PostgreSQL s’ouvrent ensemble, une fois par processus', () => {
    const rooms = /^libs\/persistence\/src\/(repositories|readings)\//;
    const books = classesOf(CODE.filter((file) => rooms.test(file)))
      .map(({ name }) => name)
      .filter((name) => name.startsWith('Pg'));
    expect(books.length).toBeGreaterThan(20);
    const elsewhere = SITES.filter(
      ({ name, file }) => books.includes(name) && /^(apps|libs)\/[^/]+\/src\//.test(file),
    )
      .map(({ file }) => file)
      .filter((file) => file !== 'libs/persistence/src/open-repositories.ts');
    expect(elsewhere).toEqual([]);
  });
});
