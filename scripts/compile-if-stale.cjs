// Compile vers dist si une source est plus récente que la dernière compilation. Node seul : sert avant tout le reste.
const { spawnSync } = require('node:child_process');
const { existsSync, readdirSync, statSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const at = (...names) => path.join(root, ...names);

/** La date la plus récente sous ce chemin ; celle des dossiers compte : elle change quand un fichier est ôté. */
function newestIn(file) {
  if (!existsSync(file)) return 0;
  const stats = statSync(file);
  const { mtimeMs } = stats;
  if (!stats.isDirectory()) return mtimeMs;
  return readdirSync(file, { recursive: true }).reduce(
    (newest, name) => Math.max(newest, statSync(path.join(file, name.toString())).mtimeMs),
    mtimeMs,
  );
}

/** Finit le processus avec un message quand la compilation échoue. */
exports.compileIfStale = function compileIfStale() {
  const stamp = at('dist', '.compilation');
  const sources = ['apps', 'libs', 'config', 'scripts', 'tsconfig.json'];
  const compiledAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  if (sources.every((name) => newestIn(at(name)) < compiledAt)) return;
  const options = { cwd: root, stdio: 'inherit' };
  const { status } = spawnSync(process.execPath, [at('scripts', 'build.cjs'), '--quiet'], options);
  if (status !== 0) {
    process.stderr.write('La compilation a échoué ; la cause est écrite ci-dessus.\n');
    process.exit(1);
  }
  try {
    writeFileSync(stamp, new Date().toISOString());
  } catch {
    // Dossier en lecture seule : l'étape se refera au prochain démarrage, sans dommage.
  }
};
