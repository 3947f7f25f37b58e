import type { Instant } from '@teletransmission/kernel';
import { jobIdOf } from '@teletransmission/queues';
import type { TravailView } from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { StackedTable } from '../layout/stacked-table';
import { RelativeTime } from '../layout/time-tag';
import { QUEUE_LABELS } from '../queues-room/queue-labels.fr';

function boardHref({ job, targetId, turn }: TravailView): string {
  return `/files/queue/${job}/${encodeURIComponent(jobIdOf(job, targetId, turn))}`;
}

/** Les travaux demandés pour cette délibération, et leur place dans les files. */
export function TravauxCard({
  travaux,
  now,
}: {
  readonly travaux: readonly TravailView[];
  readonly now: Instant;
}): VNode {
  return (
    <section class="carte" aria-labelledby="travaux">
      <h2 id="travaux">Ses travaux dans les files</h2>
      {travaux.length === 0 ? (
        <p class="vide">
          Aucun travail récent. Les demandes anciennes sont oubliées ; ce qui s’est passé est raconté plus
          haut.
        </p>
      ) : (
        <StackedTable<TravailView>
          legende="Travaux demandés, du plus ancien au plus récent"
          rows={travaux}
          keyOf={({ job, targetId, turn }) => jobIdOf(job, targetId, turn)}
          columns={[
            {
              titre: 'Travail',
              isRowHeader: true,
              cell: (travail) => (
                <>
                  <a href={boardHref(travail)}>{QUEUE_LABELS[travail.job]}</a>{' '}
                  <span class="discret">(tour {travail.turn})</span>
                </>
              ),
            },
            { titre: 'Demandé', cell: ({ demandeLe }) => <RelativeTime at={demandeLe} now={now} /> },
            {
              titre: 'Pas avant',
              cell: ({ notBefore }) =>
                notBefore === null ? 'aussitôt' : <RelativeTime at={notBefore} now={now} />,
            },
            {
              titre: 'Porté à sa file',
              cell: ({ porteLe }) =>
                porteLe === null ? 'pas encore' : <RelativeTime at={porteLe} now={now} />,
            },
          ]}
        />
      )}
    </section>
  );
}
