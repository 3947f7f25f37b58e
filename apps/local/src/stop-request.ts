/** Deux Ctrl-C à moins d'une seconde n'en font qu'un : npm et le terminal envoient chacun le leur. */
const SAME_GESTURE_MS = 1_000;

/** Ce que la personne, ou le système, demande : s'arrêter, puis, si elle insiste, tuer. */
export class StopRequest {
  private readonly controller = new AbortController();
  private firstAtMs = 0;

  constructor(
    private readonly onInsist: () => void,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Reçoit un signal. Le premier demande l'arrêt ; un SIGINT de plus, une seconde après, demande de tuer. */
  receive(signal: NodeJS.Signals): void {
    if (!this.controller.signal.aborted) {
      this.firstAtMs = this.nowMs();
      this.controller.abort(new Error(`interrompu par ${signal}`));
      return;
    }
    if (signal === 'SIGINT' && this.nowMs() - this.firstAtMs >= SAME_GESTURE_MS) this.onInsist();
  }
}
