import { setTimeout as delay } from 'node:timers/promises';

/** Ce qui tourne : un processus que l'on sait tuer, et dont on apprend la mort. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/** Une mort que personne n'avait demandée, alors que le processus était en service. */
export interface Death {
  readonly name: string;
  readonly how: string;
}

const RESTART_MS = 300;

/**
 * Un processus et son superviseur : mort, il est relancé, comme le ferait un service du système. Une mort que l'on n'a pas
 * demandée se note : tuer est l'affaire du marteau, mourir de soi-même est un défaut.
 */
export class Supervised {
  private running: Running | null = null;
  private isWanted = true;
  private isExpected = false;
  private watching: Promise<void> = Promise.resolve();
  private restartAfterMs = RESTART_MS;
  starts = 0;
  readonly deaths: Death[] = [];

  constructor(
    readonly name: string,
    private readonly launch: () => Promise<Running>,
    private readonly waitReady: (running: Running) => Promise<void>,
  ) {}

  get pid(): number {
    return this.running?.pid ?? 0;
  }

  /** Lance, attend le service, puis veille. @throws ce que dit le lancement quand le premier échoue. */
  async start(): Promise<void> {
    this.isWanted = true;
    await this.open();
    this.watching = this.watch();
  }

  /** Envoie un signal sans en attendre l'effet (`SIGSTOP`, `SIGCONT`…). */
  signal(signal: NodeJS.Signals): void {
    this.running?.kill(signal);
  }

  /** Tue net ; le superviseur relancera après ce délai. Aboutit quand le processus est mort. */
  async crash(
    restartAfterMs: number,
    kill: (running: Running) => void = (one) => {
      one.kill('SIGKILL');
    },
  ): Promise<void> {
    const { running } = this;
    if (!running) return;
    this.restartAfterMs = restartAfterMs;
    this.isExpected = true;
    kill(running);
    await running.ended;
  }

  /** Aboutit quand le processus est de nouveau en service. */
  async inService(withinMs = 60_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!this.isInService) {
      if (performance.now() > deadline) throw new Error(`${this.name} n'est pas revenu en ${withinMs} ms`);
      await delay(50);
    }
  }

  async stop(): Promise<void> {
    this.isWanted = false;
    this.isExpected = true;
    this.running?.kill('SIGCONT');
    await this.running?.stop();
    await this.watching;
  }

  killNow(): void {
    this.isWanted = false;
    this.running?.kill('SIGKILL');
  }

  private isInService = false;

  private isOver(): boolean {
    return !this.isWanted;
  }

  private async open(): Promise<void> {
    this.starts += 1;
    this.running = await this.launch();
    await this.waitReady(this.running);
    this.isExpected = false;
    this.isInService = true;
  }

  private async watch(): Promise<void> {
    while (!this.isOver()) {
      const how = String(await this.running?.ended);
      if (this.isInService && !this.isExpected) this.deaths.push({ name: this.name, how });
      this.isInService = false;
      await delay(this.restartAfterMs);
      this.restartAfterMs = RESTART_MS;
      for (;;) {
        if (this.isOver()) return;
        try {
          await this.open();
          break;
        } catch {
          // Ce dont il a besoin est peut-être mort aussi : un superviseur insiste.
          this.running?.kill('SIGKILL');
          await this.running?.ended;
          await delay(RESTART_MS);
        }
      }
    }
  }
}
