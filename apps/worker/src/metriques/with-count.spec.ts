import type { Instant } from '@teletransmission/kernel';
import type { JobHandling } from '@teletransmission/queues';
import type { JobOutcome } from '@teletransmission/teletransmission';
import { withCount } from './with-count';

const PAYLOAD = { version: 1 } as const;

describe('le compte des travaux', () => {
  const counted: string[] = [];
  const travaux = { count: (file: string, issue: string): number => counted.push(`${file} ${issue}`) };
  const handling = (process: JobHandling['process']): JobHandling =>
    withCount({ queue: 'seal-enveloppe', process }, travaux);
  beforeEach(() => {
    counted.length = 0;
  });

  it.each<[JobOutcome, string]>([
    [{ kind: 'done', state: 'sealed' }, 'fait'],
    [{ kind: 'later', at: '2022-11-02T09:00:00.000Z' as Instant }, 'reporte'],
    [{ kind: 'give-up', problem: { code: 'essai/refus', detail: 'Non.' } }, 'abandonne'],
  ])('rend l’issue %j telle quelle, et la compte « %s »', async (outcome, issue) => {
    expect(await handling(() => Promise.resolve(outcome)).process(PAYLOAD)).toBe(outcome);
    expect(counted).toEqual([`seal-enveloppe ${issue}`]);
  });

  it('laisse passer une panne telle quelle, et la compte', async () => {
    const failure = new Error('base arrêtée');
    await expect(handling(() => Promise.reject(failure)).process(PAYLOAD)).rejects.toBe(failure);
    expect(counted).toEqual(['seal-enveloppe echec']);
  });
});
