import type { Compte } from '@teletransmission/teletransmission';
import type { ComponentChildren, VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { frenchSpaces } from '../format/french-spaces';
import { STYLESHEET } from '../style/assets';
import { ROLE_LABELS } from './labels.fr';
import type { RoomKey } from './rooms';
import { roomsOf } from './rooms';

/** Une étape du fil d'Ariane qui mène à la page. */
export interface Crumb {
  readonly titre: string;
  readonly href: string;
}

export interface PageFrame {
  readonly titre: string;
  readonly compte: Compte | null;
  /** Les pages au-dessus de celle-ci, de l'accueil vers elle, sans elle. */
  readonly fil: readonly Crumb[];
  readonly room: RoomKey | null;
}

function Banner({ compte, room }: { readonly compte: Compte; readonly room: RoomKey | null }): VNode {
  return (
    <>
      <nav class="salles" aria-label="Salles du bureau">
        <ul>
          {roomsOf(compte).map(({ key, titre, href }) => (
            <li key={key}>
              <a href={href} aria-current={key === room ? 'true' : undefined}>
                {titre}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form class="moi" method="post" action="/deconnexion">
        <span class="moi-nom">
          {compte.nom} <span class="discret">({ROLE_LABELS[compte.role]})</span>
        </span>
        <button type="submit" class="bouton-discret">
          Se déconnecter
        </button>
      </form>
    </>
  );
}

function Trail({ fil, titre }: { readonly fil: readonly Crumb[]; readonly titre: string }): VNode | null {
  if (fil.length === 0) return null;
  return (
    <nav class="fil" aria-label="Fil d’Ariane">
      <ol>
        {fil.map((crumb) => (
          <li key={crumb.href}>
            <a href={crumb.href}>{crumb.titre}</a>
          </li>
        ))}
        <li aria-current="page">{titre}</li>
      </ol>
    </nav>
  );
}

/** La page HTML entière : bandeau, fil d'Ariane, contenu et pied, autour de `children`. */
export function renderPage(frame: PageFrame, children: ComponentChildren): string {
  const { titre, compte, fil, room } = frame;
  const html = render(
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${titre} – Télétransmission`}</title>
        <link rel="stylesheet" href={STYLESHEET.href} />
        <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
      </head>
      <body>
        <a class="evitement" href="#contenu">
          Aller au contenu
        </a>
        <header class="bandeau">
          <div class="largeur">
            <a class="marque" href="/">
              <span class="marque-nom">Télétransmission</span> <span class="marque-lieu">le bureau</span>
            </a>
            {compte ? <Banner compte={compte} room={room} /> : null}
          </div>
        </header>
        <main id="contenu" class="largeur" tabIndex={-1}>
          <Trail fil={fil} titre={titre} />
          {children}
        </main>
        <footer class="pied">
          <p class="largeur">
            Ce bureau informe, il ne donne pas de conseil juridique. Les heures sont celles de Paris.
          </p>
        </footer>
      </body>
    </html>,
  );
  return `<!doctype html>${frenchSpaces(html)}`;
}
