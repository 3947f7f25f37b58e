// « node scripts/run-typescript.cjs FICHIER.ts … » : joue une commande écrite en TypeScript, compilée à la volée comme le reste. Pour
// les commandes d'essai et de mesure, qui ne partent pas en production et n'ont donc pas de place dans dist.
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

if (!existsSync(path.join(__dirname, '..', 'node_modules'))) {
  process.stderr.write('Rien n’est installé : lancez « npm ci » d’abord.\n');
  process.exit(2);
}
const { transformSync } = require('@swc/core');
const { swcOptions } = require('./swc-options.cjs');

for (const extension of ['.ts', '.tsx'])
  require.extensions[extension] = (module, filename) => {
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      ...swcOptions,
      jsc: { ...swcOptions.jsc, parser: { ...swcOptions.jsc.parser, tsx: extension === '.tsx' } },
      filename,
    });
    module._compile(code, filename);
  };

if (require.main === module) {
  const script = path.resolve(process.argv[2] ?? '');
  process.argv.splice(1, 2, script);
  require(script);
}
