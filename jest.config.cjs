const { readdirSync, readFileSync, existsSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const path = require('node:path');
const { swcOptions, aliases, root } = require('./scripts/swc-options.cjs');

// Le chargeur de Jest ne sait pas « require » un paquet ESM sous Node 20 : on transforme ceux-là, et eux seuls.
function esmPackages(folder, prefix = '') {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory() || entry.name.startsWith('.')) return [];
    const here = path.join(folder, entry.name);
    if (entry.name.startsWith('@') && !prefix) return esmPackages(here, `${entry.name}/`);
    const manifest = path.join(here, 'package.json');
    const nested = path.join(here, 'node_modules');
    // Un paquet est ESM par son type, ou par l'extension de sa porte.
    const { type, exports: doors } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
    const isEsm = type === 'module' || doors?.['.']?.default?.endsWith?.('.mjs') === true;
    return [...(isEsm ? [`${prefix}${entry.name}`] : []), ...(existsSync(nested) ? esmPackages(nested) : [])];
  });
}
const esm = [...new Set(esmPackages(path.join(root, 'node_modules')))];
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const { baseUrl, paths, ...jsc } = swcOptions.jsc;

const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  rootDir: root,
  testEnvironment: 'node',
  testMatch,
  moduleNameMapper: Object.fromEntries(
    Object.entries(aliases).map(([alias, [target]]) => [`^${escape(alias)}$`, path.join(root, target)]),
  ),
  transform: {
    '^.+\\.tsx$': ['@swc/jest', { ...swcOptions, jsc }],
    '^.+\\.(ts|m?js)$': [
      '@swc/jest',
      { ...swcOptions, jsc: { ...jsc, parser: { ...jsc.parser, tsx: false } } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esm.map(escape).join('|')})/)`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.donnees/'],
  ...extra,
});

const services = {
  globalSetup: '<rootDir>/test/services/setup.cjs',
  globalTeardown: '<rootDir>/test/services/teardown.cjs',
};

module.exports = {
  // Jest se garde un cœur : sur deux, il n'en resterait qu'un. Chaque suite a sa base, ses files et ses ports ; rien ne s'y croise.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testSequencer: path.join(root, 'test', 'services', 'longest-first.cjs'),
  // Un processus qui a joué cent suites en tient les restes : on le remplace avant qu'il ne pèse.
  workerIdleMemoryLimit: '1GB',
  // Une machine chargée ralentit tout d'un facteur dix : la borne arrête ce qui est figé, elle ne mesure rien.
  testTimeout: 60_000,
  // Tout est passé ou non quand Jest le dit ; une poignée oubliée par une bibliothèque ne doit pas retenir la commande.
  forceExit: true,
  projects: [
    project('règles', ['<rootDir>/{libs,apps,config,test}/**/*.spec.{ts,tsx}'], {
      testPathIgnorePatterns: ['/node_modules/', '\\.integration\\.spec\\.tsx?$'],
    }),
    project('adaptateurs', ['<rootDir>/{libs,apps,test}/**/*.integration.spec.ts'], services),
    project('parcours', ['<rootDir>/test/{journeys,lives,faults,readme}/**/*.journey.ts']),
  ],
};
