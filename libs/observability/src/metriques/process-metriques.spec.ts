import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { ProcessMetriques } from './process-metriques';

const POOL = { occupees: 3, libres: 2, enAttente: 1 };
const NOMS = [
  'process_cpu_seconds_total',
  'process_resident_memory_bytes',
  'nodejs_heap_size_used_bytes',
  'nodejs_heap_size_total_bytes',
  'nodejs_eventloop_lag_seconds',
  'nodejs_eventloop_lag_p99_seconds',
];

const opened: FastifyInstance[] = [];
async function open(): Promise<{ readonly app: FastifyInstance; readonly processus: ProcessMetriques }> {
  const app = fastify({ logger: false });
  const processus = new ProcessMetriques(() => POOL);
  processus.observe(app);
  app.get('/v1/deliberations/:id', () => 'vue');
  app.post('/v1/deliberations', (_request, reply) => reply.code(422).send('refusée'));
  await app.ready();
  opened.push(app);
  return { app, processus };
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((app) => app.close()));
});

const linesOf = async (processus: ProcessMetriques): Promise<readonly string[]> =>
  (await processus.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('ce qu’un processus mesure de lui-même', () => {
  it('est sa mémoire, sa boucle et son processeur, en nombres', async () => {
    const lines = await linesOf((await open()).processus);
    for (const nom of NOMS)
      expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^teletransmission_${nom} [\\d.e-]+$`)));
  });

  it('est aussi ses connexions à la base, et ce qui en attend une', async () => {
    expect(await linesOf((await open()).processus)).toEqual(
      expect.arrayContaining([
        'teletransmission_base_connexions{etat="occupee"} 3',
        'teletransmission_base_connexions{etat="libre"} 2',
        'teletransmission_base_attente 1',
      ]),
    );
  });

  it('est le temps des réponses, sous la route déclarée, jamais l’adresse', async () => {
    const { app, processus } = await open();
    for (const id of ['a', 'b', 'c']) await app.inject(`/v1/deliberations/${id}?siren=213402761`);
    await app.inject({ method: 'POST', url: '/v1/deliberations' });
    const counts = (await linesOf(processus)).filter((line) => line.includes('http_duree_secondes_count'));
    expect(counts).toEqual([
      'teletransmission_http_duree_secondes_count{methode="GET",route="/v1/deliberations/:id",statut="2xx"} 3',
      'teletransmission_http_duree_secondes_count{methode="POST",route="/v1/deliberations",statut="4xx"} 1',
    ]);
  });

  it('ne grandit pas avec ce qu’un inconnu essaie', async () => {
    const { app, processus } = await open();
    for (let rank = 0; rank < 50; rank += 1) await app.inject(`/adresse-${rank}/secret`);
    for (const method of ['PROPFIND', 'LOCK', 'SEARCH', 'REPORT'])
      await app.inject({ method: method as 'GET', url: '/v1/deliberations' });
    const counts = (await linesOf(processus)).filter((line) => line.includes('http_duree_secondes_count'));
    expect(counts).toHaveLength(2);
    expect(counts.every((line) => line.includes('route="inconnue"'))).toBe(true);
  });

  it('n’a que les étiquettes de ses pages', async () => {
    const { app, processus } = await open();
    await app.inject('/v1/deliberations/a');
    const labels = new Set<string>((await processus.text()).match(/(?<=[{,])\w+(?==")/g) ?? []);
    // Le ramasse-miettes n'est pas toujours passé.
    labels.delete('kind');
    expect([...labels].sort()).toEqual(['etat', 'le', 'methode', 'route', 'statut']);
  });
});
