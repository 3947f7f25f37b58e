import type { Instant } from '@teletransmission/kernel';
import type { VNode } from 'preact';
import { ExactTime, RelativeTime } from '../layout/time-tag';
import type { TimelineItem } from './timeline';
import type { TimelineGroup } from './timeline-groups';

interface TimelineCardProps {
  readonly deliberationId: string;
  readonly groups: readonly TimelineGroup[];
  readonly isCut: boolean;
  readonly now: Instant;
}

function Passage({ passage }: { readonly passage: NonNullable<TimelineItem['passage']> }): VNode {
  const [de, vers] = passage;
  return (
    <p class="passage">
      {de === null ? null : (
        <>
          {de} <span aria-hidden="true">→</span>
          <span class="hors-vue">devient</span>{' '}
        </>
      )}
      <strong>{vers}</strong>
    </p>
  );
}

function Item({
  item,
  deliberationId,
  now,
}: {
  readonly item: TimelineItem;
  readonly deliberationId: string;
  readonly now: Instant;
}): VNode {
  return (
    <li class="evenement">
      <h4>{item.titre}</h4>
      <p class="discret">
        <RelativeTime at={item.instant} now={now} />, <ExactTime at={item.instant} now={now} />, par{' '}
        {item.acteur}
      </p>
      {item.passage === null ? null : <Passage passage={item.passage} />}
      {item.details.map((detail) => (
        <p key={detail}>{detail}</p>
      ))}
      {item.retourId === null ? null : (
        <p>
          <a href={`/deliberations/${deliberationId}/retours/${item.retourId}`}>
            Télécharger ce retour tel qu’il est arrivé
          </a>
        </p>
      )}
      {item.preuve.length === 0 ? null : (
        <>
          <details>
            <summary>
              Preuve<span class="hors-vue"> : {item.titre}</span>
            </summary>
          </details>
          {/* À côté du pli et non dedans : le style le montre à l'impression, ce qu'un navigateur ne permet pas d'un contenu replié. */}
          <dl class="faits preuve">
            {item.preuve.map(({ nom, valeur }) => (
              <>
                <dt>{nom}</dt>
                <dd>{valeur}</dd>
              </>
            ))}
          </dl>
        </>
      )}
    </li>
  );
}

/** Le fil de la délibération, du dépôt à aujourd'hui, message par message. */
export function TimelineCard({ deliberationId, groups, isCut, now }: TimelineCardProps): VNode {
  return (
    <section class="carte" aria-labelledby="fil">
      <h2 id="fil">Ce qui s’est passé</h2>
      {groups.length === 0 ? <p class="vide">Rien encore.</p> : null}
      {groups.map(({ titre, items }) => (
        <section key={titre} class="message">
          <h3>{titre}</h3>
          <ol class="evenements">
            {items.map((item, index) => (
              <Item key={index} item={item} deliberationId={deliberationId} now={now} />
            ))}
          </ol>
        </section>
      ))}
      {isCut ? (
        <p class="alerte">Cette vie est très longue : seul le début de son historique est montré ici.</p>
      ) : null}
    </section>
  );
}
