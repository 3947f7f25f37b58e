/** Une valeur lue, et son âge. */
export interface Kept<T> {
  readonly value: T;
  readonly ageMs: number;
}

export interface Spacing {
  /** Le plus court intervalle entre deux lectures. */
  readonly floorMs: number;
  /** Une lecture ne prend jamais plus d'une fraction du temps : `100` espace de cent fois la durée de la dernière. */
  readonly restFactor: number;
  /** Le plus long intervalle, si longue que soit une lecture. */
  readonly ceilingMs: number;
  /** Ce qu'on attend d'une lecture en cours avant de répondre sans elle. */
  readonly waitMs: number;
}

/**
 * Une lecture que l'on peut demander sans fin sans qu'elle pèse : une seule à la fois, gardée un moment, d'autant plus espacée qu'elle est
 * longue. Une lecture manquée ne laisse rien : un nombre figé passerait pour vrai.
 */
export class SpacedReading<T> {
  private kept: { readonly value: T; readonly atMs: number } | null = null;
  private pending: Promise<void> | null = null;
  private nextAtMs = -Infinity;
  private intervalMs: number;

  /** @param nowMs une horloge qui ne recule pas, en millisecondes. */
  constructor(
    private readonly read: () => Promise<T>,
    private readonly spacing: Spacing,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.intervalMs = spacing.floorMs;
  }

  /** La dernière valeur lue ; `null` : la lecture a manqué, ou tarde trop. */
  async latest(): Promise<Kept<T> | null> {
    if (this.pending === null && this.nowMs() >= this.nextAtMs) this.pending = this.refresh();
    if (this.pending !== null) await this.patiently(this.pending);
    if (this.kept === null) return null;
    const ageMs = this.nowMs() - this.kept.atMs;
    return ageMs <= 2 * this.intervalMs ? { value: this.kept.value, ageMs } : null;
  }

  private async refresh(): Promise<void> {
    const startedMs = this.nowMs();
    try {
      const value = await this.read();
      this.kept = { value, atMs: this.nowMs() };
    } catch {
      this.kept = null;
    }
    const tookMs = this.nowMs() - startedMs;
    const { floorMs, restFactor, ceilingMs } = this.spacing;
    this.intervalMs = Math.min(ceilingMs, Math.max(floorMs, tookMs * restFactor));
    this.nextAtMs = this.nowMs() + (this.kept === null ? floorMs : this.intervalMs);
    this.pending = null;
  }

  private async patiently(pending: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.spacing.waitMs);
    });
    await Promise.race([pending, late]);
    clearTimeout(timer);
  }
}
