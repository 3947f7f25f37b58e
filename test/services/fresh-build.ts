import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findProjectRoot } from '../../apps/local/src/project-root';

const LOCK_WITHIN_MS = 120_000;
/** Un verrou plus vieux est celui d'un mort : une compilation ne dure que quelques secondes. */
const LOCK_STALE_MS = 60_000;

/**
 * Compile le projet vers `dist` si une source est plus récente, et rend le chemin d'un script compilé. Plusieurs suites peuvent le
 * demander ensemble : une compile, les autres attendent.
 * @throws Error avec ce que la compilation en a dit.
 */
export async function freshBuild(): Promise<(script: string) => string> {
  const root = findProjectRoot();
  const lock = path.join(
    tmpdir(),
    `tlt-compilation-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`,
  );
  await takeLock(lock);
  try {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['-e', "require('./scripts/compile-if-stale.cjs').compileIfStale()"],
      { cwd: root, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`La compilation a échoué : ${stdout}${stderr}`);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
  return (script) => path.join(root, 'dist', script);
}

async function takeLock(lock: string): Promise<void> {
  const deadline = performance.now() + LOCK_WITHIN_MS;
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || performance.now() > deadline) throw error;
    }
    const takenAt = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - takenAt > LOCK_STALE_MS) rmSync(lock, { recursive: true, force: true });
    await delay(50);
  }
}
