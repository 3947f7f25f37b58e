/** Ce dont un processus dépend, et comment le vérifier. */
export interface Dependency {
  readonly nom: string;
  check(): Promise<void>;
}

export interface HealthReport {
  readonly etat: 'ok' | 'en-panne';
  readonly dependances: Readonly<Record<string, 'ok' | 'en-panne'>>;
}

const CHECK_TIMEOUT_MS = 3_000;

async function isWell(dependency: Dependency): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('health/timeout'));
    }, CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([dependency.check(), late]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Interroge toutes les dépendances ensemble et nomme celles qui manquent ; une dépendance muette vaut une panne. */
export async function checkHealth(dependencies: readonly Dependency[]): Promise<HealthReport> {
  const states = await Promise.all(
    dependencies.map(
      async (dependency) => [dependency.nom, (await isWell(dependency)) ? 'ok' : 'en-panne'] as const,
    ),
  );
  return {
    etat: states.every(([, state]) => state === 'ok') ? 'ok' : 'en-panne',
    dependances: Object.fromEntries(states),
  };
}
