// Une seule description du compilateur pour la construction et pour Jest : ce qui est testé est ce qui tourne.
const { readFileSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const { dependencies } = require('../package.json');
const { paths } = JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8')).compilerOptions;

/** Ce que chaque bibliothèque montre par sa porte. */
const shown = Object.values(paths).flatMap(([door]) =>
  [...readFileSync(path.join(root, door), 'utf8').matchAll(/ from '(\.[^']+)'/g)].map(([, file]) => file),
);

/**
 * Ce qui ne se charge qu'au moment de s'en servir : les paquets, les bibliothèques de la maison, et ce que leurs portes montrent. Une commande
 * qui ne scelle ni ne signe n'attend ni xmlbuilder2, ni Nest, ni les certificats : elle part en un tiers du temps ; une suite d'essais aussi.
 */
const lazy = [...new Set([...Object.keys(dependencies), ...Object.keys(paths), ...shown])];

/** Options de SWC ; `ignoreDynamic` garde `import()` pour les bibliothèques à `await` de premier niveau. */
exports.swcOptions = {
  swcrc: false,
  configFile: false,
  sourceMaps: 'inline',
  jsc: {
    parser: { syntax: 'typescript', decorators: true, tsx: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      react: { runtime: 'automatic', importSource: 'preact' },
    },
    target: 'es2022',
    keepClassNames: true,
    baseUrl: root,
    paths,
  },
  module: { type: 'commonjs', ignoreDynamic: true, exportInteropAnnotation: true, lazy },
};
exports.aliases = paths;
exports.root = root;
