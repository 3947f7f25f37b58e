import type { Instant } from '@teletransmission/kernel';
import type { Compte, Page, ReleveEnEchec, RetourView } from '@teletransmission/teletransmission';
import { tailleLisible } from '../format/taille';
import { fluxLabel } from '../layout/flux-label';
import { renderPage } from '../layout/page-frame';
import type { Column } from '../layout/stacked-table';
import { StackedTable } from '../layout/stacked-table';
import { RetourBadge } from '../layout/state-badge';
import { RelativeTime } from '../layout/time-tag';
import { RelevesCard } from './releves-card';

export interface TrayView {
  readonly compte: Compte;
  readonly page: Page<RetourView>;
  readonly releves: Page<ReleveEnEchec>;
  readonly isContinued: boolean;
  readonly now: Instant;
}

function columnsAt(now: Instant): readonly Column<RetourView>[] {
  return [
    { titre: 'Reçu', cell: ({ recuLe }) => <RelativeTime at={recuLe} now={now} /> },
    {
      titre: 'Retour',
      isRowHeader: true,
      class: 'fichier',
      cell: ({ id, nom, tailleOctets }) => (
        <>
          <a href={`/retours/${id}`}>{nom}</a>{' '}
          <a
            class="discret"
            href={`/retours/${id}/fichier`}
            aria-label={`Télécharger ${nom} tel qu’il est arrivé`}
          >
            {tailleLisible(tailleOctets)}
          </a>
        </>
      ),
    },
    { titre: 'Message', cell: ({ flux }) => fluxLabel(flux) },
    {
      titre: 'État',
      cell: ({ state, isDecisionPending }) => (
        <>
          <RetourBadge state={state} />
          {isDecisionPending ? <p class="discret">Décision proposée, attend une seconde personne</p> : null}
        </>
      ),
    },
    { titre: 'Pourquoi', class: 'probleme', cell: ({ detail, code }) => detail ?? code ?? '–' },
  ];
}

/** Le bac des retours que personne n'a encore rattachés, tels qu'ils sont arrivés. */
export function renderTray({ compte, page, releves, isContinued, now }: TrayView): string {
  return renderPage(
    { titre: 'Retours non rattachés', compte, fil: [{ titre: 'Accueil', href: '/' }], room: 'retours' },
    <>
      <h1>Retours non rattachés</h1>
      <p class="chapeau">
        Ce que la préfecture a renvoyé et que nous n’avons pas su appliquer. Rien n’en est perdu : chacun se
        télécharge tel qu’il est arrivé.
      </p>
      <RelevesCard page={releves} now={now} />
      {page.items.length === 0 ? (
        <p class="vide">
          {isContinued ? 'Plus aucun retour.' : 'Rien : tous les retours de la préfecture sont rattachés.'}
        </p>
      ) : (
        <section aria-label="Retours à regarder">
          <StackedTable<RetourView>
            legende="Retours à regarder, du plus ancien au plus récent"
            columns={columnsAt(now)}
            rows={page.items}
            keyOf={({ id }) => id}
          />
        </section>
      )}
      {page.next === null ? null : (
        <nav class="pages" aria-label="Pages du bac">
          <span />
          <a href={`/retours?apres=${encodeURIComponent(page.next)}`} rel="next">
            Retours plus récents
          </a>
        </nav>
      )}
    </>,
  );
}
