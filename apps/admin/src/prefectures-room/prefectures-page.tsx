import type { Instant } from '@teletransmission/kernel';
import type { Compte, PrefectureView, PrefectureWait } from '@teletransmission/teletransmission';
import { guichetLabel } from '@teletransmission/teletransmission';
import type { ComponentChildren, VNode } from 'preact';
import { exactTime } from '../format/exact-time';
import { tailleLisible } from '../format/taille';
import { renderPage } from '../layout/page-frame';
import { StackedTable } from '../layout/stacked-table';
import { LiaisonBadge } from '../layout/state-badge';
import { Age, RelativeTime } from '../layout/time-tag';
import { byUrgency, fenetreWords, liaisonOf } from './liaison-words';

export interface PrefecturesView {
  readonly compte: Compte;
  readonly views: readonly PrefectureView[];
  readonly now: Instant;
}

/** Pourquoi des actes attendent au portillon. */
const WAIT_LABELS: Readonly<Record<string, string>> = {
  'prefecture/paused': 'Préfecture suspendue',
  'prefecture/interrupted': 'Arrêt annoncé',
  'prefecture/closed': 'Hors de ses heures',
  'prefecture/circuit-open': 'Ne répond plus',
  'prefecture/budget-spent': 'Budget de l’heure pris',
};

const numbers = new Intl.NumberFormat('fr-FR');

function Fact({ titre, children }: { readonly titre: string; readonly children: ComponentChildren }): VNode {
  return (
    <>
      <dt>{titre}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Budget({ view }: { readonly view: PrefectureView }): VNode {
  const { prefecture, actesDepuisUneHeure: actes, octetsDepuisUneHeure: octets } = view;
  const { actesParHeure, octetsParHeure } = prefecture;
  const limit = (most: string | null): string => (most === null ? ', sans limite' : ` sur ${most}`);
  return (
    <>
      {numbers.format(actes)} {actes > 1 ? 'envois' : 'envoi'}
      {limit(actesParHeure === null ? null : numbers.format(actesParHeure))}
      <br />
      {tailleLisible(octets)}
      {limit(octetsParHeure === null ? null : tailleLisible(octetsParHeure))}
    </>
  );
}

function Hours({ view, now }: { readonly view: PrefectureView; readonly now: Instant }): VNode {
  const { fenetres, fuseau, interruptions } = view.prefecture;
  const announced = interruptions.filter(({ au }) => au > now);
  return (
    <>
      <Fact titre="Heures d’envoi">
        {fenetres.length === 0 ? 'À toute heure' : fenetres.map(fenetreWords).join(' ; ')}{' '}
        <span class="discret">({fuseau})</span>
      </Fact>
      <Fact titre="Arrêts annoncés">
        {announced.length === 0 ? (
          <span class="discret">Aucun</span>
        ) : (
          announced.map(({ du, au, motif }) => (
            <p key={du}>
              du {exactTime(du)} au {exactTime(au)} : {motif}
            </p>
          ))
        )}
      </Fact>
    </>
  );
}

function Waits({ view, now }: { readonly view: PrefectureView; readonly now: Instant }): VNode {
  const { attentes, prefecture } = view;
  if (attentes.length === 0) return <p class="vide">Rien n’attend.</p>;
  return (
    <StackedTable<PrefectureWait>
      legende={`Actes qui attendent de partir vers la préfecture ${guichetLabel(prefecture)}`}
      rows={attentes}
      keyOf={({ code }) => code ?? 'aucun'}
      columns={[
        {
          titre: 'Pourquoi',
          isRowHeader: true,
          cell: ({ code, detail }) => (
            <>
              {code === null ? 'Partent d’eux-mêmes' : (WAIT_LABELS[code] ?? 'À renvoyer')}
              {detail === null ? null : <p class="discret">{detail}</p>}
            </>
          ),
        },
        { titre: 'Actes', cell: ({ nombre }) => numbers.format(nombre) },
        { titre: 'Le plus ancien', cell: ({ depuis }) => <Age at={depuis} now={now} /> },
        {
          titre: 'Prochain départ',
          // Une pause ne dit pas sa fin : la date de l'acte n'est alors que celle où l'on y regarde de nouveau.
          cell: ({ code, prochainLe }) =>
            code === 'prefecture/paused' ? (
              'À la reprise'
            ) : prochainLe === null ? (
              <span class="discret">Tout de suite</span>
            ) : (
              <RelativeTime at={prochainLe} now={now} />
            ),
        },
      ]}
    />
  );
}

function PrefectureCard({ view, now }: { readonly view: PrefectureView; readonly now: Instant }): VNode {
  const { prefecture, dernierAccuseLe, dernierEnvoiPrisLe } = view;
  const liaison = liaisonOf(view, now);
  const id = `prefecture-${guichetLabel(prefecture).replace('/', '-')}`;
  const seen = (at: Instant | null, never: string): VNode =>
    at === null ? <span class="discret">{never}</span> : <RelativeTime at={at} now={now} />;
  return (
    <section class={liaison.tone === 'agir' ? 'carte carte-agir' : 'carte'} aria-labelledby={id}>
      <h2 id={id}>Préfecture {guichetLabel(prefecture)}</h2>
      <p>
        <LiaisonBadge liaison={liaison} /> {liaison.detail}
      </p>
      <dl class="faits">
        {liaison.next === null ? null : (
          <Fact titre={liaison.next.what}>
            <RelativeTime at={liaison.next.at} now={now} />
          </Fact>
        )}
        <Fact titre="Depuis une heure">
          <Budget view={view} />
        </Fact>
        <Hours view={view} now={now} />
        <Fact titre="Dernier envoi pris">{seen(dernierEnvoiPrisLe, 'Aucun depuis vingt-quatre heures')}</Fact>
        <Fact titre="Dernier accusé lu">{seen(dernierAccuseLe, 'Aucun encore')}</Fact>
      </dl>
      <h3>Ce qui attend de partir</h3>
      <Waits view={view} now={now} />
    </section>
  );
}

/** La salle des préfectures : l'autre bout de la liaison, et ce qui attend d'y partir. */
export function renderPrefectures({ compte, views, now }: PrefecturesView): string {
  return renderPage(
    { titre: 'Préfectures', compte, fil: [{ titre: 'Accueil', href: '/' }], room: 'prefectures' },
    <>
      <h1>Préfectures</h1>
      <p class="chapeau">
        Celles qui ne répondent plus ou qu’on a suspendues d’abord. Un acte qui attend ici n’a pas d’échéance
        à lui : il part de lui-même dès que sa raison cesse.
      </p>
      {views.length === 0 ? (
        <p class="vide">Rien : aucune collectivité n’est inscrite.</p>
      ) : (
        byUrgency(views, now).map((view) => (
          <PrefectureCard key={guichetLabel(view.prefecture)} view={view} now={now} />
        ))
      )}
    </>,
  );
}
