import { setTimeout as delay } from 'node:timers/promises';
import { clockTimeAt, EUROPE_PARIS } from '@teletransmission/kernel';
import type { Instant } from '@teletransmission/kernel';
import type { ApiClient, DeliberationView, HistoryEntry } from './api-client';
import { LaunchFailure } from '../launch-failure';

/** États où plus rien n'arrivera tout seul : il faut une personne. */
const STUCK_STATES = new Set(['held', 'rejected', 'uncertain']);
const POLL_MS = 250;
const LABEL_WIDTH = 34;

/** Comment suivre une vie. */
export interface LifeWatch {
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  /** Durée au bout de laquelle on renonce, en millisecondes ; absente : on attend toujours. */
  readonly withinMs?: number;
  readonly pollMs?: number;
}

/**
 * Imprime une ligne à chaque pas de la vie d'une délibération, jusqu'à ce qu'elle soit exécutoire, et la rend.
 * Échoue : `local/life-stuck` quand il faut une personne, `local/life-too-long` quand le délai est passé.
 */
export async function followLife(api: ApiClient, id: string, watch: LifeWatch): Promise<DeliberationView> {
  const deadline = performance.now() + (watch.withinMs ?? Number.POSITIVE_INFINITY);
  const history = new HistoryReader(api, id);
  for (;;) {
    // La délibération se lit avant son histoire : quand elle est exécutoire, l'histoire lue ensuite est complète.
    const deliberation = await api.readDeliberation(id);
    for (const entry of await history.readNew()) watch.say(lineOf(entry));
    if (deliberation.dateExecutoire !== null) return deliberation;
    if (STUCK_STATES.has(deliberation.transmission.etat)) throw stuck(deliberation);
    if (performance.now() > deadline) throw tooLong(deliberation, watch.withinMs ?? 0);
    await delay(watch.pollMs ?? POLL_MS, undefined, { signal: watch.signal });
  }
}

/** La ligne d'un pas : `11:02:31  Mise sous enveloppe  TLT-….tar.gz`, à l'heure de Paris. */
export function lineOf({ instant, libelle, detail }: HistoryEntry): string {
  return `${clockTimeAt(instant as Instant, EUROPE_PARIS)}  ${libelle.padEnd(LABEL_WIDTH)}  ${detail ?? ''}`.trimEnd();
}

/** Lit l'histoire par pages, sans jamais rendre deux fois la même ligne. */
class HistoryReader {
  private cursor: string | null = null;
  private lastRang = 0;

  constructor(
    private readonly api: ApiClient,
    private readonly id: string,
  ) {}

  async readNew(): Promise<readonly HistoryEntry[]> {
    const found: HistoryEntry[] = [];
    for (;;) {
      const page = await this.api.readHistory(this.id, this.cursor);
      found.push(...page.entrees.filter(({ rang }) => rang > this.lastRang));
      this.lastRang = Math.max(this.lastRang, ...page.entrees.map(({ rang }) => rang));
      // Au bout, pas de curseur : la page suivante se lira d'où l'on était, et le rang écarte ce qui est connu.
      if (page.suivant === null || page.suivant === this.cursor) return found;
      this.cursor = page.suivant;
    }
  }
}

function stuck({ transmission, identifiantActe }: DeliberationView): LaunchFailure {
  const why = transmission.probleme?.detail ?? "aucune raison n'est donnée";
  return new LaunchFailure(
    'local/life-stuck',
    `La délibération ${identifiantActe} attend une personne : « ${transmission.libelle} ». Raison : ${why}`,
  );
}

function tooLong({ transmission, identifiantActe }: DeliberationView, withinMs: number): LaunchFailure {
  return new LaunchFailure(
    'local/life-too-long',
    `La délibération ${identifiantActe} n'est pas exécutoire après ${Math.round(withinMs / 1000)} secondes : elle en est à « ${transmission.libelle} ».`,
  );
}
