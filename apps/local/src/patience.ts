import { setTimeout as delay } from 'node:timers/promises';
import { lastLinesOf, quoteLines } from './journal-tail';
import { LaunchFailure } from './launch-failure';

/** Combien on attend un processus qui vit, et quand on dit ce que l'on attend. */
export interface Patience {
  readonly giveUpAfterMs: number;
  readonly newsEveryMs: number;
  readonly say: (line: string) => void;
  /** Un instant qui ne recule jamais, en millisecondes. */
  readonly clock: () => number;
  /** Laisse passer du temps entre deux questions ; échoue par la raison de `signal` s'il est abandonné. */
  readonly pause: (signal: AbortSignal | undefined) => Promise<void>;
}

/** Un processus que l'on attend. */
export interface Awaited {
  /** Son nom dans les messages, par exemple « Le bureau ». */
  readonly title: string;
  readonly journal: string;
  readonly failureCode: LaunchFailure['code'];
  /** `null` quand il est prêt ; sinon ce qui lui manque encore, par exemple « http://… répond 503 ». */
  readonly missing: () => Promise<string | null>;
  /** `null` tant qu'il vit ; sinon comment il est mort, par exemple « s'est arrêté au démarrage (code 1) ». */
  readonly death: () => Promise<string | null>;
}

const POLL_MS = 25;

/** Une machine chargée, ou petite, met des minutes à ce qu'une autre fait en trois secondes : tant que le processus vit, rien n'est perdu. */
const BY_DEFAULT: Patience = {
  giveUpAfterMs: 300_000,
  newsEveryMs: 15_000,
  say: () => undefined,
  clock: () => performance.now(),
  pause: (signal) => delay(POLL_MS, undefined, { signal }),
};

/**
 * Attend qu'un processus soit prêt, tant qu'il vit, et dit de temps en temps ce qui lui manque. Échoue par `LaunchFailure`, avec
 * le nom de son journal et ses dernières lignes, dès qu'il meurt, ou quand la patience est à bout.
 */
export async function waitUntilReady(
  awaited: Awaited,
  chosen: Partial<Patience> = {},
  signal?: AbortSignal,
): Promise<void> {
  const patience = { ...BY_DEFAULT, ...chosen };
  const startedAt = patience.clock();
  let nextNewsMs = patience.newsEveryMs;
  for (let missing = await awaited.missing(); missing !== null; missing = await awaited.missing()) {
    const death = await awaited.death();
    if (death !== null) throw failureOf(awaited, death);
    const waitedMs = patience.clock() - startedAt;
    if (waitedMs > patience.giveUpAfterMs) {
      throw failureOf(awaited, `n'est pas prêt après ${durationText(patience.giveUpAfterMs)} (${missing})`);
    }
    if (waitedMs >= nextNewsMs) {
      const limit = durationText(patience.giveUpAfterMs);
      patience.say(
        `${awaited.title} se prépare depuis ${durationText(waitedMs)} (${missing}). J'attends, jusqu'à ${limit} ; son journal : ${awaited.journal}`,
      );
      nextNewsMs = waitedMs + patience.newsEveryMs;
    }
    await patience.pause(signal);
  }
}

/** La panne d'un processus, avec le nom de son journal et ses vingt dernières lignes. */
export function failureOf(
  { title, journal, failureCode }: Pick<Awaited, 'title' | 'journal' | 'failureCode'>,
  what: string,
): LaunchFailure {
  const lines = lastLinesOf(journal);
  const tail =
    lines.length === 0 ? ` Son journal est vide : ${journal}` : quoteLines(`Fin de ${journal} :`, lines);
  return new LaunchFailure(failureCode, `${title} ${what}.${tail}`);
}

/** La patience que demande l'environnement (`DEMARRAGE_ATTENTE_MS`, `DEMARRAGE_NOUVELLES_MS`). Refuse toutes les fautes à la fois. */
export function patienceIn(env: NodeJS.ProcessEnv): Partial<Patience> {
  const settings = { giveUpAfterMs: 'DEMARRAGE_ATTENTE_MS', newsEveryMs: 'DEMARRAGE_NOUVELLES_MS' } as const;
  const given = Object.entries(settings).filter(([, variable]) => (env[variable] ?? '') !== '');
  const faulty = given.filter(([, variable]) => !/^[1-9]\d{0,8}$/.test(env[variable] ?? ''));
  if (faulty.length > 0) {
    const faults = faulty.map(([, variable]) => `${variable} (« ${env[variable] ?? ''} »)`);
    throw new LaunchFailure(
      'local/bad-setting',
      `Réglage faux : ${faults.join(', ')}. Donnez un nombre de millisecondes, 1 au moins.`,
    );
  }
  return Object.fromEntries(given.map(([key, variable]) => [key, Number(env[variable])]));
}

function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} ${seconds > 1 ? 'secondes' : 'seconde'}`;
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} minutes${rest === 0 ? '' : ` et ${rest} s`}`;
}
