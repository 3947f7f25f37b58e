import { Redis } from 'ioredis';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { OwnInstance } from '../processes/own-instance';
import type { Running } from '../processes/supervised';
import type { BreakableLine } from './breakable-line';
import type { Fault } from './fault-plan';
import type { FullDisk } from './full-disk';
import type { SkewedClock } from './skewed-clock';

/** Ce que le marteau tient en main. */
export interface Hands {
  readonly service: OwnInstance;
  /** Des travailleurs à la préfecture. */
  readonly line: BreakableLine;
  /** Du déposant à l'API. */
  readonly counter: BreakableLine;
  readonly disk: FullDisk | null;
  readonly clock: SkewedClock | null;
  readonly signal: AbortSignal;
}

const INSIST_MS = 250;

/** Fait subir une panne, puis la répare ; aboutit quand tout est revenu. */
export async function inflict(fault: Fault, hands: Hands): Promise<void> {
  const { service, line, counter, disk, clock, signal } = hands;
  const { target, durationMs, amount } = fault;
  const wait = (): Promise<void> => delay(durationMs, undefined, { signal });
  switch (fault.kind) {
    case 'tuer': {
      const part = service.part(target);
      await part.crash(durationMs, target === 'postgres' ? killWithChildren : undefined);
      return part.inService();
    }
    case 'arret-immediat': {
      const part = service.part(target);
      await part.crash(durationMs, (running) => {
        running.kill('SIGQUIT');
      });
      return part.inService();
    }
    case 'figer':
      service.part(target).signal('SIGSTOP');
      try {
        await wait();
      } finally {
        service.part(target).signal('SIGCONT');
      }
      return;
    case 'vider-redis':
      return insist(signal, () => flush(service.redisUrl));
    case 'ligne-coupee':
      line.cut();
      await wait();
      line.mend();
      return;
    case 'ligne-lente':
      line.slowDown(amount);
      await wait();
      line.mend();
      return;
    case 'reponse-perdue':
    case 'demande-perdue':
    case 'mandataire': {
      const struck = target === 'comptoir' ? counter : line;
      struck.expect(fault.kind, amount);
      const deadline = performance.now() + durationMs;
      while (struck.pendingMishaps > 0 && performance.now() < deadline)
        await delay(INSIST_MS, undefined, { signal });
      struck.mend();
      return;
    }
    case 'retours-doubles':
      return atCounter(hands, { scenario: 'double' }, durationMs);
    case 'retours-desordre':
      return outOfOrder(hands, durationMs, amount);
    case 'prise-puis-erreur':
      return atCounter(hands, { scenario: 'erreur-apres' }, durationMs);
    case 'prise-puis-coupure':
      return atCounter(hands, { scenario: 'coupure-apres' }, durationMs);
    case 'indisponible':
      return atCounter(hands, { scenario: 'erreur-avant' }, durationMs);
    case 'disque-plein': {
      const writers = ['api', 'worker-1', 'worker-2'].map((name) => service.part(name).pid);
      disk?.fill(writers);
      try {
        await wait();
      } finally {
        disk?.free(writers);
      }
      return;
    }
    case 'horloge':
      clock?.set(target, amount);
      try {
        await wait();
      } finally {
        clock?.set(target, 0);
      }
  }
}

/** PostgreSQL meurt d'un coup, sessions comprises : rien n'a le temps de s'écrire. */
function killWithChildren(running: Running): void {
  const children = childrenOf(running.pid);
  running.kill('SIGKILL');
  for (const pid of children) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Déjà mort de la mort de son père.
    }
  }
}

export function childrenOf(parent: number): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
        return Number(fields[1]) === parent;
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function flush(redisUrl: string): Promise<void> {
  const redis = new Redis({
    path: redisUrl.replace(/^unix:/, ''),
    maxRetriesPerRequest: 1,
    retryStrategy: null,
    lazyConnect: true,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.flushall();
  } finally {
    redis.disconnect();
  }
}

/** Le guichet a, le temps de la panne, ce comportement par défaut. */
async function atCounter(
  { service, signal }: Hands,
  consigne: Readonly<Record<string, unknown>>,
  durationMs: number,
): Promise<void> {
  const set = (defaut: unknown): Promise<void> =>
    insist(signal, async () => {
      await service.pilot('PUT', '/pilotage/defaut', defaut);
    });
  await set(consigne);
  await delay(durationMs, undefined, { signal });
  await set({ scenario: 'accepter' });
}

/** Les réponses d'abord très tardives, puis immédiates : les dernières archives sont accusées avant les premières. */
async function outOfOrder(hands: Hands, durationMs: number, lateMs: number): Promise<void> {
  await atCounter(hands, { scenario: 'retard', delaiMs: lateMs }, durationMs / 2);
  await atCounter(hands, { scenario: 'retard', delaiMs: 0 }, durationMs / 2);
}

/** Redemande tant que l'autre bout est mort d'une panne voisine. */
async function insist(signal: AbortSignal, order: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await order();
      return;
    } catch {
      await delay(INSIST_MS, undefined, { signal });
    }
  }
}
