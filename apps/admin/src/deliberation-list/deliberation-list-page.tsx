import type { Instant, Problem } from '@teletransmission/kernel';
import type { Collectivite, Compte, DeliberationView, Page } from '@teletransmission/teletransmission';
import { situationOf } from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { renderPage } from '../layout/page-frame';
import type { Column } from '../layout/stacked-table';
import { StackedTable } from '../layout/stacked-table';
import { OverdueBadge, TransmissionBadge } from '../layout/state-badge';
import { Age, RelativeTime } from '../layout/time-tag';
import type { ListFilter } from './list-filter';
import { hrefOf, remarquesOf } from './list-filter';
import { ListFilterForm } from './list-filter-form';

export interface DeliberationListView {
  readonly compte: Compte;
  readonly filter: ListFilter;
  readonly collectivites: readonly Pick<Collectivite, 'siren' | 'nom'>[];
  readonly page: Page<DeliberationView>;
  /** Pourquoi rien n'a été cherché. */
  readonly refusal: Problem | null;
  /** Vrai quand la page n'est pas la première. */
  readonly isContinued: boolean;
  readonly now: Instant;
}

function columnsAt(now: Instant): readonly Column<DeliberationView>[] {
  return [
    { titre: 'Collectivité', cell: ({ collectivite }) => collectivite.nom },
    { titre: 'Numéro', class: 'numero', cell: ({ numeroInterne }) => numeroInterne },
    {
      titre: 'Objet',
      isRowHeader: true,
      class: 'objet',
      cell: ({ id, objet }) => (
        <a href={`/deliberations/${id}`} title={objet}>
          {objet}
        </a>
      ),
    },
    {
      titre: 'État',
      cell: (view) => {
        const { transmission } = view;
        return (
          <>
            <TransmissionBadge state={transmission.state} phrase={situationOf(view).transmission} />
            {transmission.isOverdue ? <OverdueBadge /> : null}
            <p class="discret">
              <Age at={transmission.since} now={now} />
            </p>
          </>
        );
      },
    },
    {
      titre: 'Dernier problème',
      class: 'probleme',
      cell: ({ transmission }) => transmission.stopReason?.detail ?? <span class="discret">Aucun</span>,
    },
    {
      titre: 'Ensuite',
      class: 'ensuite',
      cell: (view) => {
        const { texte, at } = situationOf(view).suite;
        return (
          <>
            {texte}
            {at === null ? null : (
              <p class="discret">
                <RelativeTime at={at} now={now} />
              </p>
            )}
          </>
        );
      },
    },
  ];
}

function Pager({ view }: { readonly view: DeliberationListView }): VNode | null {
  const { filter, page, isContinued } = view;
  if (page.next === null && !isContinued) return null;
  return (
    <nav class="pages" aria-label="Pages de la liste">
      {isContinued ? <a href={hrefOf(filter)}>Revenir au début</a> : <span />}
      {page.next === null ? (
        <span class="discret">Fin de la liste</span>
      ) : (
        <a href={hrefOf(filter, page.next)} rel="next">
          Délibérations plus anciennes
        </a>
      )}
    </nav>
  );
}

function Found({ view }: { readonly view: DeliberationListView }): VNode {
  const { page, now, refusal } = view;
  if (refusal) {
    return (
      <div class="alerte" role="alert">
        <p>{refusal.detail}</p>
      </div>
    );
  }
  if (page.items.length === 0) return <p class="vide">Aucune délibération ne répond à ces critères.</p>;
  return (
    <>
      <StackedTable<DeliberationView>
        legende="Délibérations, de la plus récemment déposée à la plus ancienne"
        columns={columnsAt(now)}
        rows={page.items}
        keyOf={({ id }) => id}
      />
      <Pager view={view} />
    </>
  );
}

/** La liste des délibérations : une ligne chacune, et de quoi en trouver une. */
export function renderDeliberationList(view: DeliberationListView): string {
  const { compte, filter, collectivites, refusal } = view;
  return renderPage(
    { titre: 'Délibérations', compte, fil: [{ titre: 'Accueil', href: '/' }], room: 'deliberations' },
    <>
      <h1>Délibérations</h1>
      <ListFilterForm filter={filter} collectivites={collectivites} violations={refusal?.violations ?? []} />
      <section aria-label="Délibérations trouvées">
        {remarquesOf(filter).map((remarque) => (
          <p key={remarque} class="discret">
            {remarque}
          </p>
        ))}
        <Found view={view} />
      </section>
    </>,
  );
}
