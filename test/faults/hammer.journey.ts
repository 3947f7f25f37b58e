import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { findProjectRoot } from '../../apps/local/src/project-root';

/** Une machine chargée met une minute à tout lancer ; la borne n'arrête que ce qui est figé. */
const WITHIN_MS = 600_000;

interface Said {
  readonly perdus: readonly string[];
  readonly doubles: readonly string[];
  readonly invariants: readonly { readonly title: string; readonly faults: readonly string[] }[];
}

describe('Le marteau, brièvement', () => {
  it(
    'six pannes d’une graine fixe ne perdent ni ne doublent aucun des trente actes',
    async () => {
      const args = ['scripts/run-typescript.cjs', 'test/faults/main.ts'];
      const options = ['--actes', '30', '--pannes', '6', '--graine', '10', '--collectivites', '2', '--json'];
      const child = spawn(process.execPath, [...args, ...options], {
        cwd: findProjectRoot(),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      const [said, progress] = await Promise.all([buffer(child.stdout), buffer(child.stderr)]);
      const exitCode = await ended;
      if (said.length === 0)
        throw new Error(`Le marteau n'a rien dit (code ${String(exitCode)}) : ${progress.toString()}`);
      const { perdus, doubles, invariants } = JSON.parse(said.toString()) as Said;
      expect(invariants.filter(({ faults }) => faults.length > 0)).toEqual([]);
      expect({ perdus, doubles, exitCode }).toEqual({ perdus: [], doubles: [], exitCode: 0 });
    },
    WITHIN_MS,
  );
});
