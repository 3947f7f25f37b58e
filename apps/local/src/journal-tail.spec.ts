import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lastLinesOf, quoteLines } from './journal-tail';

describe("La fin d'un journal", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tlt-journal-'));
  const journal = path.join(folder, 'api.log');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('donne les vingt dernières lignes, sans les vides, même quand le journal est très long', () => {
    const lines = Array.from({ length: 5_000 }, (_, rank) => `ligne ${rank + 1}`);
    writeFileSync(journal, `${lines.join('\n\n')}\n`);
    const read = lastLinesOf(journal);
    expect(read).toHaveLength(20);
    expect(read.at(0)).toBe('ligne 4981');
    expect(read.at(-1)).toBe('ligne 5000');
  });

  it("n'a rien à montrer d'un journal absent", () => {
    expect(lastLinesOf(path.join(folder, 'absent.log'))).toEqual([]);
    expect(quoteLines('Fin :', [])).toBe('');
  });
});
