import type { Instant } from '@teletransmission/kernel';
import type { DeliberationView } from '@teletransmission/teletransmission';
import { departureWaitOf, nextStepOf } from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { ExactTime, RelativeTime } from '../layout/time-tag';
import { NEXT_STEP_ACTORS } from './labels.fr';

/** Ce qui reste à faire une fois l'accusé reçu : la transmission est finie, l'acte n'est pas encore exécutoire. */
function publicationStepOf({ transmission, publication }: DeliberationView): string | null {
  if (transmission.state !== 'acknowledged' || publication.state === 'published') return null;
  return publication.automatique
    ? 'La publication suit d’elle-même.'
    : 'Il reste à la collectivité à publier l’acte, puis à en déclarer la date.';
}

/** Comment se dit la date de l'étape : une attente demandée au dépôt n'est pas une prévision. */
function whenOf({ transmission }: DeliberationView, isPast: boolean): string {
  if (isPast) return 'C’était prévu ';
  return transmission.state === 'queued' ? 'Pas avant l’heure demandée, ' : 'C’est prévu ';
}

/** « Et ensuite ? » : qui fait la prochaine étape, laquelle, et quand. */
export function NextStepCard({
  view,
  now,
}: {
  readonly view: DeliberationView;
  readonly now: Instant;
}): VNode {
  const { who, texte, at } = nextStepOf(view.transmission);
  const publicationStep = publicationStepOf(view);
  const { stopReason } = view.transmission;
  const isWaiting = departureWaitOf(view.transmission) !== null;
  return (
    <section class={who === 'operateur' ? 'carte carte-agir' : 'carte'} aria-labelledby="ensuite">
      <h2 id="ensuite">Et ensuite ?</h2>
      {who === 'personne' ? null : <p class="ensuite-qui">{NEXT_STEP_ACTORS[who]}</p>}
      <p>{texte}</p>
      {at === null ? null : (
        <p>
          {whenOf(view, at < now)}
          <RelativeTime at={at} now={now} />{' '}
          <span class="discret">
            (<ExactTime at={at} now={now} />)
          </span>
        </p>
      )}
      {publicationStep === null ? null : <p>{publicationStep}</p>}
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
