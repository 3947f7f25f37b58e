import type { JobHandling } from '@teletransmission/queues';
import type { JobOutcome } from '@teletransmission/teletransmission';

/** La file `forget-expired`, à rendez-vous : travaux portés, clés d'idempotence et sessions qui ont fait leur temps. */
export class ForgetExpiredProcessor implements JobHandling {
  readonly queue = 'forget-expired';

  constructor(
    private readonly forget: () => Promise<{
      readonly travaux: number;
      readonly cles: number;
      readonly sessions: number;
    }>,
  ) {}

  async process(): Promise<JobOutcome> {
    const { travaux, cles, sessions } = await this.forget();
    return { kind: 'done', state: `${travaux} travaux, ${cles} clés, ${sessions} sessions` };
  }
}
