import type { Settings } from '@teletransmission/config';
import { ProblemException } from '@teletransmission/http-problems';
import type { RedisCounters } from '@teletransmission/queues';
import type { Compte } from '@teletransmission/teletransmission';
import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DEPOSIT_MAX_BYTES } from '../deliberations/files-budget';
import { longestBodyMs } from './body-pace';

const MINUTE_MS = 60_000;
/** Un corps reçu se juge encore. Au-delà, des octets que personne n'a rendus sont d'un processus mort : ils ne comptent plus. */
const JUDGED_WITHIN_MS = 60_000;

type Limits = Settings['portes'];
type Limiter = ReturnType<FastifyInstance['createRateLimit']>;

/** Ce qui se limite : l'adresse d'abord, avant de lire quoi que ce soit ; le compte, dès qu'on le reconnaît. */
type Subject = 'adresse' | 'compte';

const WHO: Readonly<Record<Subject, string>> = {
  adresse: 'Cette adresse',
  compte: 'Ce compte',
};

/** La santé répond toujours : c'est elle qu'on demande quand tout va mal. */
export function isExempt(request: FastifyRequest): boolean {
  return request.routeOptions.url?.startsWith('/health/') === true;
}

/** Ce qu'une demande annonce d'octets ; sans annonce, ce qu'elle en a au plus. */
export function announcedBytes(request: FastifyRequest): number {
  const announced = request.headers['content-length'];
  if (announced !== undefined) return Math.min(Number(announced), DEPOSIT_MAX_BYTES);
  return request.headers['transfer-encoding'] === undefined ? 0 : DEPOSIT_MAX_BYTES;
}

/** Les demandes par minute et les octets en vol, par adresse et par compte. */
export class RequestLimits {
  private readonly limiters = new Map<Subject, Limiter>();

  constructor(
    private readonly limits: Limits,
    private readonly counters: Pick<RedisCounters, 'increment' | 'hold'>,
  ) {}

  /** Branche les limites sur le serveur : chaque demande y compte pour son adresse. */
  async attach(instance: FastifyInstance): Promise<void> {
    const { counters } = this;
    class Store {
      incr(
        key: string,
        done: (error: Error | null, counted?: { current: number; ttl: number }) => void,
        windowMs: number,
      ): void {
        counters.increment(key, windowMs).then(
          ({ current, ttlMs }) => {
            done(null, { current, ttl: ttlMs });
          },
          (error: unknown) => {
            done(error as Error);
          },
        );
      }

      child(): this {
        return this;
      }
    }
    await instance.register(rateLimit, { global: false, store: Store });
    const { demandesParMinute } = this.limits;
    const limiterOf = (subject: Subject, keyGenerator: (request: FastifyRequest) => string): void => {
      const max = demandesParMinute[subject];
      this.limiters.set(subject, instance.createRateLimit({ max, timeWindow: MINUTE_MS, keyGenerator }));
    };
    limiterOf('adresse', (request) => keyOf('adresse', request));
    limiterOf('compte', (request) => keyOf('compte', request));
    instance.addHook('onRequest', async (request, reply) => {
      if (!isExempt(request)) await this.admit('adresse', request, reply);
    });
  }

  /** @throws ProblemException `http/too-many-requests` ou `http/too-much-in-flight`, avec `Retry-After` */
  async admit(subject: Subject, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const limit = await this.limiters.get(subject)?.(request);
    if (limit && !limit.isAllowed && limit.isExceeded) throw tooMany(subject, limit.max, limit.ttlInSeconds);
    const bytes = announcedBytes(request);
    if (bytes === 0) return;
    const max = this.limits.octetsEnVol[subject];
    const release = await this.counters.hold(
      `vol:${keyOf(subject, request)}`,
      bytes,
      max,
      longestBodyMs(this.limits.corps, bytes) + JUDGED_WITHIN_MS,
    );
    if (!release) throw tooMuch(subject, max);
    // La demande est finie quand sa réponse est partie, ou que le client a raccroché.
    reply.raw.once('close', release);
  }
}

function keyOf(subject: Subject, request: FastifyRequest & { readonly demandeur?: Compte }): string {
  return `${subject}:${subject === 'adresse' ? normalizeIP(request.ip) : (request.demandeur?.id ?? '')}`;
}

function tooMany(subject: Subject, max: number, seconds: number): ProblemException {
  const wait = Math.max(1, seconds);
  const detail = `${WHO[subject]} a fait plus de ${max} demandes en une minute. Attendez ${wait} ${wait > 1 ? 'secondes' : 'seconde'}, puis recommencez.`;
  return new ProblemException({ code: 'http/too-many-requests', detail }, { 'retry-after': String(wait) });
}

function tooMuch(subject: Subject, max: number): ProblemException {
  const detail = `${WHO[subject]} envoie déjà près de ${max} octets à la fois. Attendez la fin d’un envoi, puis recommencez.`;
  return new ProblemException({ code: 'http/too-much-in-flight', detail });
}
