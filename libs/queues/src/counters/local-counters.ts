/** Une fenêtre de comptage : combien, et ce qu'il en reste. */
export interface CountedWindow {
  readonly current: number;
  readonly ttlMs: number;
}

/** Au-delà, on oublie les fenêtres finies : des adresses sans nombre ne doivent pas remplir la mémoire. */
const WINDOWS_MAX = 10_000;

/** Les compteurs d'un processus seul. */
export class LocalCounters {
  private readonly windows = new Map<string, { current: number; endsAt: number }>();
  private readonly held = new Map<string, number>();

  /** @param now l'heure d'une horloge qui ne recule pas, en millisecondes */
  constructor(private readonly now: () => number = () => performance.now()) {}

  increment(key: string, windowMs: number): CountedWindow {
    const now = this.now();
    const known = this.windows.get(key);
    const window = known && known.endsAt > now ? known : { current: 0, endsAt: now + windowMs };
    window.current += 1;
    this.windows.set(key, window);
    if (this.windows.size > WINDOWS_MAX) this.forgetEnded(now);
    return { current: window.current, ttlMs: window.endsAt - now };
  }

  /** Retient des octets en vol ; seule, une demande passe quoi qu'elle pèse. @returns faux quand il y en a trop. */
  hold(key: string, bytes: number, max: number): boolean {
    const held = this.held.get(key) ?? 0;
    if (held > 0 && held + bytes > max) return false;
    this.held.set(key, held + bytes);
    return true;
  }

  release(key: string, bytes: number): void {
    const left = (this.held.get(key) ?? 0) - bytes;
    if (left > 0) this.held.set(key, left);
    else this.held.delete(key);
  }

  private forgetEnded(now: number): void {
    for (const [key, { endsAt }] of this.windows) if (endsAt <= now) this.windows.delete(key);
    // Toutes en cours : la plus ancienne s'oublie, comme le ferait un cache.
    const [oldest] = this.windows.keys();
    if (this.windows.size > WINDOWS_MAX && oldest !== undefined) this.windows.delete(oldest);
  }
}
