import type { Instant } from '@teletransmission/kernel';
import type { CourrierView } from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { Day } from '../layout/time-tag';
import { awaitsAnswer, daysLeft, daysLeftWords } from './echeance-words';

/** L'échéance d'une lettre, et ce qu'il en reste tant qu'elle attend. Le calcul est le nôtre : il est dit indicatif. */
export function EcheanceTag({
  courrier,
  now,
}: {
  readonly courrier: Pick<CourrierView, 'echeance' | 'state' | 'collectivite'>;
  readonly now: Instant;
}): VNode {
  const { echeance, collectivite } = courrier;
  if (echeance === null) return <span class="discret">Sans échéance</span>;
  const days = daysLeft(echeance, now, collectivite.fuseau);
  return (
    <>
      <Day date={echeance} /> <span class="discret">(indicatif)</span>
      {awaitsAnswer(courrier) ? (
        <p>
          <strong>
            {days < 0 ? '! ' : ''}
            {daysLeftWords(days)}
          </strong>
        </p>
      ) : null}
    </>
  );
}
