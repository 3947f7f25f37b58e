import type { Instant, Problem } from '@teletransmission/kernel';
import type { Collectivite, Compte, CourrierView, Page } from '@teletransmission/teletransmission';
import {
  CORRESPONDANCE_STATE_LABELS,
  CORRESPONDANCE_STATES,
  LETTRE_LABELS,
} from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { renderPage } from '../layout/page-frame';
import type { Column } from '../layout/stacked-table';
import { StackedTable } from '../layout/stacked-table';
import { CorrespondanceBadge } from '../layout/state-badge';
import { Day, RelativeTime } from '../layout/time-tag';
import type { CourrierFilter } from './courrier-filter';
import { courriersHref } from './courrier-filter';
import { EcheanceTag } from './echeance-tag';

export interface CourrierListView {
  readonly compte: Compte;
  readonly filter: CourrierFilter;
  /** Les collectivités offertes au choix ; vide pour un compte qui n'en voit qu'une. */
  readonly collectivites: readonly Pick<Collectivite, 'siren' | 'nom'>[];
  readonly page: Page<CourrierView>;
  /** Pourquoi rien n'a été cherché. */
  readonly refusal: Problem | null;
  readonly isContinued: boolean;
  readonly now: Instant;
}

function columnsAt(now: Instant): readonly Column<CourrierView>[] {
  return [
    {
      titre: 'Lettre',
      isRowHeader: true,
      cell: ({ id, flux, dateCourrier }) => (
        <>
          <a href={`/courriers/${id}`}>
            {LETTRE_LABELS[flux]} ({flux})
          </a>
          <p class="discret">
            du <Day date={dateCourrier} />
          </p>
        </>
      ),
    },
    {
      titre: 'Acte',
      class: 'objet',
      cell: ({ deliberation }) => (
        <>
          <a href={`/deliberations/${deliberation.id}`} title={deliberation.objet}>
            {deliberation.objet}
          </a>
          <p class="discret">n° {deliberation.numeroInterne}</p>
        </>
      ),
    },
    { titre: 'Collectivité', cell: ({ collectivite }) => collectivite.nom },
    { titre: 'Reçue', cell: ({ recueLe }) => <RelativeTime at={recueLe} now={now} /> },
    { titre: 'Échéance', cell: (courrier) => <EcheanceTag courrier={courrier} now={now} /> },
    { titre: 'État', cell: ({ state }) => <CorrespondanceBadge state={state} /> },
  ];
}

function FilterForm({ filter, collectivites, refusal }: CourrierListView): VNode {
  const faultsOf = (field: string): readonly VNode[] =>
    (refusal?.violations ?? [])
      .filter(({ pointer }) => pointer === `/${field}`)
      .map(({ detail }) => (
        <p key={detail} class="champ-faute">
          {detail}
        </p>
      ));
  return (
    <form
      method="get"
      action="/courriers"
      class="carte filtre"
      role="search"
      aria-label="Filtrer les courriers"
    >
      <div class="champs">
        <div class="champ">
          <label for="etat">État</label>
          <select id="etat" name="etat">
            <option value="">Tous</option>
            {CORRESPONDANCE_STATES.map((state) => (
              <option key={state} value={state} selected={filter.etat === state}>
                {CORRESPONDANCE_STATE_LABELS[state].signe} {CORRESPONDANCE_STATE_LABELS[state].mot}
              </option>
            ))}
          </select>
          {faultsOf('etat')}
        </div>
        {collectivites.length === 0 ? null : (
          <div class="champ">
            <label for="siren">Collectivité</label>
            <select id="siren" name="siren">
              <option value="">Toutes</option>
              {collectivites.map(({ siren, nom }) => (
                <option key={siren} value={siren} selected={filter.siren === siren}>
                  {nom} ({siren})
                </option>
              ))}
            </select>
            {faultsOf('siren')}
          </div>
        )}
      </div>
      <p class="actions">
        <button type="submit" class="bouton">
          Filtrer
        </button>
        <a href="/courriers">Tout montrer</a>
      </p>
    </form>
  );
}

function Found({ view }: { readonly view: CourrierListView }): VNode {
  const { page, now, refusal, filter, isContinued } = view;
  if (refusal) {
    return (
      <div class="alerte" role="alert">
        <p>{refusal.detail}</p>
      </div>
    );
  }
  if (page.items.length === 0) return <p class="vide">Rien : aucun courrier ne répond à ces critères.</p>;
  return (
    <>
      <StackedTable<CourrierView>
        legende="Courriers de la préfecture, du plus pressant au moins pressant"
        columns={columnsAt(now)}
        rows={page.items}
        keyOf={({ id }) => id}
      />
      {page.next === null && !isContinued ? null : (
        <nav class="pages" aria-label="Pages de la liste">
          {isContinued ? <a href={courriersHref(filter)}>Revenir au début</a> : <span />}
          {page.next === null ? (
            <span class="discret">Fin de la liste</span>
          ) : (
            <a href={courriersHref(filter, page.next)} rel="next">
              Courriers moins pressants
            </a>
          )}
        </nav>
      )}
    </>
  );
}

/** La salle des courriers : ce que la préfecture a écrit, le plus pressant d'abord. */
export function renderCourrierList(view: CourrierListView): string {
  return renderPage(
    { titre: 'Courriers', compte: view.compte, fil: [{ titre: 'Accueil', href: '/' }], room: 'courriers' },
    <>
      <h1>Courriers de la préfecture</h1>
      <p class="chapeau">
        Les plus pressants d’abord. Une échéance est indicative : le juge compte à partir de ce que la lettre
        demande vraiment.
      </p>
      <FilterForm {...view} />
      <section aria-label="Courriers trouvés">
        <Found view={view} />
      </section>
    </>,
  );
}
