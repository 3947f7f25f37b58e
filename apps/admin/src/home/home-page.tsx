import type { Instant } from '@teletransmission/kernel';
import type {
  AlerteView,
  Compte,
  EnvoisNonPris,
  Page,
  StateCount,
  TransmissionState,
} from '@teletransmission/teletransmission';
import {
  COUNTED_AT_MOST,
  envoisNonPrisDetail,
  TRANSMISSION_STATE_LABELS,
  TRANSMISSION_STATES,
} from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { AlerteList } from '../alertes/alerte-list';
import { renderPage } from '../layout/page-frame';
import { canEnter } from '../layout/rooms';
import { StackedTable } from '../layout/stacked-table';
import { TransmissionBadge } from '../layout/state-badge';
import { Age, Day } from '../layout/time-tag';
import type { Pile } from './piles';

export interface HomeView {
  readonly compte: Compte;
  readonly piles: readonly Pile[];
  readonly counts: readonly StateCount[];
  /** Les plus graves des alertes ouvertes. */
  readonly alertes: Page<AlerteView>;
  /** Les préfectures qui ne prennent pas les envois, en ce moment. */
  readonly nonPris: readonly EnvoisNonPris[];
  readonly now: Instant;
}

const numbers = new Intl.NumberFormat('fr-FR');

/** Un nombre d'actes, exact jusqu'à la borne des comptages. */
const counted = (count: number): string =>
  count > COUNTED_AT_MOST ? `plus de ${numbers.format(COUNTED_AT_MOST)}` : numbers.format(count);

function PileCard({ pile, now }: { readonly pile: Pile; readonly now: Instant }): VNode {
  const { titre, explication, count, oldest, echeance, href, superlatif } = pile;
  return (
    <li class={count > 0 ? 'pile pile-pleine' : 'pile'}>
      <h3>{titre}</h3>
      {count === 0 ? (
        <p class="pile-nombre pile-rien">Rien</p>
      ) : (
        <p class="pile-nombre">
          <a href={href} aria-label={`${titre} : ${counted(count)}`}>
            {counted(count)}
          </a>
        </p>
      )}
      <p class="pile-age">
        {oldest === null || count === 0 ? null : (
          <>
            {count > 1 ? `${superlatif} ` : ''}
            <Age at={oldest} now={now} />
          </>
        )}
        {count === 0 || !echeance ? null : (
          <>
            échéance la plus proche : <Day date={echeance} /> (indicatif)
          </>
        )}
      </p>
      <p class="pile-explication">{explication}</p>
    </li>
  );
}

interface StateLine {
  readonly state: TransmissionState;
  readonly found: StateCount | undefined;
}

function StateTable({
  counts,
  now,
}: {
  readonly counts: readonly StateCount[];
  readonly now: Instant;
}): VNode {
  const lines: readonly StateLine[] = TRANSMISSION_STATES.map((state) => ({
    state,
    found: counts.find((row) => row.state === state && row.count > 0),
  }));
  return (
    <StackedTable<StateLine>
      legende="Nombre de transmissions par état"
      rows={lines}
      keyOf={({ state }) => state}
      columns={[
        { titre: 'État', isRowHeader: true, cell: ({ state }) => <TransmissionBadge state={state} /> },
        {
          titre: 'Ce que cela veut dire',
          class: 'discret',
          cell: ({ state }) => TRANSMISSION_STATE_LABELS[state].phrase,
        },
        {
          titre: 'Nombre',
          class: 'nombre',
          cell: ({ state, found }) =>
            found ? (
              <a href={`/deliberations?etat=${state}`}>{counted(found.count)}</a>
            ) : (
              <span class="discret">Rien</span>
            ),
        },
        {
          titre: 'La plus ancienne',
          cell: ({ found }) =>
            found?.oldestSince ? <Age at={found.oldestSince} now={now} /> : <span class="discret">–</span>,
        },
      ]}
    />
  );
}

/** Ce qui attend une personne, et si le reste avance vraiment de soi-même. */
function headline(piles: readonly Pile[], isCalm: boolean, hasDefere: boolean): string {
  const waiting = piles.reduce((sum, { count }) => sum + Math.min(count, COUNTED_AT_MOST), 0);
  const more = piles.some(({ count }) => count > COUNTED_AT_MOST) ? 'Plus de ' : '';
  const rest = isCalm
    ? 'Tout le reste avance de soi-même.'
    : 'Tout le reste n’avance pas : lisez ce qui suit.';
  if (waiting > 0)
    return `${more}${numbers.format(waiting)} ${waiting > 1 ? 'dossiers attendent' : 'dossier attend'} une personne. ${rest}`;
  if (!isCalm) return 'Aucun dossier n’attend de décision, mais tout n’avance pas : lisez ce qui suit.';
  return hasDefere
    ? 'Aucun autre dossier n’attend de décision : le reste avance de soi-même.'
    : 'Rien ne vous attend : tout avance de soi-même.';
}

/** L'alerte, une fois ouverte, le dit déjà. */
function isAlerted({ departement, cause }: EnvoisNonPris, alertes: readonly AlerteView[]): boolean {
  return (
    cause !== 'suspension' &&
    alertes.some(({ genre, sujetId }) => genre === 'envois-non-pris' && sujetId === departement)
  );
}

/** Une ligne par préfecture qui fait attendre des actes, tant qu'elle les fait attendre. */
function NonPris({ nonPris, compte }: Pick<HomeView, 'nonPris' | 'compte'>): VNode | null {
  if (nonPris.length === 0) return null;
  return (
    <section aria-labelledby="prefectures-en-attente">
      <h2 id="prefectures-en-attente">Ce que les préfectures ne prennent pas</h2>
      <ul class="alerte">
        {nonPris.map((one) => (
          <li key={`${one.departement} ${one.cause}`}>{envoisNonPrisDetail(one)}</li>
        ))}
      </ul>
      {canEnter(compte, 'prefectures') ? (
        <p>
          <a href="/prefectures">Voir les préfectures</a>
        </p>
      ) : null}
    </section>
  );
}

/** La page d'accueil : un déféré avant tout, puis ce qui attend une personne, puis tout le reste, au calme. */
export function renderHome({ compte, piles, counts, alertes, nonPris, now }: HomeView): string {
  const deferes = alertes.items.filter(({ gravite }) => gravite === 0);
  const others = alertes.items.filter(({ gravite }) => gravite !== 0);
  return renderPage(
    { titre: 'Accueil', compte, fil: [], room: 'accueil' },
    <>
      <h1>Ce qui vous attend</h1>
      {deferes.length === 0 ? null : (
        <section aria-labelledby="deferes">
          <h2 id="deferes">Avant tout : déféré au tribunal administratif</h2>
          <AlerteList alertes={deferes} compte={compte} now={now} />
        </section>
      )}
      <p class="chapeau">
        {headline(piles, others.length === 0 && nonPris.length === 0, deferes.length > 0)}
      </p>
      <NonPris nonPris={nonPris.filter((one) => !isAlerted(one, alertes.items))} compte={compte} />
      {others.length === 0 ? null : (
        <section aria-labelledby="alertes">
          <h2 id="alertes">Ce qui vous demande</h2>
          <AlerteList alertes={others} compte={compte} now={now} />
          {alertes.next === null ? null : (
            <p>
              <a href="/alertes">Toutes les alertes</a>
            </p>
          )}
        </section>
      )}
      <ul class="piles">
        {piles.map((pile) => (
          <PileCard key={pile.titre} pile={pile} now={now} />
        ))}
      </ul>
      <section aria-labelledby="tous-les-etats">
        <h2 id="tous-les-etats">Toutes les transmissions</h2>
        <StateTable counts={counts} now={now} />
      </section>
    </>,
  );
}
