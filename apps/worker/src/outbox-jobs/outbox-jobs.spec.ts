import type { Log, LogFields } from '@teletransmission/kernel';
import type { JobHandling } from '@teletransmission/queues';
import { CONTRACTS } from '@teletransmission/queues';
import type { JobOutcome, RetourState } from '@teletransmission/teletransmission';
import { JOBS } from '@teletransmission/teletransmission';
import { OutboxJobProcessor } from './outbox-job.processor';
import { withTray } from './with-tray';

const ID = '0190b3a2-0000-7000-8000-000000000001';

describe('un travail de la boîte d’envoi', () => {
  it.each(JOBS)('%s porte à la table la cible que sa file nomme', async (job) => {
    const { target } = CONTRACTS[job];
    const seen: string[] = [];
    const processor = new OutboxJobProcessor(job, (targetId) => {
      seen.push(targetId);
      return Promise.resolve({ kind: 'done', state: 'fait' });
    });
    expect(processor.queue).toBe(job);
    expect(await processor.process({ version: 1, [target ?? '']: ID })).toEqual({
      kind: 'done',
      state: 'fait',
    });
    expect(seen).toEqual([ID]);
  });

  it('sans sa cible, ne va pas jusqu’au cas d’usage', async () => {
    const seen: string[] = [];
    const processor = new OutboxJobProcessor('seal-enveloppe', (targetId) => {
      seen.push(targetId);
      return Promise.resolve({ kind: 'done' });
    });
    await expect(processor.process({ version: 1, retourId: ID })).rejects.toThrow('seal-enveloppe');
    expect(seen).toEqual([]);
  });
});

describe('un retour laissé au bac', () => {
  const warnings: { readonly message: string; readonly fields: LogFields | undefined }[] = [];
  const log: Log = {
    info: () => undefined,
    warn: (message, fields) => void warnings.push({ message, fields }),
    error: () => undefined,
    with: () => log,
  };
  beforeEach(() => {
    warnings.length = 0;
  });
  const ending = (queue: JobHandling['queue'], outcome: JobOutcome): JobHandling => ({
    queue,
    process: () => Promise.resolve(outcome),
  });
  const left: readonly RetourState[] = ['unmatched', 'contradictory', 'unreadable'];

  it.each(left)('%s s’entend dans le journal, avec le retour', async (state) => {
    const outcome: JobOutcome = { kind: 'done', state };
    const handling = withTray(ending('apply-retour', outcome), log);
    expect(await handling.process({ version: 1, retourId: ID })).toEqual(outcome);
    expect(warnings).toEqual([
      { message: 'retour au bac', fields: { retourId: ID, state, code: `retour/${state}` } },
    ]);
  });

  it('appliqué, ou laissé par un autre travail, ne dit rien', async () => {
    await withTray(ending('apply-retour', { kind: 'done', state: 'applied' }), log).process({
      version: 1,
      retourId: ID,
    });
    const other = ending('seal-enveloppe', { kind: 'done', state: 'unmatched' });
    await withTray(other, log).process({ version: 1, retourId: ID });
    expect(warnings).toEqual([]);
  });
});
