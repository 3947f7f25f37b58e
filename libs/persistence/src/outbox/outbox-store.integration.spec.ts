import type { Siren } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import type { CollectiviteId } from '@teletransmission/teletransmission';
import { v7 } from 'uuid';
import { eventually } from '../../../../test/services/eventually';
import { freshDatabase } from '../../test/fresh-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { TestLedger, TRACE_ID } from '../../test/test-ledger';
import type { PendingMessage } from './outbox-store';
import { listenToOutbox, OutboxStore } from './outbox-store';

let database: FreshDatabase;
let ledger: TestLedger;
beforeAll(async () => {
  database = await freshDatabase();
  ledger = await TestLedger.open(database.dataSource);
});
beforeEach(async () => {
  await database.dataSource.query('DELETE FROM outbox');
});
afterAll(() => database.close());

async function enqueue(count: number): Promise<void> {
  await database.dataSource.query(
    `INSERT INTO outbox (job, target_id, turn) SELECT 'seal-enveloppe', gen_random_uuid(), n FROM generate_series(1, $1) n`,
    [count],
  );
}

async function unpublished(): Promise<number> {
  const rows: { n: number }[] = await database.dataSource.query(
    'SELECT count(*)::int AS n FROM outbox WHERE published_at IS NULL',
  );
  return rows[0]?.n ?? NaN;
}

const nothing = (): Promise<void> => Promise.resolve();

/** Une promesse que l'essai tient. */
function gate(): { readonly opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    opened,
    open: () => {
      open();
    },
  };
}

describe('la boîte d’envoi', () => {
  it('donne à chaque collectivité son rang : la première de l’une passe avant la deuxième de l’autre', async () => {
    const flood = ledger;
    const neighbour = await TestLedger.open(database.dataSource, {
      id: v7() as CollectiviteId,
      siren: '213400017' as Siren,
    });
    await database.dataSource.query('DELETE FROM outbox');
    const ranks = async (served: Record<string, number | null>): Promise<readonly (number | undefined)[]> => {
      const seen: (number | undefined)[] = [];
      await ledger.outbox.relay(
        100,
        (messages) => {
          seen.push(...messages.map(({ rang }) => rang));
          return nothing();
        },
        served,
      );
      return seen;
    };
    for (let index = 0; index < 3; index += 1) await flood.deposit();
    await neighbour.deposit();
    expect(await ranks({ 'seal-enveloppe': null })).toEqual([1, 2, 3, 1]);
    await flood.deposit();
    await neighbour.deposit();
    // La file en est à son deuxième tour : la voisine entre au troisième, l'autre attend la fin des siens.
    expect(await ranks({ 'seal-enveloppe': 2 })).toEqual([4, 3]);
    await flood.deposit();
    expect(await ranks({ 'seal-enveloppe': null })).toEqual([1]);
    await flood.deposit();
    expect(await ranks({})).toEqual([undefined]);
  });

  it('rend le message tel qu’écrit, avec sa date et sa trace', async () => {
    const { transmission } = await ledger.deposit();
    const notBefore = '2022-11-02T10:00:00.123Z' as Instant;
    await ledger.happen(transmission, {
      event: 'put-on-hold',
      outbox: [{ job: 'reconcile-envoi', targetId: transmission.id, turn: 2, notBefore }],
    });
    const seen: PendingMessage[] = [];
    await ledger.outbox.relay(10, (messages) => {
      seen.push(...messages);
      return Promise.resolve();
    });
    const common = { targetId: transmission.id, traceId: TRACE_ID };
    expect(seen).toEqual([
      { ...common, job: 'seal-enveloppe', turn: 1, notBefore: null },
      { ...common, job: 'reconcile-envoi', turn: 2, notBefore },
    ]);
  });

  it('ne s’inscrit qu’une fois pour la même cible au même tour', async () => {
    const { transmission } = await ledger.deposit();
    const message = { job: 'seal-enveloppe', targetId: transmission.id, turn: 1, notBefore: null } as const;
    await ledger.happen(transmission, { event: 'put-on-hold', outbox: [message, { ...message, turn: 2 }] });
    expect(await unpublished()).toBe(2);
  });

  it('se vide par lots, du plus ancien au plus récent', async () => {
    await enqueue(25);
    const sizes: number[] = [];
    const turns: number[] = [];
    const publish = (messages: readonly PendingMessage[]): Promise<void> => {
      sizes.push(messages.length);
      turns.push(...messages.map(({ turn }) => turn));
      return Promise.resolve();
    };
    while ((await ledger.outbox.relay(10, publish)) > 0);
    expect(sizes).toEqual([10, 10, 5]);
    expect(turns).toEqual(Array.from({ length: 25 }, (_, n) => n + 1));
  });

  it('se partage entre deux relais : chaque ligne n’est portée que par un', async () => {
    await enqueue(40);
    const other = new OutboxStore(await database.another());
    const both = gate();
    const seen: number[][] = [];
    const publish = async (messages: readonly PendingMessage[]): Promise<void> => {
      seen.push(messages.map(({ turn }) => turn));
      // Chacun garde ses lignes jusqu'à ce que l'autre ait pris les siennes.
      if (seen.length === 2) both.open();
      await both.opened;
    };
    expect(await Promise.all([ledger.outbox.relay(20, publish), other.relay(20, publish)])).toEqual([20, 20]);
    expect(new Set(seen.flat()).size).toBe(40);
    expect(await unpublished()).toBe(0);
  });

  it('garde ses lignes quand la publication échoue, et les rend au passage suivant', async () => {
    await enqueue(3);
    await expect(ledger.outbox.relay(10, () => Promise.reject(new Error('Redis absent')))).rejects.toThrow(
      'Redis absent',
    );
    expect(await unpublished()).toBe(3);
    expect(await ledger.outbox.relay(10, nothing)).toBe(3);
    expect(await ledger.outbox.relay(10, nothing)).toBe(0);
  });

  it('rend les lignes d’un relais tué entre la publication et la marque', async () => {
    await enqueue(3);
    const doomed = new OutboxStore(await database.another(1));
    const published: number[] = [];
    const killed = doomed.relay(10, async (messages) => {
      published.push(...messages.map(({ turn }) => turn));
      await database.dataSource.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND state = 'idle in transaction'`,
      );
    });
    await expect(killed).rejects.toThrow();
    expect(published).toEqual([1, 2, 3]);
    expect(await ledger.outbox.relay(10, nothing)).toBe(3);
  });

  it('reprend ce qu’une file a oublié, chacun à son rang : deux fois rendu n’est qu’un travail', async () => {
    const flood = ledger;
    const neighbour = await TestLedger.open(database.dataSource, {
      id: v7() as CollectiviteId,
      siren: '213400025' as Siren,
    });
    await database.dataSource.query('DELETE FROM outbox');
    const acts = [
      await flood.deposit(),
      await flood.deposit(),
      await flood.deposit(),
      await neighbour.deposit(),
    ];
    const seen: PendingMessage[] = [];
    const relay = (): Promise<number> =>
      ledger.outbox.relay(
        100,
        (messages) => {
          seen.push(...messages);
          return nothing();
        },
        { 'seal-enveloppe': null },
      );
    const forgotten = acts.map(({ transmission: { id } }) => ({
      job: 'seal-enveloppe' as const,
      targetId: id,
      turn: 1,
      notBefore: null,
    }));
    expect(await ledger.outbox.putBack(forgotten)).toBe(0);
    expect(await relay()).toBe(4);
    // L'un des travaux n'est plus dans la boîte non plus.
    await database.dataSource.query('DELETE FROM outbox WHERE target_id = $1', [acts[0]?.transmission.id]);
    expect(await ledger.outbox.putBack(forgotten)).toBe(4);
    expect(await ledger.outbox.putBack(forgotten)).toBe(0);
    seen.length = 0;
    expect(await relay()).toBe(4);
    expect(new Map(seen.map(({ targetId, rang }) => [targetId, rang]))).toEqual(
      new Map(
        [acts[1], acts[2], acts[0], acts[3]].map((act, index) => [act?.transmission.id, [1, 2, 3, 1][index]]),
      ),
    );
  });

  it('oublie ce qui a été porté depuis longtemps, et rien d’autre', async () => {
    await enqueue(3);
    await ledger.outbox.relay(2, nothing);
    expect(await ledger.outbox.purge(1)).toBe(0);
    await database.dataSource.query(
      `UPDATE outbox SET published_at = published_at - interval '25 hours' WHERE turn = 1`,
    );
    expect(await ledger.outbox.purge(1)).toBe(1);
    expect(await unpublished()).toBe(1);
  });
});

describe('l’écoute de la boîte d’envoi', () => {
  it('est réveillée par un dépôt validé, jamais par un dépôt abandonné', async () => {
    const notified = gate();
    let count = 0;
    const stop = await listenToOutbox(
      database.url,
      () => {
        count += 1;
        notified.open();
      },
      () => undefined,
    );
    await expect(ledger.deliberations.deposit(ledger.aDeposit({ objet: '' }))).rejects.toThrow();
    await ledger.deposit();
    await notified.opened;
    expect(count).toBe(1);
    await stop();
  });

  it('dit qu’elle est coupée, sans finir le processus', async () => {
    const lost = gate();
    const stop = await listenToOutbox(database.url, () => undefined, lost.open);
    await database.dataSource.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'relais' AND datname = current_database()`,
    );
    await lost.opened;
    expect(await listening()).toBe(0);
    await stop();
  });

  it('n’est qu’à un relais à la fois, et passe à l’autre quand le premier meurt', async () => {
    const calls: string[] = [];
    const taken = gate();
    const stopFirst = await listenToOutbox(
      database.url,
      () => calls.push('premier'),
      () => undefined,
    );
    const stopSecond = await listenToOutbox(
      database.url,
      () => {
        calls.push('second');
        taken.open();
      },
      () => undefined,
    );
    await ledger.deposit();
    await eventually('le premier est réveillé', () => Promise.resolve(calls.includes('premier')));
    expect(calls).not.toContain('second');
    await stopFirst();
    await taken.opened;
    await stopSecond();
  });

  it('arrêtée, ne laisse pas de connexion', async () => {
    const stop = await listenToOutbox(
      database.url,
      () => undefined,
      () => undefined,
    );
    expect(await listening()).toBe(1);
    await stop();
    await eventually('la connexion est rendue', async () => (await listening()) === 0);
  });
});

async function listening(): Promise<number> {
  const rows: { n: number }[] = await database.dataSource.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'relais' AND datname = current_database()`,
  );
  return rows[0]?.n ?? NaN;
}
