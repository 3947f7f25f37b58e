import { appRoutes } from '@bull-board/api/dist/routes.js';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLog } from '@teletransmission/observability';
import { SEUILS } from '@teletransmission/testkit';
import type { JobQueue } from '@teletransmission/queues';
import { jobIdOf } from '@teletransmission/queues';
import Fastify from 'fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OwnDatabase } from '../../../test/services/own-database';
import { createMigratedDatabase } from '../../../test/services/migrated-database';
import { createOwnDatabase } from '../../../test/services/own-database';
import { createAdmin } from '../src/create-admin';
import { createBoard } from '../src/queues-room/board';
import type { OpenedDesk } from '../src/wiring/desk.wiring';
import { UnservableDatabase } from '@teletransmission/persistence';
import { openDesk } from '../src/wiring/desk.wiring';
import type { ServedActs } from './a-service-with-acts';
import { aServiceWithActs } from './a-service-with-acts';
import { linksOf, pageText } from './page-text';

function settingsOf(databaseUrl: string, dossier: string): Parameters<typeof openDesk>[0] {
  return {
    database: { url: databaseUrl, poolSize: 4, admitsOwner: false },
    queues: {
      backend: 'redis',
      redisUrl: process.env['TEST_REDIS_URL'] ?? '',
      prefix: `bureau-${String(process.pid)}`,
    },
    stockage: { dossier },
    alertes: SEUILS,
    metriques: { jeton: null },
  };
}

describe('le bureau sur une vraie base et de vraies files', () => {
  let database: OwnDatabase;
  let dossier: string;
  let acts: ServedActs;
  let desk: OpenedDesk;
  let app: NestFastifyApplication;
  let cookie: string;
  let transmissionId: string;

  const get = (url: string): ReturnType<typeof app.inject> =>
    app.inject({ method: 'GET', url, headers: { cookie } });
  const queueOf = (name: string): JobQueue => {
    const queue = desk.ports.queues.find((known) => known.name === name);
    if (!queue) throw new Error(`File absente : ${name}`);
    return queue as JobQueue;
  };

  beforeAll(async () => {
    database = await createMigratedDatabase();
    dossier = await mkdtemp(path.join(tmpdir(), 'bureau-'));
    acts = await aServiceWithActs(database.url, dossier);
    desk = await openDesk(settingsOf(database.url, dossier), createLog('essai', 'silent'));
    app = await createAdmin({ sessionHeures: 12, cookieSecurise: false, confiance: [] }, desk.ports);
    const entered = await app.inject({
      method: 'POST',
      url: '/connexion',
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
      payload: `jeton=${acts.jeton}`,
    });
    cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
    const view = await desk.ports.readings.view(
      acts.acknowledgedId as Parameters<typeof desk.ports.readings.view>[0],
    );
    transmissionId = view?.transmission.id ?? '';
  }, 60_000);

  afterAll(async () => {
    await Promise.all(desk.ports.queues.map((queue) => queue.obliterate({ force: true })));
    await app.close();
    await desk.close();
    await database.drop();
    await rm(dossier, { recursive: true, force: true });
  });

  it('compte l’accusé en retard et le retour qui ne se rattache à rien', async () => {
    const { body } = await get('/');
    expect(body).toContain('aria-label="AR en retard : 1"');
    expect(body).toContain('aria-label="Retours non rattachés : 1"');
    expect(pageText(body)).toContain('Retenues Rien');
  });

  it('trouve les délibérations par état, par retard, par mots et par identifiant', async () => {
    const found = async (query: string): Promise<readonly string[]> =>
      linksOf((await get(`/deliberations?${query}`)).body).filter((href) =>
        href.startsWith('/deliberations/'),
      );
    expect(await found('')).toEqual([
      `/deliberations/${acts.overdueId}`,
      `/deliberations/${acts.acknowledgedId}`,
    ]);
    expect(await found('etat=awaiting-ack&retard=oui')).toEqual([`/deliberations/${acts.overdueId}`]);
    expect(await found('etat=acknowledged&mots=environ+numerique')).toEqual([
      `/deliberations/${acts.acknowledgedId}`,
    ]);
    expect(await found('identifiant=034-213402761-20221020-2022-10-063-DE')).toEqual([
      `/deliberations/${acts.overdueId}`,
    ]);
    expect(await found('etat=held')).toEqual([]);
  });

  it('raconte toute la vie d’une délibération, dans l’ordre', async () => {
    const text = pageText((await get(`/deliberations/${acts.acknowledgedId}`)).body);
    const steps = [
      'Délibération déposée',
      'Mise sous enveloppe',
      'Envoi n° 1 : pas reçu, remis à plus tard',
      'Envoi remis à plus tard',
      'Envoi n° 2 : reçu par la préfecture',
      'Télétransmise',
      'Reçu de la préfecture : Accusé de réception (1-2)',
      'Accusé de réception appliqué',
    ];
    const places = steps.map((step) => text.indexOf(step));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(text).toContain('Réception en préfecture mercredi 2 novembre 2022');
  });

  it('rend le document tel que déposé, l’archive telle qu’envoyée et l’accusé tel que reçu', async () => {
    const piece = await get(`/deliberations/${acts.acknowledgedId}/pieces/0`);
    expect(piece.rawPayload.equals(acts.document)).toBe(true);
    const archive = await get(`/deliberations/${acts.acknowledgedId}/archive`);
    expect(archive.rawPayload.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    const retourHref = linksOf((await get(`/deliberations/${acts.acknowledgedId}`)).body).find((href) =>
      href.includes('/retours/'),
    );
    expect((await get(retourHref ?? '')).statusCode).toBe(200);
  });

  it('mène de l’accueil à la lettre reçue, à ses documents et à son acte', async () => {
    expect((await get('/')).body).toContain('aria-label="Courriers à répondre : 1"');
    const href = linksOf((await get('/courriers?etat=received')).body).find((link) =>
      /^\/courriers\/./.test(link),
    );
    const { body } = await get(href ?? '');
    expect(pageText(body)).toContain('Demande de pièces complémentaires (3-1)');
    // L'accusé que la norme doit est né avec elle, et son fil le raconte.
    expect(pageText(body)).toContain('À transmettre');
    expect(pageText(body)).toContain('Message préparé : ');
    const links = linksOf(body);
    expect(links).toContain(`/deliberations/${acts.acknowledgedId}`);
    for (const link of links.filter((one) => /\/(documents|archive)/.test(one)))
      expect([link, (await get(link)).statusCode]).toEqual([link, 200]);
    expect(linksOf((await get(`/deliberations/${acts.acknowledgedId}`)).body)).toContain(href);
  });

  it('montre au bac le retour inconnu, et le rend tel que reçu', async () => {
    const { body } = await get('/retours');
    expect(pageText(body)).toContain('Non rattaché');
    const href = linksOf(body).find((link) => link.endsWith('/fichier')) ?? '';
    expect((await get(href)).headers['content-disposition']).toContain(
      'TACT--SPREF0343-213402761-20221102-58.tar.gz',
    );
  });

  it('mène d’une délibération à ses travaux, et de chaque travail à sa délibération', async () => {
    const links = linksOf((await get(`/deliberations/${acts.acknowledgedId}`)).body).filter((href) =>
      href.startsWith('/files/'),
    );
    expect(links.map((href) => href.split('/')[3])).toEqual(
      expect.arrayContaining(['seal-enveloppe', 'submit-enveloppe', 'apply-retour', 'track-publication']),
    );
    for (const href of links) {
      const [, target = ''] = /\.([0-9a-f-]{36})\./.exec(href) ?? [];
      const answer = await get(`/travaux/${href.split('/')[3] ?? ''}/${target}`);
      expect(answer.headers.location).toBe(`/deliberations/${acts.acknowledgedId}`);
    }
  });

  it('montre un travail de la file, avec le chemin vers sa délibération', async () => {
    const jobId = jobIdOf('submit-enveloppe', transmissionId, 9);
    await queueOf('submit-enveloppe').add('submit-enveloppe', { version: 1, transmissionId }, { jobId });
    const answer = await get(`/files/api/queues/submit-enveloppe/${jobId}`);
    expect(answer.json()).toMatchObject({
      job: { id: jobId, externalUrl: { href: `/travaux/submit-enveloppe/${transmissionId}` } },
      status: 'waiting',
    });
  });

  it('même sans la porte du bureau, bull-board refuse d’écrire et ne touche à aucun travail', async () => {
    const queue = queueOf('seal-enveloppe');
    const jobId = jobIdOf('seal-enveloppe', transmissionId, 9);
    await queue.add('seal-enveloppe', { version: 1, transmissionId }, { jobId, delay: 3_600_000 });
    const bare = Fastify();
    await bare.register(createBoard(desk.ports.queues), { prefix: '/files' });
    const writes = appRoutes.api.flatMap(({ method, route }) =>
      [method].flat().flatMap((verb) => [route].flat().map((url) => ({ verb: verb.toUpperCase(), url }))),
    );
    for (const { verb, url } of writes.filter((write) => write.verb !== 'GET')) {
      const target = url
        .replace(':queueName', 'seal-enveloppe')
        .replace(':jobId', jobId)
        .replace(/:[A-Za-z]+/g, 'delayed');
      const answer = await bare.inject({ method: verb as 'PUT', url: `/files${target}`, payload: {} });
      expect([url, answer.statusCode < 400 && !/\/(pause|resume)$/.test(url)]).toEqual([url, false]);
    }
    expect(await (await queue.getJob(jobId))?.getState()).toBe('delayed');
    expect(await queue.isPaused()).toBe(false);
    await bare.close();
  });

  it('dit sa base en marche', async () => {
    expect((await get('/health/ready')).json()).toEqual({
      etat: 'ok',
      dependances: { postgresql: 'ok', files: 'ok' },
    });
  });

  it('garde la session en base sous son empreinte, et l’éteint à la déconnexion', async () => {
    const secret = cookie.slice('bureau='.length);
    const { sessions, secrets, clock } = desk.ports;
    expect((await sessions.find(secrets.empreinteOf(secret), clock.now()))?.nom).toBe('Claire Vidal');
    expect(await sessions.find(secret.padEnd(64).slice(0, 64), clock.now())).toBeNull();
  });

  it('refuse d’ouvrir une base qui n’est pas à niveau', async () => {
    const empty = await createOwnDatabase();
    await expect(openDesk(settingsOf(empty.url, dossier), createLog('essai', 'silent'))).rejects.toThrow(
      UnservableDatabase,
    );
    await empty.drop();
  });
});
