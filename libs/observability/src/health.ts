import type { Clock, Instant, Log } from '@teletransmission/kernel';
import { performance } from 'node:perf_hooks';
import { causeOf } from './health-causes.fr';

/** Ce dont un processus dépend, et comment le vérifier. */
export interface Dependency {
  readonly nom: string;
  /** Faux : sans elle le processus rend encore son service, en moins bien. Vrai par défaut. */
  readonly isEssential?: boolean;
  check(): Promise<void>;
}

/** Une dépendance qui manque : son nom, un code et ce qu'il veut dire, et depuis quand ce processus la voit manquer. */
export interface MissingDependency {
  readonly nom: string;
  readonly code: string;
  readonly cause: string;
  readonly depuis: Instant;
}

export interface HealthReport {
  /** `degrade` : ce qui manque n'empêche pas de servir ; `en-panne` : si. */
  readonly etat: 'ok' | 'degrade' | 'en-panne';
  readonly dependances: Readonly<Record<string, 'ok' | 'en-panne'>>;
  readonly manques?: readonly MissingDependency[];
}

const CHECK_TIMEOUT_MS = 3_000;
const TIMEOUT_CODE = 'health/timeout';
/** Ce qu'une réponse vaut encore, pour un processus que l'on sonde de partout. */
export const HEALTH_KEPT_MS = 1_000;

/** Le code d'une panne, jamais son message : il peut citer une adresse ou un secret. */
function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[\w/-]{1,60}$/.test(code) ? code : 'health/unreachable';
}

export interface HealthOptions {
  /** Où se dit ce qui se met à manquer, ou revient : une ligne par changement, non par sonde. */
  readonly log?: Pick<Log, 'warn' | 'info'>;
  /** Ce qu'une réponse vaut encore, en millisecondes : une vérification écrit, et n'importe qui peut sonder. */
  readonly keptMs?: number;
}

/**
 * La santé d'un processus, interrogée. Les dépendances le sont ensemble ; une muette vaut une panne, et n'est pas interrogée de nouveau
 * tant qu'elle n'a pas répondu : une sonde insistante n'épuise pas ses connexions.
 */
export class HealthWatch {
  private readonly missing = new Map<string, { readonly since: Instant; readonly code: string }>();
  private readonly pending = new Map<string, Promise<void>>();
  private kept: { readonly report: HealthReport; readonly atMs: number } | null = null;

  constructor(
    private readonly dependencies: readonly Dependency[],
    private readonly clock: Pick<Clock, 'now'>,
    private readonly options: HealthOptions = {},
  ) {}

  async report(): Promise<HealthReport> {
    const { keptMs = 0 } = this.options;
    if (this.kept && performance.now() - this.kept.atMs < keptMs) return this.kept.report;
    const report = await this.fresh();
    this.kept = { report, atMs: performance.now() };
    return report;
  }

  private async fresh(): Promise<HealthReport> {
    const faults = await Promise.all(
      this.dependencies.map(async (dependency) => ({ dependency, code: await this.faultOf(dependency) })),
    );
    const missing = faults.filter(
      (fault): fault is { dependency: Dependency; code: string } => fault.code !== null,
    );
    const etat = missing.some(({ dependency }) => dependency.isEssential !== false)
      ? 'en-panne'
      : missing.length > 0
        ? 'degrade'
        : 'ok';
    return {
      etat,
      dependances: Object.fromEntries(
        faults.map(({ dependency, code }) => [dependency.nom, code === null ? 'ok' : 'en-panne']),
      ),
      ...(missing.length === 0
        ? {}
        : {
            manques: missing.map(({ dependency: { nom }, code }) => ({
              nom,
              code,
              cause: causeOf(code),
              depuis: this.missing.get(nom)?.since ?? this.clock.now(),
            })),
          }),
    };
  }

  private async faultOf(dependency: Dependency): Promise<string | null> {
    const { nom } = dependency;
    const code = await this.check(dependency);
    const known = this.missing.get(nom);
    if (code === null) this.missing.delete(nom);
    else this.missing.set(nom, { since: known?.since ?? this.clock.now(), code });
    if (code !== null && known?.code !== code)
      this.options.log?.warn('une dépendance manque', { dependance: nom, code });
    if (code === null && known) this.options.log?.info('une dépendance est revenue', { dependance: nom });
    return code;
  }

  private async check(dependency: Dependency): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => {
        resolve(TIMEOUT_CODE);
      }, CHECK_TIMEOUT_MS);
    });
    try {
      return await Promise.race([this.asked(dependency).then(() => null, codeOf), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private asked(dependency: Dependency): Promise<void> {
    const known = this.pending.get(dependency.nom);
    if (known) return known;
    const asked = (async () => dependency.check())();
    this.pending.set(dependency.nom, asked);
    const forget = (): void => {
      this.pending.delete(dependency.nom);
    };
    asked.then(forget, forget);
    return asked;
  }
}
