import type { Problem } from '@teletransmission/kernel';

/** Ce que la préfecture a répondu ne se lit pas ; `code` et le message disent où et pourquoi. */
export class UnreadableAnswer extends Error {
  readonly code: string;

  constructor({ code, detail }: Problem) {
    super(detail);
    this.code = code;
    this.name = 'UnreadableAnswer';
  }
}

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
