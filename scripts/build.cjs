// Compile apps, libs et config vers dist, qui reproduit l'arbre : les alias y deviennent des chemins relatifs.
// tsc ne sert qu'à vérifier les types : il laisse les alias tels quels, et Node ne les trouverait pas.
const { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, copyFileSync } = require('node:fs');
const path = require('node:path');
const { transformSync } = require('@swc/core');
const { swcOptions, root } = require('./swc-options.cjs');

const out = path.join(root, 'dist');
const started = process.hrtime.bigint();
const isTest = (file) =>
  /[.](spec|journey)[.]tsx?$|^libs\/testkit\/|^(apps|libs)\/[^/]+\/(test|epreuves|stubs)\//.test(file);

rmSync(out, { recursive: true, force: true });
let count = 0;
for (const top of ['apps', 'libs', 'config']) {
  for (const entry of readdirSync(path.join(root, top), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = path.join(entry.parentPath ?? entry.path, entry.name);
    const relative = path.relative(root, source);
    if (isTest(relative)) continue;
    const target = path.join(out, relative);
    mkdirSync(path.dirname(target), { recursive: true });
    if (/\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts')) {
      const isJsx = entry.name.endsWith('.tsx');
      const { code } = transformSync(readFileSync(source, 'utf8'), {
        ...swcOptions,
        jsc: { ...swcOptions.jsc, parser: { ...swcOptions.jsc.parser, tsx: isJsx } },
        filename: source,
      });
      writeFileSync(target.replace(/\.tsx?$/, '.js'), code);
      count += 1;
    } else if (!/\.(ts|tsx|md)$/.test(entry.name)) {
      copyFileSync(source, target);
    }
  }
}
const ms = Number((process.hrtime.bigint() - started) / 1_000_000n);
if (!process.argv.includes('--quiet')) console.log(`${count} fichiers compilés vers dist en ${ms} ms`);
