import type { Log } from '@teletransmission/kernel';
import { addMs, epochMsOf, instantOf } from '@teletransmission/kernel';
import type {
  BudgetAnswer,
  BudgetRequest,
  DepartureCounts,
  RateBudget,
} from '@teletransmission/teletransmission';
import {
  BUDGET_HOUR_MS,
  BUDGET_MIN_WAIT_MS,
  BUDGET_RESERVE,
  BUDGET_YIELD_MS,
} from '@teletransmission/teletransmission';
import type { Redis } from 'ioredis';
import type { QueueSettings } from '../backend';
import { redisOf } from '../backend';
import { errorCodeOf } from '../error-code';
import { GIVE_BACK_SCRIPT, SEED_SCRIPT, TAKE_SCRIPT } from './budget-scripts';

/** Un Redis muet ne retient pas un départ : au-delà, c'est la base qui compte. */
const COMMAND_TIMEOUT_MS = 2_000;
/** Passé sa date et ce délai, un acte qui n'est pas revenu ne retient plus les autres : il a été retiré, ou son travail s'est perdu. */
const PATIENCE_MS = 900_000;

/** Ce que la base sait, et ce qui compte à la place de Redis quand il manque. */
export type BudgetTruth = RateBudget & DepartureCounts;

/**
 * Le budget partagé par tous les travailleurs, dans Redis. Redis vidé, il se réamorce des envois de la dernière heure que la base connaît ;
 * Redis injoignable, c'est la base qui compte. Le budget protège la préfecture : jamais il ne repart de zéro, jamais il ne fait échouer un acte.
 */
export class RedisRateBudget implements RateBudget {
  private constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
    private readonly truth: BudgetTruth,
    private readonly log: Log,
  ) {}

  static open({ redisUrl, prefix }: QueueSettings, truth: BudgetTruth, log: Log): RedisRateBudget {
    if (redisUrl === null) throw new Error('REDIS_URL manque');
    const redis = redisOf(redisUrl, {
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_TIMEOUT_MS,
      enableOfflineQueue: true,
    });
    return new RedisRateBudget(redis, prefix, truth, log);
  }

  async take(request: BudgetRequest): Promise<BudgetAnswer> {
    let answer: BudgetAnswer | null;
    try {
      answer = (await this.ask(request)) ?? (await this.seedThenAsk(request));
    } catch (error) {
      this.log.warn('budget compté en base, faute de Redis', { code: errorCodeOf(error) });
      return this.truth.take(request);
    }
    return answer ?? this.truth.take(request);
  }

  async giveBack(request: BudgetRequest): Promise<void> {
    const { siren, tailleOctets } = request;
    const [departs, pris] = this.keysOf(request.departement);
    // Rendue en base aussi : la part a pu être prise là, Redis revenu depuis.
    await this.truth.giveBack(request);
    await this.redis
      .eval(GIVE_BACK_SCRIPT, 2, departs, pris, memberOf(request), siren, tailleOctets)
      .catch(() => undefined);
  }

  close(): void {
    this.redis.disconnect();
  }

  private async ask(request: BudgetRequest): Promise<BudgetAnswer | null> {
    const { transmissionId, tour, siren, tailleOctets, actesParHeure, octetsParHeure } = request;
    const keys = this.keysOf(request.departement);
    const reply = (await this.redis.eval(
      TAKE_SCRIPT,
      keys.length,
      ...keys,
      epochMsOf(request.at),
      transmissionId,
      tour,
      siren,
      tailleOctets,
      actesParHeure ?? 'inf',
      octetsParHeure ?? 'inf',
      BUDGET_HOUR_MS,
      BUDGET_RESERVE,
      BUDGET_YIELD_MS,
      BUDGET_MIN_WAIT_MS,
      PATIENCE_MS,
      request.isReturning ? 1 : 0,
    )) as readonly [verdict: string, until: string];
    if (reply[0] === 'inconnu') return null;
    return reply[0] === 'pris' ? { kind: 'taken' } : { kind: 'wait', until: instantOf(Number(reply[1])) };
  }

  private async seedThenAsk(request: BudgetRequest): Promise<BudgetAnswer | null> {
    const { departement, at } = request;
    const known = await this.truth.since(departement, addMs(at, -BUDGET_HOUR_MS));
    const [departs, pris, , , amorce] = this.keysOf(departement);
    const pairs = known.flatMap((departure) => [memberOf(departure), String(epochMsOf(departure.at))]);
    await this.redis.eval(SEED_SCRIPT, 3, departs, pris, amorce, BUDGET_HOUR_MS, ...pairs);
    return this.ask(request);
  }

  private keysOf(departement: string): readonly [string, string, string, string, string] {
    const key = (name: string): string => `${this.prefix}:budget:{${departement}}:${name}`;
    return [key('departs'), key('pris'), key('attentes'), key('lignes'), key('amorce')];
  }
}

function memberOf(departure: {
  readonly transmissionId: string;
  readonly tour: string;
  readonly siren: string;
  readonly tailleOctets: number;
}): string {
  const { transmissionId, tour, siren, tailleOctets } = departure;
  return `${transmissionId}|${tour}|${siren}|${tailleOctets}`;
}
