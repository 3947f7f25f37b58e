import 'reflect-metadata';
import {
  Body,
  Controller,
  ForbiddenException,
  Get,
  HttpException,
  Module,
  Param,
  Post,
  Res,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Log, LogFields } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { FastifyReply } from 'fastify';
import { ProblemException, unwrap } from './problem-exception';
import { ProblemFilter } from './problem-filter';

const SECRET = 'SELECT * FROM comptes WHERE jeton = /srv/secret';
const TRACE_ID = 'a'.repeat(32);

class Recorder implements Log {
  readonly lines: { readonly level: string; readonly fields: LogFields; readonly error: unknown }[] = [];
  info(): void {
    throw new Error('un refus ne s’écrit pas ici');
  }
  warn(_message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'warn', fields, error: undefined });
  }
  error(_message: string, fields: LogFields = {}, error?: unknown): void {
    this.lines.push({ level: 'error', fields, error });
  }
  with(): Log {
    return this;
  }
}

/** Ce que chaque adresse lance. */
const THROWN: Readonly<Record<string, () => unknown>> = {
  refus: () =>
    new ProblemException({ code: 'transmission/event-refused', detail: 'Non.', facts: { state: 'held' } }),
  inconnu: () => new ProblemException({ code: 'nulle/part', detail: SECRET }),
  defaut: () => new TypeError(SECRET),
  objet: () => ({ message: SECRET, statusCode: 599 }),
  raccroche: () => Object.assign(new Error(SECRET), { code: 'ERR_STREAM_PREMATURE_CLOSE' }),
  rien: () => null,
  interdit: () => new ForbiddenException(SECRET),
  interne: () => new HttpException(SECRET, 500),
  indisponible: () => new HttpException(SECRET, 503),
  'fastify-413': () => Object.assign(new Error(SECRET), { statusCode: 413 }),
  'plus-tard': () => Object.assign(new Error(SECRET), { retry: 'later' }),
  jamais: () => Object.assign(new Error(SECRET), { retry: 'never' }),
  pool: () => new Error('timeout exceeded when trying to connect'),
  'prise-absente': () => Object.assign(new Error(SECRET), { code: 'ENOENT', syscall: 'connect' }),
  'fichier-absent': () => Object.assign(new Error(SECRET), { code: 'ENOENT', syscall: 'open' }),
};

@Controller()
class EssaiController {
  @Get('lance/:quoi')
  fail(@Param('quoi') quoi: string): never {
    const thrown = THROWN[quoi]?.() ?? null;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- Une bibliothèque peut lancer n'importe quoi.
    throw thrown;
  }

  @Get('code/:code')
  outage(@Param('code') code: string): never {
    throw Object.assign(new Error(SECRET), code.startsWith('E') ? { code } : { driverError: { code } });
  }

  @Post('corps')
  body(@Body() body: unknown): unknown {
    return body;
  }

  @Get('commencee')
  async started(@Res() reply: FastifyReply): Promise<never> {
    reply.raw.writeHead(200, { 'content-length': '100' });
    reply.raw.write('début');
    await new Promise((resolve) => setImmediate(resolve));
    throw new Error(SECRET);
  }
}

@Module({ controllers: [EssaiController] })
class EssaiModule {}

const log = new Recorder();
let app: NestFastifyApplication;
let url: string;
beforeAll(async () => {
  const adapter = new FastifyAdapter({ bodyLimit: 1_000 });
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest attend un simple objet.
  app = await NestFactory.create<NestFastifyApplication>(EssaiModule, adapter, {
    logger: false,
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(log, { current: () => TRACE_ID }));
  await app.listen(0, '127.0.0.1');
  url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
});
afterAll(() => app.close());
beforeEach(() => {
  log.lines.length = 0;
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

async function ask(path: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(`${url}/${path}`, init);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: JSON.parse(text) as Answer['body'],
  };
}

const level = (): readonly string[] => log.lines.map((line) => line.level);

describe('ce qui sort de la porte', () => {
  it('est un problème de la RFC 9457, avec son type de contenu et sa trace', async () => {
    const { status, headers, body } = await ask('lance/refus');
    expect(status).toBe(409);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(body).toEqual({
      type: 'urn:teletransmission:probleme:transmission/event-refused',
      title: 'Action impossible dans cet état',
      status: 409,
      detail: 'Non.',
      instance: `urn:teletransmission:trace:${TRACE_ID}`,
      code: 'transmission/event-refused',
      state: 'held',
    });
    expect(log.lines).toEqual([]);
  });

  it.each(['inconnu', 'defaut', 'objet', 'rien', 'interne', 'jamais', 'fichier-absent'])(
    'ne dit rien d’un défaut : %s',
    async (quoi) => {
      const { status, body, text } = await ask(`lance/${quoi}`);
      expect(status).toBe(500);
      expect(body).toMatchObject({ code: 'service/defect', title: 'Défaut du service' });
      expect(text).not.toMatch(/SELECT|srv|secret|Error/);
    },
  );

  it.each(['defaut', 'objet', 'rien', 'interne', 'jamais'])(
    'écrit un défaut au journal, avec son erreur : %s',
    async (quoi) => {
      await ask(`lance/${quoi}`);
      expect(log.lines).toMatchObject([{ level: 'error', fields: { code: 'service/defect' } }]);
    },
  );

  it.each(['plus-tard', 'pool', 'prise-absente', 'indisponible'])(
    'est 503 quand le monde manque : %s',
    async (quoi) => {
      const { status, headers, body, text } = await ask(`lance/${quoi}`);
      expect([status, body['code']]).toEqual([503, 'service/unavailable']);
      expect(headers.get('retry-after')).toBe('10');
      expect(text).not.toContain('SELECT');
      expect(level()).toEqual(['warn']);
    },
  );

  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'EAI_AGAIN',
    'ENOSPC',
    'EIO',
    '08006',
    '57P01',
    '57014',
    '53300',
    '40P01',
  ])('est 503 sur %s', async (code) => {
    expect((await ask(`code/${code}`)).status).toBe(503);
  });

  it.each(['EISDIR', '23505', '42P01', '22P02'])('est 500 sur %s, qui est de notre fait', async (code) => {
    expect((await ask(`code/${code}`)).status).toBe(500);
    expect(level()).toEqual(['error']);
  });
});

describe('les refus du cadre', () => {
  it.each([
    ['une adresse inconnue', 'nulle-part', {}, 404, 'http/not-found'],
    [
      'un JSON illisible',
      'corps',
      { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
      400,
      'http/malformed',
    ],
    [
      'un corps trop lourd',
      'corps',
      {
        method: 'POST',
        body: JSON.stringify('x'.repeat(2_000)),
        headers: { 'content-type': 'application/json' },
      },
      413,
      'http/too-large',
    ],
    [
      'un type inconnu',
      'corps',
      { method: 'POST', body: 'x', headers: { 'content-type': 'application/x-rien' } },
      415,
      'http/unsupported-media-type',
    ],
    ['un gardien qui refuse', 'lance/interdit', {}, 403, 'compte/forbidden'],
    ['une limite de Fastify', 'lance/fastify-413', {}, 413, 'http/too-large'],
    ['un client qui raccroche au milieu', 'lance/raccroche', {}, 400, 'http/malformed'],
  ] as const)('%s', async (_, path, init, status, code) => {
    const answer = await ask(path, init);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.text).not.toMatch(/SELECT|FST_|Fastify|Cannot/);
    expect(log.lines).toEqual([]);
  });
});

describe('une réponse déjà commencée', () => {
  it('se coupe net : le client ne la prend pas pour entière', async () => {
    const response = await fetch(`${url}/commencee`);
    await expect(response.text()).rejects.toThrow();
    expect(level()).toEqual(['error']);
  });
});

describe('unwrap', () => {
  it('rend la valeur, ou lance le refus vers la porte', () => {
    expect(unwrap(ok(3))).toBe(3);
    const problem = { code: 'archive/unknown', detail: 'd' };
    expect(() => unwrap(refuse(problem))).toThrow(ProblemException);
    expect(() => unwrap(refuse(problem))).toThrow('archive/unknown');
  });
});
