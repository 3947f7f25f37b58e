import type { Clock, Instant } from '@teletransmission/kernel';

/** Ce dont un processus dépend, et comment le vérifier. */
export interface Dependency {
  readonly nom: string;
  /** Faux : sans elle le processus rend encore son service, en moins bien. Vrai par défaut. */
  readonly isEssential?: boolean;
  check(): Promise<void>;
}

/** Une dépendance qui manque : son nom, un code, et depuis quand ce processus la voit manquer. */
export interface MissingDependency {
  readonly nom: string;
  readonly code: string;
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

/** Le code d'une panne, jamais son message : il peut citer une adresse ou un secret. */
function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[\w/-]{1,60}$/.test(code) ? code : 'health/unreachable';
}

/**
 * La santé d'un processus, interrogée. Les dépendances le sont ensemble ; une muette vaut une panne, et n'est pas interrogée de nouveau
 * tant qu'elle n'a pas répondu : une sonde insistante n'épuise pas ses connexions.
 */
export class HealthWatch {
  private readonly missingSince = new Map<string, Instant>();
  private readonly pending = new Map<string, Promise<void>>();

  constructor(
    private readonly dependencies: readonly Dependency[],
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  async report(): Promise<HealthReport> {
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
              depuis: this.missingSince.get(nom) ?? this.clock.now(),
            })),
          }),
    };
  }

  private async faultOf(dependency: Dependency): Promise<string | null> {
    const { nom } = dependency;
    const fault = await this.check(dependency);
    if (fault === null) this.missingSince.delete(nom);
    else if (!this.missingSince.has(nom)) this.missingSince.set(nom, this.clock.now());
    return fault;
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
