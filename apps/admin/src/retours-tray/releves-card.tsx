import type { Instant } from '@teletransmission/kernel';
import type { Page, ReleveEnEchec } from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import type { Column } from '../layout/stacked-table';
import { StackedTable } from '../layout/stacked-table';
import { Age, ExactTime } from '../layout/time-tag';

function columnsAt(now: Instant): readonly Column<ReleveEnEchec>[] {
  return [
    {
      titre: 'Retour annoncé',
      isRowHeader: true,
      class: 'fichier',
      cell: ({ nom, sourceId, extrait }) => (
        <>
          {nom ?? 'sans nom'}{' '}
          <span class="discret">
            {sourceId === null ? (
              <>
                (sans identité : <code>{extrait}</code>)
              </>
            ) : (
              <>
                (identité <code>{sourceId}</code>)
              </>
            )}
          </span>
        </>
      ),
    },
    { titre: 'Depuis', cell: ({ premierEchecLe }) => <Age at={premierEchecLe} now={now} /> },
    { titre: 'Essais', class: 'nombre', cell: ({ echecs }) => String(echecs) },
    { titre: 'Pourquoi', class: 'probleme', cell: ({ detail }) => detail },
    { titre: 'Prochain essai', cell: ({ prochaineLe }) => <ExactTime at={prochaineLe} now={now} /> },
  ];
}

/** Ce que la préfecture annonce et que nous ne parvenons pas à prendre ; rien quand tout se relève. */
export function RelevesCard({
  page,
  now,
}: {
  readonly page: Page<ReleveEnEchec>;
  readonly now: Instant;
}): VNode | null {
  if (page.items.length === 0) return null;
  return (
    <section class="carte carte-agir" aria-labelledby="releves">
      <h2 id="releves">Annoncés, et qui ne se relèvent pas</h2>
      <p>
        La préfecture annonce ces retours sans que nous parvenions à les prendre. Les autres sont relevés ;
        ceux-ci sont repris d’eux-mêmes, de moins en moins souvent. S’ils durent, signalez-les à la préfecture
        : un acte y a peut-être son accusé.
      </p>
      <StackedTable<ReleveEnEchec>
        legende="Retours annoncés qui ne se relèvent pas, du plus ancien au plus récent"
        columns={columnsAt(now)}
        rows={page.items}
        keyOf={({ id }) => id}
      />
      {page.next === null ? null : <p class="discret">Et d’autres, que l’API donne tous.</p>}
    </section>
  );
}
