import type { Log } from '@teletransmission/kernel';
import type { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { redisOf } from '../backend';
import { errorCodeOf } from '../error-code';
import { HOLD_SCRIPT, INCREMENT_SCRIPT } from './counter-scripts';
import type { CountedWindow } from './local-counters';
import { LocalCounters } from './local-counters';

/** Un Redis muet ne retient pas une demande : au-delà, chaque processus compte seul. */
const COMMAND_TIMEOUT_MS = 500;
/** Ce qu'on laisse à un Redis qui n'a pas répondu avant de le redemander : sans cela, chaque demande paierait son silence. */
const AWAY_MS = 5_000;

export interface CounterSettings {
  /** `null` : le processus compte seul. */
  readonly redisUrl: string | null;
  readonly prefix: string;
}

/** Des octets retenus, à rendre une fois. */
export type Release = () => void;

/**
 * Des compteurs que tous les processus partagent par Redis. Ils protègent le service, rien de plus : Redis absent, chaque processus compte
 * seul, et aucune demande n'échoue pour cela. Chacun compte donc toujours les siennes : une coupure au milieu n'en oublie aucune.
 */
export class RedisCounters {
  private readonly local = new LocalCounters();
  private awayUntil = 0;

  private constructor(
    private readonly redis: Redis | null,
    private readonly prefix: string,
    private readonly log: Log,
  ) {}

  static open({ redisUrl, prefix }: CounterSettings, log: Log): RedisCounters {
    const redis =
      redisUrl === null
        ? null
        : redisOf(redisUrl, {
            maxRetriesPerRequest: 0,
            commandTimeout: COMMAND_TIMEOUT_MS,
            enableOfflineQueue: true,
          });
    return new RedisCounters(redis, prefix, log);
  }

  /** Compte une demande de plus, et dit où en est sa fenêtre. */
  async increment(key: string, windowMs: number): Promise<CountedWindow> {
    const here = this.local.increment(key, windowMs);
    const shared = await this.shared(async (redis) => {
      const [current, ttlMs] = (await redis.eval(INCREMENT_SCRIPT, 1, this.keyOf(key), windowMs)) as [
        number,
        number,
      ];
      return { current, ttlMs };
    });
    return shared ?? here;
  }

  /**
   * Retient des octets en vol, pour ce qu'une demande dure au plus.
   * @returns de quoi les rendre ; `null` quand il y en a déjà trop.
   */
  async hold(key: string, bytes: number, max: number, forMs: number): Promise<Release | null> {
    if (!this.local.hold(key, bytes, max)) return null;
    const member = randomUUID();
    const shared = await this.shared(async (redis) => {
      const taken = await redis.eval(HOLD_SCRIPT, 1, this.keyOf(key), member, bytes, max, forMs);
      return { isTaken: taken === 1 };
    });
    const releaseHere = (): void => {
      this.local.release(key, bytes);
    };
    if (shared === null) return releaseHere;
    if (!shared.isTaken) {
      releaseHere();
      return null;
    }
    return () => {
      releaseHere();
      void this.shared((redis) => redis.zrem(this.keyOf(key), `${member}|${bytes}`));
    };
  }

  close(): void {
    this.redis?.disconnect();
  }

  /** Ce que Redis répond ; `null` quand il ne répond pas. */
  private async shared<T>(ask: (redis: Redis) => Promise<T>): Promise<T | null> {
    if (this.redis === null || performance.now() < this.awayUntil) return null;
    try {
      return await ask(this.redis);
    } catch (error) {
      this.awayUntil = performance.now() + AWAY_MS;
      this.log.warn('demandes comptées par ce processus seul, faute de Redis', { code: errorCodeOf(error) });
      return null;
    }
  }

  private keyOf(key: string): string {
    return `${this.prefix}:portes:{${key}}`;
  }
}
