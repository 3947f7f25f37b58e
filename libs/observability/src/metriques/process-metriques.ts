import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Les connexions d'un processus à la base, et qui en attend une. */
export interface PoolUse {
  readonly occupees: number;
  readonly libres: number;
  readonly enAttente: number;
}

const PREFIX = 'teletransmission_';

/** De ce que `prom-client` sait d'un processus Node, ce qui sert à veiller ; le reste ne ferait que des séries. */
const KEPT = [
  'process_cpu_seconds_total',
  'process_start_time_seconds',
  'process_resident_memory_bytes',
  'process_open_fds',
  'process_max_fds',
  'nodejs_heap_size_total_bytes',
  'nodejs_heap_size_used_bytes',
  'nodejs_external_memory_bytes',
  'nodejs_eventloop_lag_seconds',
  'nodejs_eventloop_lag_mean_seconds',
  'nodejs_eventloop_lag_p99_seconds',
  'nodejs_eventloop_lag_max_seconds',
  'nodejs_gc_duration_seconds',
].map((nom) => `${PREFIX}${nom}`);

/** Une demande dure quelques millisecondes, un dépôt de 150 Mo des minutes. */
const HTTP_BUCKETS = [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600];

/** Les méthodes que nos portes connaissent : Node en admet trente-quatre, qu'un inconnu pourrait toutes essayer. */
const METHODES = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Ce qu'un processus mesure de lui-même : sa mémoire, sa boucle, ses connexions à la base, le temps de ses réponses. */
export class ProcessMetriques {
  private readonly registry = new Registry();
  private readonly http: Histogram<'methode' | 'route' | 'statut'>;

  constructor(pool: () => PoolUse) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry, prefix: PREFIX });
    for (const { name } of this.registry.getMetricsAsArray())
      if (!KEPT.includes(name)) this.registry.removeSingleMetric(name);
    this.http = new Histogram({
      name: `${PREFIX}http_duree_secondes`,
      help: 'Le temps des réponses HTTP de ce processus, par route déclarée',
      labelNames: ['methode', 'route', 'statut'],
      buckets: HTTP_BUCKETS,
      registers,
    });
    new Gauge({
      name: `${PREFIX}base_connexions`,
      help: 'Les connexions de ce processus à la base',
      labelNames: ['etat'],
      registers,
      collect() {
        const { occupees, libres } = pool();
        this.set({ etat: 'occupee' }, occupees);
        this.set({ etat: 'libre' }, libres);
      },
    });
    new Gauge({
      name: `${PREFIX}base_attente`,
      help: 'Ce qui attend une connexion à la base',
      registers,
      collect() {
        this.set(pool().enAttente);
      },
    });
  }

  /** Mesure chaque réponse d'une application, sous sa route déclarée : jamais l'adresse, qui porte des identités. */
  observe(instance: FastifyInstance): void {
    instance.addHook('onResponse', (request, reply, done) => {
      const methode = METHODES.has(request.method) ? request.method : 'autre';
      const route = request.routeOptions.url ?? 'inconnue';
      const statut = `${Math.floor(reply.statusCode / 100)}xx`;
      this.http.observe({ methode, route, statut }, reply.elapsedTime / 1_000);
      done();
    });
  }

  /** Le texte que lit Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
