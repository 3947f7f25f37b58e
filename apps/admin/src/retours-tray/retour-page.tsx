import type { Instant } from '@teletransmission/kernel';
import type { Compte, Remarque, RetourView } from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { tailleLisible } from '../format/taille';
import { fluxLabel } from '../layout/flux-label';
import { renderPage } from '../layout/page-frame';
import type { Column } from '../layout/stacked-table';
import { StackedTable } from '../layout/stacked-table';
import { RetourBadge } from '../layout/state-badge';
import { ExactTime } from '../layout/time-tag';

const COLUMNS: readonly Column<Remarque>[] = [
  { titre: 'Remarque', isRowHeader: true, cell: ({ detail }) => detail },
  {
    titre: 'Où',
    class: 'fichier',
    cell: ({ fichier, ligne }) =>
      [fichier, ligne === undefined ? undefined : `ligne ${ligne}`].filter(Boolean).join(', ') || '–',
  },
  { titre: 'Code', cell: ({ regle }) => <code>{regle}</code> },
];

function RemarquesCard({ remarques }: Pick<RetourView, 'remarques'>): VNode {
  return (
    <section class="carte" aria-labelledby="remarques">
      <h2 id="remarques">Ce que sa lecture a remarqué</h2>
      {remarques.length === 0 ? (
        <p class="vide">Rien : il est écrit comme le protocole le demande, ou n’a pas encore été lu.</p>
      ) : (
        <>
          <p>
            Ces écarts n’empêchent pas de le lire. Ils disent ce que la préfecture n’a pas écrit comme prévu.
          </p>
          <StackedTable<Remarque>
            legende="Remarques de lecture"
            columns={COLUMNS}
            rows={remarques}
            keyOf={({ regle, detail, fichier, ligne }) => [regle, detail, fichier, ligne].join()}
          />
        </>
      )}
    </section>
  );
}

/** Une décision y est proposée : tant qu'elle attend, rien d'autre ne se fait de ce retour. */
function PendingNotice({ isDecisionPending }: Pick<RetourView, 'isDecisionPending'>): VNode | null {
  if (!isDecisionPending) return null;
  return (
    <div class="alerte">
      <p>
        Une décision est proposée sur ce retour et attend une seconde personne : téléchargez-le, lisez-le,
        puis confirmez ou refusez. D’ici là, il ne se relit ni ne se met de côté.
      </p>
    </div>
  );
}

/** Un retour de la préfecture : ce qu'il est devenu, pourquoi, ce que sa lecture a remarqué, et ses octets. */
export function renderRetour({
  compte,
  retour,
  now,
}: {
  readonly compte: Compte;
  readonly retour: RetourView;
  readonly now: Instant;
}): string {
  const { id, nom, state, flux, detail, code, recuLe, tailleOctets, empreinte, remarques } = retour;
  return renderPage(
    {
      titre: nom,
      compte,
      fil: [
        { titre: 'Accueil', href: '/' },
        { titre: 'Retours', href: '/retours' },
      ],
      room: 'retours',
    },
    <>
      <h1>{nom}</h1>
      <p>
        <RetourBadge state={state} />
      </p>
      <PendingNotice isDecisionPending={retour.isDecisionPending} />
      {detail === null ? null : (
        <div class="alerte">
          <p>{detail}</p>
          {code === null ? null : (
            <p class="discret">
              Code <code>{code}</code>
            </p>
          )}
        </div>
      )}
      <section class="carte" aria-labelledby="reperes">
        <h2 id="reperes">Repères</h2>
        <dl class="faits">
          <dt>Message</dt>
          <dd>{fluxLabel(flux)}</dd>
          <dt>Reçu</dt>
          <dd>
            <ExactTime at={recuLe} now={now} />
          </dd>
          <dt>Empreinte SHA-256</dt>
          <dd>
            <code>{empreinte}</code>
          </dd>
        </dl>
        <p>
          <a href={`/retours/${id}/fichier`}>Le télécharger tel qu’il est arrivé</a>{' '}
          <span class="discret">({tailleLisible(tailleOctets)})</span>
        </p>
      </section>
      <RemarquesCard remarques={remarques} />
    </>,
  );
}
