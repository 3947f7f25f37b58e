import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Mesures } from '@teletransmission/teletransmission';
import type { Dependency } from '../health';
import { NestLog } from '../nest-log';
import { createLog } from '../pino-log';
import { SystemClock } from '../system-clock';
import type { Metriques } from './metriques.controller';
import { METRIQUES, MetriquesController } from './metriques.controller';
import { MetriquesPage } from './metriques-page';
import { TravauxCounter } from './travaux-counter';

const JETON = 'un-jeton-de-vingt-caracteres-au-moins';
const NO_DELAIS = { parBorne: [], nombre: 0, sommeSecondes: 0 };
const PRESENT: Mesures = {
  ongoing: () => Promise.resolve([]),
  totals: () => Promise.resolve({ mesures: [], delaisAccuse: NO_DELAIS }),
};
const STOPPED: Mesures = {
  ongoing: () => Promise.reject(new Error('ECONNREFUSED')),
  totals: () => Promise.reject(new Error('ECONNREFUSED')),
};
const well: Dependency = { nom: 'files', check: () => Promise.resolve() };
const ill: Dependency = { nom: 'postgresql', check: () => Promise.reject(new Error('non')) };

let metriques: Metriques;
@Module({
  controllers: [MetriquesController],
  providers: [{ provide: METRIQUES, useFactory: () => metriques }],
})
class EssaiModule {}

interface Answer {
  readonly status: number;
  readonly type: unknown;
  readonly text: string;
}
type Asking = (authorization?: string) => Promise<Answer>;

const opened: NestFastifyApplication[] = [];
async function open(jeton: string | null, mesures = PRESENT, dependencies = [well]): Promise<Asking> {
  const travaux = new TravauxCounter(['seal-enveloppe']);
  travaux.count('seal-enveloppe', 'fait');
  const clock = new SystemClock();
  metriques = {
    jeton,
    page: new MetriquesPage({
      mesures,
      seuils: { releveMs: 1 },
      dependencies,
      clock,
      counters: travaux,
    }),
  };
  const logger = new NestLog(createLog('essai', 'silent'));
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest attend un simple objet.
  const app = await NestFactory.create<NestFastifyApplication>(EssaiModule, new FastifyAdapter(), { logger });
  await app.init();
  opened.push(app);
  return async (authorization) => {
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await app.inject({ method: 'GET', url: '/metrics', headers });
    return { status: answer.statusCode, type: answer.headers['content-type'], text: answer.body };
  };
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((app) => app.close()));
});

describe('l’adresse des métriques', () => {
  it('n’existe pas sans réglage, quel que soit le jeton présenté', async () => {
    const ask = await open(null);
    for (const authorization of [undefined, 'Bearer ', 'Bearer null', `Bearer ${JETON}`])
      expect([authorization, (await ask(authorization)).status]).toEqual([authorization, 404]);
  });

  it('refuse tout ce qui n’est pas son jeton exact', async () => {
    const ask = await open(JETON);
    for (const authorization of [
      undefined,
      '',
      'Bearer',
      `Basic ${JETON}`,
      JETON,
      `Bearer ${JETON.slice(0, -1)}`,
      `Bearer ${JETON}x`,
      `Bearer ${JETON.toUpperCase()}`,
    ]) {
      const { status, text } = await ask(authorization);
      expect([authorization, status]).toEqual([authorization, 401]);
      expect(text).not.toContain('teletransmission_');
    }
  });

  it('répond à son jeton, en texte de Prometheus', async () => {
    const { status, type, text } = await (await open(JETON))(`Bearer ${JETON}`);
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(text).toContain('teletransmission_dependance_disponible{nom="files"} 1');
    expect(text).toContain('teletransmission_travaux_total{file="seal-enveloppe",issue="fait"} 1');
    expect(text).toContain('teletransmission_travaux_total{file="seal-enveloppe",issue="echec"} 0');
    expect(text).toContain('teletransmission_transmissions{etat="queued"} 0');
    expect(text).toContain('teletransmission_lecture_reussie{part="encours"} 1');
  });

  it('la base arrêtée depuis la dernière lecture, ne redit pas ce qu’elle disait', async () => {
    const { text } = await (await open(JETON, PRESENT, [well, ill]))(`Bearer ${JETON}`);
    expect(text).toContain('teletransmission_lecture_reussie{part="cumuls"} 0');
    expect(text).not.toContain('teletransmission_depots_total');
  });

  it('sans la base, répond ce que le processus sait, et dit ce qui manque', async () => {
    const { status, text } = await (await open(JETON, STOPPED, [well, ill]))(`Bearer ${JETON}`);
    expect(status).toBe(200);
    expect(text).toContain('teletransmission_dependance_disponible{nom="postgresql"} 0');
    expect(text).toContain('teletransmission_lecture_reussie{part="encours"} 0');
    expect(text).toContain('teletransmission_travaux_total{file="seal-enveloppe",issue="fait"} 1');
    expect(text).not.toContain('teletransmission_transmissions');
  });
});
