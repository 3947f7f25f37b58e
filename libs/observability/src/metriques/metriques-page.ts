import type { Clock } from '@teletransmission/kernel';
import type { AlerteSeuils, Mesures } from '@teletransmission/teletransmission';
import type { Dependency } from '../health';
import { HealthWatch } from '../health';
import type { Metrique } from './exposition';
import { exposition } from './exposition';
import { serviceMetriques } from './service-metriques';
import type { Kept, Spacing } from './spaced-reading';
import { SpacedReading } from './spaced-reading';

/** Prometheus attend dix secondes par défaut : on répond avant, sans ce qui tarde. */
const WAIT_MS = 5_000;
const HEALTH: Spacing = { floorMs: 5_000, restFactor: 0, ceilingMs: 5_000, waitMs: WAIT_MS };
/** Ce qui est en cours sert à alerter : jamais plus vieux que ce qu'un guetteur supporte. */
const ONGOING: Spacing = { floorMs: 10_000, restFactor: 100, ceilingMs: 60_000, waitMs: WAIT_MS };
const TOTALS: Spacing = { floorMs: 10_000, restFactor: 100, ceilingMs: 600_000, waitMs: WAIT_MS };
/** Sous quel nom les dépendances d'un processus portent la base. */
const DATABASE = 'postgresql';

export interface MetriquesSources {
  readonly mesures: Mesures;
  readonly seuils: Pick<AlerteSeuils, 'releveMs'>;
  readonly dependencies: readonly Dependency[];
  readonly clock: Pick<Clock, 'now'>;
  /** Ce que ce processus compte de lui-même. */
  readonly counters?: { metriques(): readonly Metrique[] };
  /** Ce qu'il mesure de lui-même, déjà écrit. */
  readonly process?: { text(): Promise<string> };
}

/** Les métriques d'un processus, en texte : ce que la base dit du service, ce que le processus sait de lui et de ses dépendances. */
export class MetriquesPage {
  private readonly health: SpacedReading<Awaited<ReturnType<HealthWatch['report']>>>;
  private readonly ongoing: SpacedReading<Awaited<ReturnType<Mesures['ongoing']>>>;
  private readonly totals: SpacedReading<Awaited<ReturnType<Mesures['totals']>>>;

  constructor(private readonly sources: MetriquesSources) {
    const { mesures, dependencies, clock } = sources;
    const watch = new HealthWatch(dependencies, clock);
    this.health = new SpacedReading(() => watch.report(), HEALTH);
    this.ongoing = new SpacedReading(() => mesures.ongoing(clock.now()), ONGOING);
    this.totals = new SpacedReading(() => mesures.totals(), TOTALS);
  }

  /** Répond toujours, avec ce qu'on sait : une dépendance absente manque, et le dit. */
  async read(): Promise<string> {
    const [health, ...read] = await Promise.all([
      this.health.latest(),
      this.ongoing.latest(),
      this.totals.latest(),
    ]);
    // La base arrêtée, ce qu'elle disait il y a un instant passerait encore pour vrai.
    const [ongoing, totals] = health?.value.dependances[DATABASE] === 'en-panne' ? [null, null] : read;
    const { seuils, clock, counters, process } = this.sources;
    const service = exposition([
      {
        nom: 'teletransmission_dependance_disponible',
        aide: 'Ce dont ce processus dépend : 1 si cela répond, 0 sinon',
        genre: 'gauge',
        valeurs: Object.entries(health?.value.dependances ?? {}).map(([nom, etat]) => ({
          etiquettes: { nom },
          valeur: etat === 'ok' ? 1 : 0,
        })),
      },
      ...readingMetriques({ encours: ongoing, cumuls: totals }),
      ...(counters?.metriques() ?? []),
      ...serviceMetriques(
        { ongoing: ongoing?.value ?? null, totals: totals?.value ?? null },
        seuils,
        clock.now(),
      ),
    ]);
    return `${service}${(await process?.text()) ?? ''}`;
  }
}

function readingMetriques(parts: Readonly<Record<string, Kept<unknown> | null>>): readonly Metrique[] {
  const read = Object.entries(parts);
  return [
    {
      nom: 'teletransmission_lecture_reussie',
      aide: 'La dernière lecture de la base : 1 réussie, 0 manquée, et ses métriques manquent',
      genre: 'gauge',
      valeurs: read.map(([part, kept]) => ({ etiquettes: { part }, valeur: kept === null ? 0 : 1 })),
    },
    {
      nom: 'teletransmission_lecture_age_secondes',
      aide: 'Depuis quand la base a été lue ; plus une lecture est longue, plus elle est espacée',
      genre: 'gauge',
      valeurs: read.flatMap(([part, kept]) =>
        kept === null ? [] : [{ etiquettes: { part }, valeur: kept.ageMs / 1_000 }],
      ),
    },
  ];
}
