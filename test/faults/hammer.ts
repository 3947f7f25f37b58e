import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ClosingStack } from '../../apps/local/src/closing-stack';
import { OwnInstance, makeInstanceFolder } from '../processes/own-instance';
import { BreakableLine } from './breakable-line';
import type { HammerRequest } from './command-line';
import { DepositorBook } from './depositor-book';
import type { Fault, FaultKind } from './fault-plan';
import { describeFault, planFaults } from './fault-plan';
import { findFullDisk } from './full-disk';
import { inflict } from './inflict';
import type { Hands } from './inflict';
import { OurBook } from './our-book';
import { PrefectureBook } from './prefecture-book';
import { SkewedClock } from './skewed-clock';
import { confront } from './verdict';
import type { Verdict } from './verdict';

/** Tout va vite, sans que l'ordre des délais change : bail plus long que la liaison, réconciliation après elle. */
const QUICK = {
  RELEVE_PERIODE_MS: '500',
  BALAYAGE_PERIODE_MS: '1000',
  PREFECTURE_DELAI_MS: '4000',
  BAIL_DUREE_MS: '3000',
  RECONCILIATION_DELAI_MS: '2000',
  RENVOI_DELAI_MS: '500',
  // Aux délais de production, la liaison resterait coupée, et les pannes tomberaient sur des actes qui attendent.
  DISJONCTEUR_SONDE_MS: '1000',
  DISJONCTEUR_SONDE_MAX_MS: '8000',
  OUBLI_DELAI_MS: '4000',
  SIMULATEUR_DELAI_MS: '200',
};
/** Un acte : ses pièces, son archive, son retour, en blocs de quatre kilo-octets, et de la marge. */
const DISK_MO = (actes: number): number => 64 + Math.ceil(actes * 0.05);
/** Deux pannes à la fois : l'une peut frapper pendant qu'on se relève de l'autre. */
const AT_ONCE = 2;
/** Ce qu'un travail tenu par un mort met à changer de mains (verrous de trente secondes), et de la marge. */
const QUIET_TWICE_MS = 1_000;

export interface Outcome {
  readonly verdict: Verdict;
  readonly faults: number;
  readonly tries: number;
  readonly replays: number;
  readonly representations: number;
  readonly depositS: number;
  readonly settleS: number;
  readonly restarts: Readonly<Record<string, number>>;
}

/** Lance tout, frappe pendant que les actes passent, laisse le calme revenir, et confronte les trois livres. */
export class Hammer {
  private readonly opened = new ClosingStack();
  private readonly busy = new Map<string, Promise<void>>();
  private readonly startedAt = performance.now();

  constructor(
    private readonly request: HammerRequest,
    private readonly say: (line: string) => void,
    private readonly signal: AbortSignal,
  ) {}

  async run(): Promise<Outcome> {
    const { request, say, signal } = this;
    const disk = findFullDisk(DISK_MO(request.actes));
    const folder = makeInstanceFolder();
    this.opened.push({
      close: () => {
        if (request.isKept) say(`gardé : ${folder}`);
        else rmSync(folder, { recursive: true, force: true });
      },
    });
    const clock = await SkewedClock.find(folder, signal);
    say(`disque plein : ${disk?.manner ?? 'impossible sur cette machine, d’autres pannes sont tirées'}`);
    if (typeof clock === 'string') say(`horloge : sauts impossibles (${clock}), d’autres pannes sont tirées`);
    const skewed = typeof clock === 'string' ? null : clock;
    const plan = planFaults(request.graine, request.actes, request.pannes, (kind) =>
      isPossible(kind, disk, skewed),
    );
    say(`plan de la graine ${request.graine} :`);
    for (const fault of plan)
      say(
        `  ${String(fault.rank).padStart(3)}  après ${String(fault.afterActes).padStart(5)} actes  ${describeFault(fault)}`,
      );
    disk?.prepare(path.join(folder, 'stockage'));
    this.opened.push({ close: () => disk?.release(), kill: () => disk?.release() });
    const lines: BreakableLine[] = [];
    const service = await OwnInstance.start({
      workers: 2,
      settings: QUICK,
      signal,
      folder,
      lineTo: async (port) => {
        const line = await BreakableLine.open(port, 'POST /actes/depot');
        lines.push(line);
        return line.url;
      },
      envOf: (name) => (skewed && /^(api|worker-\d+)$/.test(name) ? skewed.envOf(name) : {}),
    });
    this.opened.push({
      close: () => service.stop(),
      kill: () => {
        service.killNow();
      },
    });
    const [line] = lines;
    if (!line) throw new Error('La ligne vers la préfecture ne s’est pas ouverte');
    this.opened.push({ close: () => line.close() });
    const counter = await BreakableLine.open(
      Number(new URL(service.addresses.api).port),
      'POST /v1/deliberations',
    );
    this.opened.push({ close: () => counter.close() });
    return this.strike({ service, line, counter, disk, clock: skewed, signal }, plan);
  }

  /** Arrête et efface tout, dans l'ordre inverse. */
  async close(): Promise<void> {
    await this.opened.close();
  }

  killAll(): void {
    this.opened.killAll();
  }

  private async strike(hands: Hands, plan: readonly Fault[]): Promise<Outcome> {
    const { service, signal } = hands;
    const { request, say } = this;
    const ranks = Array.from({ length: request.collectivites }, (_, index) => index + 1);
    const depositors = await Promise.all(ranks.map((rank) => service.register(rank, signal)));
    say(`${request.collectivites} collectivités inscrites, tout est en service ; on dépose.`);
    const book = new DepositorBook(hands.counter.url, depositors, request.graine, signal);
    const gate = new Gate(plan, request.actes, signal);
    const begun = performance.now();
    const [, tally] = await Promise.all([
      book.depositAll(request.actes, request.deposants, (rank) => gate.pass(rank)),
      this.inflictAll(hands, plan, gate, book),
    ]);
    const depositS = secondsSince(begun);
    say(
      `${book.answered} actes déposés, ${tally} pannes infligées en ${Math.round(depositS)} s ; on attend le calme.`,
    );
    const calm = performance.now();
    const ours = await this.settle(service);
    try {
      const prefecture = await PrefectureBook.read(service);
      const verdict = await confront({ ours, prefecture, depositor: book.actes, service });
      return {
        verdict,
        faults: tally,
        tries: book.actes.reduce((sum, { tries }) => sum + tries, 0),
        replays: book.actes.filter(({ answers }) => answers.some(({ isReplay }) => isReplay)).length,
        representations: prefecture.representations,
        depositS,
        settleS: secondsSince(calm),
        restarts: Object.fromEntries([...service.parts].map(([name, { starts }]) => [name, starts - 1])),
      };
    } finally {
      await ours.close();
    }
  }

  private async inflictAll(
    hands: Hands,
    plan: readonly Fault[],
    gate: Gate,
    book: DepositorBook,
  ): Promise<number> {
    for (const fault of plan) {
      await gate.reached(fault, () => book.answered);
      // Une même victime ne subit pas deux pannes à la fois, ni le tout plus de deux.
      await this.busy.get(fault.target);
      while (this.busy.size >= AT_ONCE) await Promise.race(this.busy.values());
      const progress = `${String(book.answered).padStart(5)}/${this.request.actes}`;
      this.say(
        `[${this.clockText()}] ${progress} actes  panne ${String(fault.rank).padStart(3)}/${plan.length}  ${describeFault(fault)}`,
      );
      const inflicted = inflict(fault, hands).finally(() => this.busy.delete(fault.target));
      this.busy.set(fault.target, inflicted);
      inflicted.catch(() => undefined);
      gate.started(fault);
    }
    await Promise.all(this.busy.values());
    return plan.length;
  }

  /** Le calme : plus rien ne bouge, deux fois de suite. Passé le temps permis, on confronte tout de même : ce qui reste est perdu. */
  private async settle(service: OwnInstance): Promise<OurBook> {
    await Promise.all([...service.parts.values()].map((part) => part.inService()));
    const ours = await OurBook.open(service.databaseUrl);
    const deadline = this.startedAt + this.request.dureeMaxS * 1_000;
    let quiet = 0;
    let said = '';
    while (quiet < 2 && performance.now() < deadline) {
      this.signal.throwIfAborted();
      const state = await ours.unsettled();
      const { registre } = await PrefectureBook.read(service);
      const waiting = registre.retours.filter(({ releve }) => !releve).length;
      const unjudged = registre.archives.filter(({ etat }) => etat === 'prise').length;
      const isQuiet = state.transmissions + state.retours + state.outbox + waiting + unjudged === 0;
      quiet = isQuiet ? quiet + 1 : 0;
      const text = isQuiet
        ? 'plus rien ne bouge'
        : `${state.detail}${waiting > 0 ? `, à relever ${waiting}` : ''}`;
      if (text !== said) this.say(`[${this.clockText()}] ${text}`);
      said = text;
      await delay(QUIET_TWICE_MS, undefined, { signal: this.signal });
    }
    if (quiet < 2) this.say('le temps permis est passé : ce qui bouge encore est compté perdu');
    return ours;
  }

  private clockText(): string {
    return `${secondsSince(this.startedAt).toFixed(1).padStart(6).replace('.', ',')} s`;
  }
}

/** Lie les dépôts au plan : le déposant ne dépasse pas la prochaine panne, qui frappe donc toujours au même endroit. */
class Gate {
  private next = 0;
  private readonly waiters: (() => void)[] = [];

  constructor(
    private readonly plan: readonly Fault[],
    private readonly actes: number,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => {
      this.wakeAll();
    });
  }

  async pass(rank: number): Promise<void> {
    while (rank >= (this.plan[this.next]?.afterActes ?? this.actes)) {
      this.signal.throwIfAborted();
      await new Promise<void>((resolve) => this.waiters.push(resolve));
    }
  }

  async reached({ afterActes }: Fault, answered: () => number): Promise<void> {
    while (answered() < afterActes) await delay(20, undefined, { signal: this.signal });
  }

  started(fault: Fault): void {
    this.next = fault.rank;
    this.wakeAll();
  }

  private wakeAll(): void {
    for (const wake of this.waiters.splice(0)) wake();
  }
}

function isPossible(kind: FaultKind, disk: unknown, clock: unknown): boolean {
  if (kind === 'disque-plein') return disk !== null;
  return kind !== 'horloge' || clock !== null;
}

function secondsSince(instant: number): number {
  return (performance.now() - instant) / 1_000;
}
