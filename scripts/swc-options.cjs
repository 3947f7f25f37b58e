// Une seule description du compilateur pour la construction et pour Jest : ce qui est testé est ce qui tourne.
const { readFileSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const { paths } = JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8')).compilerOptions;

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
  module: { type: 'commonjs', ignoreDynamic: true, exportInteropAnnotation: true },
};
exports.aliases = paths;
exports.root = root;
