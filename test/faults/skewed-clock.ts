import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findProjectRoot } from '../../apps/local/src/project-root';
import { unpackDebianPackages } from '../../apps/local/src/servers/redis/debian-packages';

const LIBRARY = 'libfaketimeMT.so.1';
const FAKETIME = { required: ['libfaketime'], optional: [], witness: ['usr', 'lib'] };

/**
 * L'horloge d'un processus, que l'on fait sauter pendant qu'il tourne : libfaketime s'interpose entre lui et le système, sans que le
 * produit en sache rien. Le temps qui s'écoule (monotone) reste vrai.
 */
export class SkewedClock {
  private constructor(
    private readonly library: string,
    private readonly folder: string,
  ) {}

  /** La bibliothèque de la machine, ou la nôtre, prise dans les paquets Debian ; un texte dit pourquoi elle manque. */
  static async find(folder: string, signal: AbortSignal): Promise<SkewedClock | string> {
    const known = libraryIn('/usr');
    if (known !== null) return new SkewedClock(known, folder);
    if (process.platform !== 'linux') return 'libfaketime ne se prend que sous Linux';
    const cache = path.join(
      findProjectRoot(),
      'node_modules',
      '.cache',
      'teletransmission',
      `faketime-${process.arch}`,
    );
    if (!existsSync(cache)) {
      const unpacked = await unpackDebianPackages(cache, FAKETIME, signal);
      if (!unpacked.ok) return unpacked.problem;
    }
    const library = libraryIn(path.join(cache, 'usr'));
    return library === null ? 'les paquets ne contiennent pas libfaketime' : new SkewedClock(library, folder);
  }

  /** Ce qu'un processus doit recevoir pour que son horloge puisse sauter. */
  envOf(name: string): Readonly<Record<string, string>> {
    this.set(name, 0);
    return {
      LD_PRELOAD: this.library,
      FAKETIME_TIMESTAMP_FILE: this.fileOf(name),
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DISABLE_SHM: '1',
      NO_FAKE_STAT: '1',
    };
  }

  /** Décale l'horloge de ce processus, en secondes ; il le voit dans la seconde. */
  set(name: string, seconds: number): void {
    writeFileSync(this.fileOf(name), `${seconds < 0 ? '' : '+'}${seconds}`);
  }

  private fileOf(name: string): string {
    return path.join(this.folder, `horloge-${name}`);
  }
}

function libraryIn(prefix: string): string | null {
  const lib = path.join(prefix, 'lib');
  if (!existsSync(lib)) return null;
  const folders = readdirSync(lib).map((name) => path.join(lib, name, 'faketime', LIBRARY));
  return folders.find((file) => existsSync(file)) ?? null;
}
