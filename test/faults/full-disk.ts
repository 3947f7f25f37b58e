import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, rmdirSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** De quoi remplir le disque des documents, et le vider. */
export interface FullDisk {
  /** Comment c'est fait, en français. */
  readonly manner: string;
  /** À appeler quand le dossier existe et que rien n'y est encore écrit. */
  prepare(folder: string): void;
  fill(pids: readonly number[]): void;
  free(pids: readonly number[]): void;
  release(): void;
}

const BLOCK = Buffer.alloc(1024 * 1024);

/**
 * Le plus honnête que la machine permette : sous root, un tmpfs de taille bornée que l'on remplit (ENOSPC, pour tous, à la même
 * seconde) ; sinon, sous Linux, une borne sur la taille des fichiers que les processus écrivent (RLIMIT_FSIZE : EFBIG, journal
 * compris) ; ailleurs, rien.
 */
export function findFullDisk(sizeMo: number): FullDisk | null {
  if (canMount()) return boundedTmpfs(sizeMo);
  return spawnSync('prlimit', ['--version']).status === 0 ? fileSizeLimit() : null;
}

function canMount(): boolean {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return false;
  const trial = mkdtempSync(path.join(tmpdir(), 'tlt-montage-'));
  try {
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', trial]);
    return status === 0 && spawnSync('umount', [trial]).status === 0;
  } finally {
    rmdirSync(trial);
  }
}

function boundedTmpfs(sizeMo: number): FullDisk {
  let mounted: string | null = null;
  const ballast = (): string => path.join(mounted ?? '', 'lest');
  return {
    manner: `un disque en mémoire de ${sizeMo} Mo, rempli pour de bon (ENOSPC)`,
    prepare: (folder) => {
      const made = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMo}m,mode=0755`, 'tmpfs', folder]);
      if (made.status !== 0) throw new Error(`Le disque borné ne se monte pas : ${String(made.stderr)}`);
      mounted = folder;
    },
    fill: () => {
      const file = openSync(ballast(), 'w');
      try {
        for (let size = BLOCK.length; size >= 512; size = Math.floor(size / 2)) {
          while (canWrite(file, size));
        }
      } finally {
        closeSync(file);
      }
    },
    free: () => {
      rmSync(ballast(), { force: true });
    },
    release: () => {
      if (mounted !== null) spawnSync('umount', ['-l', mounted]);
      mounted = null;
    },
  };
}

function canWrite(file: number, size: number): boolean {
  try {
    return writeSync(file, BLOCK, 0, size) === size;
  } catch {
    return false;
  }
}

function fileSizeLimit(): FullDisk {
  const limit = (pids: readonly number[], value: string): void => {
    for (const pid of pids) spawnSync('prlimit', ['--pid', String(pid), `--fsize=${value}`]);
  };
  return {
    manner:
      'une borne sur la taille des fichiers écrits (RLIMIT_FSIZE, EFBIG) faute de pouvoir monter un disque',
    prepare: () => undefined,
    fill: (pids) => {
      limit(pids, '512:unlimited');
    },
    free: (pids) => {
      limit(pids, 'unlimited:unlimited');
    },
    release: () => undefined,
  };
}
