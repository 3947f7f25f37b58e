import 'reflect-metadata';
import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { eventually } from '../../../test/services/eventually';
import { HealthWatch } from './health';
import { HealthController } from './health.controller';
import { NestLog } from './nest-log';
import { observeRequests } from './observe-requests';
import { createLog } from './pino-log';
import { SystemClock } from './system-clock';
import { TRACE } from './trace';

const lines: string[] = [];
const log = createLog('essai', 'info', TRACE, { write: (line) => lines.push(line) });
const LEFT = { isWell: true };

@Controller('actes')
class ActesController {
  @Get(':id')
  async read(@Param('id') id: string): Promise<unknown> {
    await nextTurn();
    return { id, trace: TRACE.current() };
  }

  @Post()
  async write(@Body() body: unknown): Promise<unknown> {
    await nextTurn();
    return { body, trace: TRACE.current() };
  }
}

@Module({
  controllers: [ActesController, HealthController],
  providers: [
    {
      provide: HealthWatch,
      useValue: new HealthWatch(
        [
          {
            nom: 'postgresql',
            check: () => (LEFT.isWell ? Promise.resolve() : Promise.reject(new Error('non'))),
          },
        ],
        new SystemClock(),
      ),
    },
  ],
})
class EssaiModule {}

let app: NestFastifyApplication;
let url: string;
beforeAll(async () => {
  const adapter = new FastifyAdapter();
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest attend un simple objet.
  app = await NestFactory.create<NestFastifyApplication>(EssaiModule, adapter, {
    logger: new NestLog(log),
    abortOnError: false,
  });
  observeRequests(app.getHttpAdapter().getInstance(), log);
  await app.listen(0, '127.0.0.1');
  url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
});
afterAll(() => app.close());
beforeEach(() => {
  lines.length = 0;
  LEFT.isWell = true;
});

const TRACE_ID = 'abcdef0123456789abcdef0123456789';
const traceparent = `00-${TRACE_ID}-${'1'.repeat(16)}-01`;
const logged = (): Record<string, unknown>[] =>
  lines.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('une demande', () => {
  it('prend la trace de qui la fait, la rend, et la met à sa ligne', async () => {
    const response = await fetch(`${url}/actes/a?mots=secret`, { headers: { traceparent } });
    expect(await response.json()).toEqual({ id: 'a', trace: TRACE_ID });
    expect(response.headers.get('trace-id')).toBe(TRACE_ID);
    const [line] = logged();
    expect(line).toMatchObject({
      message: 'demande traitée',
      method: 'GET',
      route: '/actes/:id',
      status: 200,
      traceId: TRACE_ID,
    });
    expect(lines.join('')).not.toContain('secret');
  });

  it('garde sa trace après la lecture d’un corps venu en plusieurs fois', async () => {
    const request = http.request(`${url}/actes`, {
      method: 'POST',
      headers: { traceparent, 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
    });
    request.flushHeaders();
    for (const part of ['{"motif":', '"pause"', '}']) {
      request.write(part);
      await eventually('le morceau est parti', () => request.writableLength === 0);
    }
    request.end();
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    expect(JSON.parse(await text(response))).toEqual({ body: { motif: 'pause' }, trace: TRACE_ID });
    await eventually('la ligne est écrite', () => lines.length > 0);
    expect(logged()[0]).toMatchObject({ method: 'POST', traceId: TRACE_ID });
  });

  it('sans trace en reçoit une, à elle seule', async () => {
    const traces = await Promise.all(
      ['a', 'b', 'c'].map(
        async (id) => ((await (await fetch(`${url}/actes/${id}`)).json()) as { trace: string }).trace,
      ),
    );
    expect(new Set(traces).size).toBe(3);
    expect(traces.every((trace) => /^[0-9a-f]{32}$/.test(trace))).toBe(true);
  });

  it('vers une adresse inconnue ou la santé ne laisse pas de critère au journal', async () => {
    await fetch(`${url}/inconnue/secret`);
    await fetch(`${url}/health/live`);
    expect(logged().map(({ route, status }) => ({ route, status }))).toEqual([
      { route: 'inconnue', status: 404 },
    ]);
    expect(lines.join('')).not.toContain('secret');
  });
});

describe('la santé d’un processus', () => {
  it('vivant, il le dit ; prêt, il dit de quoi il dépend', async () => {
    expect(await (await fetch(`${url}/health/live`)).json()).toEqual({ etat: 'ok' });
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { etat: 'ok', dependances: { postgresql: 'ok' } },
    ]);
  });

  it('privé d’une dépendance, il répond 503 en la nommant, et vit toujours', async () => {
    LEFT.isWell = false;
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([
      503,
      { etat: 'en-panne', dependances: { postgresql: 'en-panne' } },
    ]);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });
});
