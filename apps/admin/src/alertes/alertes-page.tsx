import type { Instant } from '@teletransmission/kernel';
import type { AlerteView, Compte, Page } from '@teletransmission/teletransmission';
import { renderPage } from '../layout/page-frame';
import { AlerteList } from './alerte-list';

export interface AlertesView {
  readonly compte: Compte;
  readonly page: Page<AlerteView>;
  readonly isContinued: boolean;
  readonly now: Instant;
}

/** Toutes les alertes ouvertes ; celles qui cessent s'en vont d'elles-mêmes. */
export function renderAlertes({ compte, page, isContinued, now }: AlertesView): string {
  return renderPage(
    { titre: 'Alertes', compte, fil: [{ titre: 'Accueil', href: '/' }], room: 'alertes' },
    <>
      <h1>Alertes</h1>
      <p class="chapeau">
        Ce qui se tait depuis trop longtemps, le plus grave d’abord. Une alerte se lève d’elle-même quand sa
        cause n’est plus ; celle d’un déféré, quand une personne l’a dit pris en charge.
      </p>
      {page.items.length === 0 ? (
        <p class="vide">Rien : tout avance à son heure.</p>
      ) : (
        <AlerteList alertes={page.items} compte={compte} now={now} />
      )}
      {page.next === null && !isContinued ? null : (
        <nav class="pages" aria-label="Pages de la liste">
          {isContinued ? <a href="/alertes">Revenir au début</a> : <span />}
          {page.next === null ? (
            <span class="discret">Fin de la liste</span>
          ) : (
            <a href={`/alertes?apres=${encodeURIComponent(page.next)}`} rel="next">
              Alertes moins graves ou plus récentes
            </a>
          )}
        </nav>
      )}
    </>,
  );
}
