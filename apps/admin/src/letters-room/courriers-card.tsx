import type { Instant } from '@teletransmission/kernel';
import type { CourrierView } from '@teletransmission/teletransmission';
import { LETTRE_LABELS } from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { StackedTable } from '../layout/stacked-table';
import { CorrespondanceBadge } from '../layout/state-badge';
import { Day, RelativeTime } from '../layout/time-tag';
import { EcheanceTag } from './echeance-tag';

/** Les lettres de la préfecture au sujet d'un acte, sur la page de cet acte. Rien quand il n'y en a pas. */
export function CourriersCard({
  courriers,
  now,
}: {
  readonly courriers: readonly CourrierView[];
  readonly now: Instant;
}): VNode | null {
  if (courriers.length === 0) return null;
  const isWaiting = courriers.some(({ state }) => state === 'received');
  return (
    <section class={isWaiting ? 'carte carte-agir' : 'carte'} aria-labelledby="courriers">
      <h2 id="courriers">Courriers de la préfecture</h2>
      <StackedTable<CourrierView>
        legende="Courriers de la préfecture au sujet de cet acte"
        rows={courriers}
        keyOf={({ id }) => id}
        columns={[
          {
            titre: 'Lettre',
            isRowHeader: true,
            cell: ({ id, flux }) => (
              <a href={`/courriers/${id}`}>
                {LETTRE_LABELS[flux]} ({flux})
              </a>
            ),
          },
          { titre: 'Date', cell: ({ dateCourrier }) => <Day date={dateCourrier} /> },
          { titre: 'Reçue', cell: ({ recueLe }) => <RelativeTime at={recueLe} now={now} /> },
          { titre: 'Échéance', cell: (courrier) => <EcheanceTag courrier={courrier} now={now} /> },
          { titre: 'État', cell: ({ state }) => <CorrespondanceBadge state={state} /> },
        ]}
      />
    </section>
  );
}
