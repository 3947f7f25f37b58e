import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { findProjectRoot } from '../../apps/local/src/project-root';

/** L'image tourne sous la 24 ; la 20 reste admise. Chacune essaie l'autre. */
const VERSIONS = { neuve: '24.21.0', ancienne: '20.20.2' } as const;
const PLATFORMS = ['linux-x64', 'linux-arm64'];
const WITHIN_MS = 180_000;

/** Un autre Node que celui qui nous exécute, ou pourquoi il manque. */
export type OtherNode =
  | { readonly kind: 'found'; readonly program: string; readonly version: string }
  | { readonly kind: 'missing'; readonly why: string };

/**
 * Va chercher l'autre version de Node, une fois, par `npm` et sans être root. Elle pèse 190 Mo : dans `devDependencies`, chaque
 * installation et chaque image les paieraient pour ce seul essai.
 */
export function otherNode(): OtherNode {
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.includes(platform)) return { kind: 'missing', why: `aucun paquet pour ${platform}` };
  const version = process.versions.node.startsWith('20.') ? VERSIONS.neuve : VERSIONS.ancienne;
  const folder = path.join(findProjectRoot(), 'node_modules', '.cache', `node-${version}`);
  const program = path.join(folder, 'node_modules', `node-${platform}`, 'bin', 'node');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const quiet = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    const args = ['install', '--prefix', folder, ...quiet, `node-${platform}@${version}`];
    const { status, stderr } = spawnSync('npm', args, { encoding: 'utf8', timeout: WITHIN_MS });
    if (status !== 0 || !existsSync(program))
      return { kind: 'missing', why: `npm ne l’a pas rendue : ${(stderr || 'sans un mot').slice(0, 300)}` };
  }
  return { kind: 'found', program, version };
}
