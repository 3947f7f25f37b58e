/** La liaison avec la préfecture a manqué ; recommencer plus tard peut servir. */
export class GatewayFailure extends Error {
  readonly retry = 'later';

  constructor(
    readonly code: 'prefecture/unreachable' | 'prefecture/unexpected-answer',
    cause?: unknown,
  ) {
    super(code, { cause });
    this.name = 'GatewayFailure';
  }
}
