// Le démarrage, avant que rien soit installé : Node seul. Installe et compile s'il le faut, puis laisse la place au lanceur.
refuseOldNode();
const { spawnSync } = require('node:child_process');
const { existsSync, lstatSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { compileIfStale } = require('./compile-if-stale.cjs');

const root = path.join(__dirname, '..');
const at = (...names) => path.join(root, ...names);

installIfStale();
compileIfStale();
// Dans ce même processus : les signaux, la sortie et le code de fin sont les siens sans qu'on les transporte.
process.argv[1] = at('dist', 'apps', 'local', 'src', 'main.js');
require(process.argv[1]);

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  fail(
    `Node ${process.versions.node} est trop ancien : il faut Node 24, ou à défaut 20.19 (https://nodejs.org).`,
  );
}

function installIfStale() {
  if (isInstalled()) return;
  // npm ci commence par vider node_modules : à travers un lien, il viderait celui d'un autre dossier.
  if (lstatSync(at('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    fail(
      'node_modules est un lien, et ne correspond pas à package-lock.json : lancez « npm ci » là où il mène, ou ôtez le lien.',
    );
  }
  process.stdout.write('Installation des dépendances (npm ci), une demi-minute environ…\n');
  const npm = process.env.npm_execpath;
  const isScript = npm !== undefined && /\.c?js$/.test(npm);
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, SCARF_ANALYTICS: 'false' },
  };
  const { status, error } = isScript
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, options);
  if (status !== 0) {
    fail(
      "L'installation des dépendances a échoué" +
        `${error ? ` (${error.code === 'ENOENT' ? 'npm est introuvable' : error.message})` : ''}. ` +
        'Vérifiez le réseau et la place sur le disque, puis recommencez.',
    );
  }
}

/**
 * Vrai quand ce qui est installé est ce que dit le verrou. On compare les versions et non les dates : une copie ou un
 * changement de branche les touche toutes. npm écrit `node_modules/.package-lock.json` en dernier ; absent, rien n'est sûr.
 */
function isInstalled() {
  const written = at('node_modules', '.package-lock.json');
  if (!existsSync(written)) return false;
  const installed = JSON.parse(readFileSync(written, 'utf8')).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages);
  return wanted.every(([name, { version, dev, optional, devOptional, peer }]) => {
    const mayBeAbsent = name === '' || dev || optional || devOptional || peer;
    return installed[name] === undefined ? mayBeAbsent : name === '' || installed[name].version === version;
  });
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
