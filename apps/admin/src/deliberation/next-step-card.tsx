import type { Instant } from '@teletransmission/kernel';
import type { DeliberationView, Situation } from '@teletransmission/teletransmission';
import { announcementOf, departureWaitOf } from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { ExactTime, RelativeTime } from '../layout/time-tag';
import { NEXT_STEP_ACTORS } from '../timeline/labels.fr';

/** « Et ensuite ? » : qui fait la prochaine étape, laquelle, et quand. */
export function NextStepCard({
  view,
  situation,
  now,
}: {
  readonly view: DeliberationView;
  readonly situation: Situation;
  readonly now: Instant;
}): VNode {
  const { suite, publication } = situation;
  const { who, texte, at } = suite;
  const { stopReason, state } = view.transmission;
  // La transmission est finie, et l'acte n'est pas encore exécutoire.
  const isToPublish = state === 'acknowledged' && view.publication.state === 'unpublished';
  const isWaiting = departureWaitOf(view.transmission) !== null;
  return (
    <section class={who === 'operateur' ? 'carte carte-agir' : 'carte'} aria-labelledby="ensuite">
      <h2 id="ensuite">Et ensuite ?</h2>
      {who === 'personne' ? null : <p class="ensuite-qui">{NEXT_STEP_ACTORS[who]}</p>}
      <p>{texte}</p>
      {at === null ? null : (
        <p>
          {announcementOf(suite, now)}
          <RelativeTime at={at} now={now} />{' '}
          <span class="discret">
            (<ExactTime at={at} now={now} />)
          </span>
        </p>
      )}
      {isToPublish ? <p>{publication}</p> : null}
      {stopReason === null ? null : (
        <div class="alerte">
          <h3>{isWaiting ? 'Ce qui le fait attendre' : 'Dernier problème'}</h3>
          <p>{stopReason.detail}</p>
          <p class="discret">
            Code <code>{stopReason.code}</code>
          </p>
        </div>
      )}
    </section>
  );
}
