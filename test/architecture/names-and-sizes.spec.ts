import { projectFiles, read } from './project-files';

const FILES = projectFiles();
const SOURCES = FILES.filter((file) => /\.(ts|tsx|cjs)$/.test(file));
const PRODUCTION = SOURCES.filter(
  (file) =>
    /^(apps|libs|config)\//.test(file) &&
    !/\.(spec|journey)\.tsx?$/.test(file) &&
    !/^libs\/testkit\/|\/epreuves\/|^(apps|libs)\/[^/]+\/(test|stubs)\//.test(file),
);

describe('les noms', () => {
  const BANNED = /(^|[-/.])(utils?|helpers?|common|shared|misc|manager|base|data|info)([-/.]|$)/;

  it('disent ce qu’il y a dedans', () => {
    expect(SOURCES.filter((file) => BANNED.test(file.replace('data-source', '')))).toEqual([]);
  });

  it('sont en kebab-case', () => {
    const names = PRODUCTION.map((file) => file.split('/').at(-1) ?? '');
    expect(
      names.filter((name) => !/^\d*-?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z-]+)*\.(ts|tsx|cjs)$/.test(name)),
    ).toEqual([]);
  });
});

/** Combien de paramètres : les virgules d'un type ne séparent rien. */
function countParameters(text: string): number {
  let depth = 0;
  const separators = Array.from(text.trim().replace(/,$/, '')).filter((char) => {
    if ('(<{['.includes(char)) depth += 1;
    if (')>}]'.includes(char)) depth -= 1;
    return char === ',' && depth === 0;
  });
  return text.trim() === '' ? 0 : separators.length + 1;
}

describe('les tailles', () => {
  /** Tables de données et suites d'essai : leur longueur est celle de ce qu'elles énumèrent. */
  const TABLES = /nomenclature|vocabulaire|migrations|\/routes\.ts$|problems\.ts$/;

  it('aucun fichier de production ne dépasse 300 lignes', () => {
    const long = PRODUCTION.filter((file) => !TABLES.test(file)).filter(
      (file) => read(file).split('\n').length > 300,
    );
    expect(long).toEqual([]);
  });

  it('un fichier sur deux tient en 60 lignes, dix-neuf sur vingt en 200', () => {
    const lines = PRODUCTION.filter((file) => !TABLES.test(file))
      .map((file) => read(file).split('\n').length)
      .sort((a, b) => a - b);
    const at = (part: number): number => lines[Math.floor(lines.length * part)] ?? Infinity;
    expect(lines.length).toBeGreaterThan(500);
    expect([at(0.5) <= 60, at(0.95) <= 200]).toEqual([true, true]);
  });

  it('un constructeur prend cinq choses au plus', () => {
    const counted = PRODUCTION.flatMap((file) =>
      [...read(file).matchAll(/\bconstructor\(([^{]*?)\) \{/gs)].map(([, parameters = '']) => ({
        file,
        count: countParameters(parameters),
      })),
    );
    expect(counted.length).toBeGreaterThan(100);
    expect(counted.filter(({ count }) => count > 5)).toEqual([]);
  });

  it('un contrôleur ou un traitement de file reste mince', () => {
    const thick = PRODUCTION.filter((file) => /\.(controller|processor)\.tsx?$/.test(file)).filter(
      (file) => read(file).split('\n').length > 110,
    );
    expect(thick).toEqual([]);
  });

  it('un dossier ne tient pas plus de 20 fichiers', () => {
    const counts = new Map<string, number>();
    // Les migrations sont une liste, dans son ordre : rien n'en sort, et toute évolution de la base y ajoute la sienne.
    for (const file of PRODUCTION.filter((one) => !one.includes('/migrations/'))) {
      const folder = file.slice(0, file.lastIndexOf('/'));
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    expect([...counts].filter(([, count]) => count > 20)).toEqual([]);
  });
});

describe('le code de production', () => {
  it('ne lit l’environnement qu’à un endroit par application', () => {
    const readers = PRODUCTION.filter((file) => /process\.env/.test(read(file)));
    // Le lanceur et le simulateur n'importent pas config : ils ont chacun le leur.
    const allowed =
      /^config\/environment\.ts$|^apps\/local\/src\/|^apps\/prefecture-simulator\/src\/(main|settings)\.ts$/;
    expect(readers.filter((file) => !allowed.test(file))).toEqual([]);
  });

  it('ne laisse ni any, ni contournement de type, ni travail remis à plus tard', () => {
    const faults = PRODUCTION.filter((file) =>
      /\bas any\b|: any\b|@ts-(ignore|expect-error|nocheck)|\bTODO\b|\bFIXME\b|forwardRef/.test(read(file)),
    );
    expect(faults).toEqual([]);
  });

  it('ne nomme ni registre, ni chemin de machine, dans aucun fichier du projet', () => {
    const suspects = FILES.filter((file) => /\.(ts|tsx|cjs|md|json|yml)$/.test(file)).filter((file) =>
      /registry\.npmjs|['\"` (]\/(work|root|home)\//.test(read(file)),
    );
    expect(suspects.filter((file) => !file.endsWith('names-and-sizes.spec.ts'))).toEqual([]);
  });

  it('ne lit l’horloge que dans les adaptateurs d’horloge', () => {
    const pure = PRODUCTION.filter((file) => /^libs\/(kernel|actes|teletransmission)\//.test(file));
    expect(pure.filter((file) => /\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(/.test(read(file)))).toEqual(
      [],
    );
  });
});
