import { projectFiles, read } from './project-files';

/**
 * Qui emploie `JSON.parse`, et pourquoi ce n'est pas une porte : tout JSON venu d'ailleurs se lit par `readJson`, qui n'y remplace rien et
 * dit où est la faute.
 */
const OURS: Readonly<Record<string, string>> = {
  'apps/console/src/exploitation/sauvegarde.commands.ts': 'le package.json du projet',
  'apps/local/src/applications/preparation.ts': 'la sortie de notre console',
  'apps/local/src/instance/instance-lock.ts': 'le verrou qu’un lanceur a écrit ; abîmé, il vaut absent',
  'apps/local/src/reference/api-client.ts': 'les réponses de notre API',
  'apps/local/src/reference/reference-deposit.ts': 'le dossier de référence, écrit par notre console',
  'apps/local/src/servers/postgres/postgres-binaries.ts': 'les fichiers d’un paquet installé',
  'apps/prefecture-simulator/src/ledger/ledger.ts': 'le registre du simulateur, ligne par ligne',
  'apps/worker/src/pouls/application-version.ts': 'le package.json du projet',
  'libs/persistence/src/audit/recorded-subjects.ts':
    'les preuves du journal, dans une colonne dont la base tient la forme',
  'libs/kernel/src/json-text.ts': 'un texte entre guillemets, dont le lecteur a vérifié la forme',
};

const PRODUCTION = projectFiles().filter(
  (file) =>
    /^(apps|libs|config)\/.*\.tsx?$/.test(file) &&
    !/\.(spec|journey)\.tsx?$|^libs\/testkit\/|\/epreuves\/|^(apps|libs)\/[^/]+\/(test|stubs)\//.test(file),
);

describe('les portes du JSON', () => {
  it('passent toutes par readJson : JSON.parse ne lit que ce que nous avons écrit', () => {
    const users = PRODUCTION.filter((file) => read(file).includes('JSON.parse('));
    expect(users.sort()).toEqual(Object.keys(OURS).sort());
  });
});
