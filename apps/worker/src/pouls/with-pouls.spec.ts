import type { Instant, Log, LogFields } from '@teletransmission/kernel';
import type { JobHandling, QueueName } from '@teletransmission/queues';
import type { Pouls } from '@teletransmission/teletransmission';
import { TRAVAUX_REGULIERS } from '@teletransmission/teletransmission';
import { FakeClock, InMemoryPouls } from '@teletransmission/testkit';
import { withPouls } from './with-pouls';

const NOW = '2022-11-02T09:00:00.000Z' as Instant;
const PAYLOAD = { version: 1 } as const;
const DONE = { kind: 'done' } as const;

interface Written {
  readonly message: string;
  readonly fields: LogFields;
}

describe('le pouls d’un travail', () => {
  let clock: FakeClock;
  let pouls: InMemoryPouls;
  let written: Written[];
  beforeEach(() => {
    clock = new FakeClock(NOW);
    pouls = new InMemoryPouls();
    written = [];
  });

  const around = (queue: QueueName, process: JobHandling['process'], kept: Pouls = pouls): JobHandling => {
    const warn = (message: string, fields: LogFields = {}): void => {
      written.push({ message, fields });
    };
    const log: Log = { info: warn, warn, error: warn, with: () => log };
    return withPouls({ queue, process }, kept, clock, log);
  };
  const unwritable: Pouls = Object.assign(new InMemoryPouls(), {
    succeeded: () => Promise.reject(Object.assign(new Error('mot de passe'), { code: 'ECONNREFUSED' })),
    failed: () => Promise.reject(new Error('base arrêtée')),
  });

  it.each(TRAVAUX_REGULIERS)('%s : sa réussite s’écrit à son heure, après lui', async (queue) => {
    const handling = around(queue, () => {
      clock.advance(1_000);
      return Promise.resolve(DONE);
    });
    expect(await handling.process(PAYLOAD)).toBe(DONE);
    expect(await pouls.travaux()).toMatchObject([
      { travail: queue, reussiLe: '2022-11-02T09:00:01.000Z', echoueLe: null, code: null },
    ]);
  });

  it('son échec s’écrit avec son code, laisse la dernière réussite, et remonte tel quel', async () => {
    await pouls.succeeded('collect-retours', NOW);
    clock.advance(60_000);
    const failure = Object.assign(new Error('Mme Œuvre est absente'), { code: 'prefecture/unreachable' });
    const handling = around('collect-retours', () => Promise.reject(failure));
    await expect(handling.process(PAYLOAD)).rejects.toBe(failure);
    expect(await pouls.travaux()).toMatchObject([
      { reussiLe: NOW, echoueLe: '2022-11-02T09:01:00.000Z', code: 'prefecture/unreachable' },
    ]);
  });

  it.each([new Error('sans code'), Object.assign(new Error('code chiffré'), { code: 42 }), null, 'texte'])(
    'd’un échec qui n’a pas de code, on dit que c’est un défaut (cas %#)',
    async (failure) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- Tout se jette, même ce qui n'est pas une erreur.
      const handling = around('sweep-deadlines', () => Promise.reject(failure));
      await expect(handling.process(PAYLOAD)).rejects.toBe(failure);
      expect(await pouls.travaux()).toMatchObject([{ code: 'service/defect' }]);
    },
  );

  it('un travail sans rendez-vous n’en a pas', async () => {
    expect(await around('seal-enveloppe', () => Promise.resolve(DONE)).process(PAYLOAD)).toBe(DONE);
    expect(await pouls.travaux()).toEqual([]);
  });

  it('qui ne s’écrit pas n’empêche rien : l’issue du travail reste la sienne, et le journal le dit', async () => {
    expect(await around('raise-alertes', () => Promise.resolve(DONE), unwritable).process(PAYLOAD)).toBe(
      DONE,
    );
    const failure = new Error('le travail');
    await expect(
      around('raise-alertes', () => Promise.reject(failure), unwritable).process(PAYLOAD),
    ).rejects.toBe(failure);
    expect(written).toEqual([
      { message: 'pouls non écrit', fields: { queue: 'raise-alertes', code: 'ECONNREFUSED' } },
      { message: 'pouls non écrit', fields: { queue: 'raise-alertes', code: 'service/defect' } },
    ]);
  });
});
