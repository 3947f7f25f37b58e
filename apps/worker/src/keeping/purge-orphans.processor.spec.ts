import type { Log, LogFields } from '@teletransmission/kernel';
import type { PurgeReport } from '@teletransmission/persistence';
import { PurgeOrphansProcessor } from './purge-orphans.processor';

function sweeping(report: PurgeReport): {
  processor: PurgeOrphansProcessor;
  lines: unknown[];
  asked: unknown[];
} {
  const lines: unknown[] = [];
  const asked: unknown[] = [];
  const note = (message: string, fields: LogFields = {}): void => void lines.push([message, fields]);
  const log: Log = { info: note, warn: note, error: note, with: () => log };
  const purge = {
    execute: (...args: readonly unknown[]) => {
      asked.push(args);
      return Promise.resolve(report);
    },
  };
  return { processor: new PurgeOrphansProcessor(purge, 7, log), lines, asked };
}

describe('le balayage des orphelins', () => {
  it('dit ce qu’il a effacé, au journal et à sa file', async () => {
    const { processor, lines, asked } = sweeping({ documents: 2, octets: 300, leftovers: 1 });
    expect(await processor.process()).toEqual({
      kind: 'done',
      state: '2 orphelin(s), 1 reste(s), 300 octets',
    });
    expect(asked).toEqual([[7, 'Balayage des documents que rien ne désigne']]);
    expect(lines).toEqual([['documents sans usage effacés', { count: 3, sizeBytes: 300 }]]);
  });

  it('se tait quand il n’a rien trouvé', async () => {
    const { processor, lines } = sweeping({ documents: 0, octets: 0, leftovers: 0 });
    await processor.process();
    expect(lines).toEqual([]);
  });
});
