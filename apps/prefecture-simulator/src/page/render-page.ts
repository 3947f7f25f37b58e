import { frenchDate } from '@teletransmission/kernel';
import { html } from './html';
import type { Html } from './html';
import type { PageView } from './page-view';
import { renderDocument } from './render-document';
import { renderForms } from './render-forms';
import { renderTables } from './render-tables';
import { whenOf } from './when-of';

const TITRE = 'Préfecture simulée';

function renderCounts({ registre, maintenant, actes }: PageView): Html {
  const retours = registre.retours.filter(({ releve }) => !releve);
  const prets = retours.filter(({ disponibleLe }) => disponibleLe <= maintenant).length;
  const comptes: readonly [number, string][] = [
    [registre.archives.length, 'archives reçues'],
    [actes.length, 'actes accusés'],
    [registre.annules.length, 'actes annulés'],
    [registre.courriers.length, 'courriers envoyés'],
    [prets, 'retours à relever'],
    [retours.length - prets, 'retours retenus'],
    [registre.retours.length - retours.length, 'retours relevés'],
    [registre.refus.length, 'présentations refusées'],
  ];
  return html`<section class="large" aria-labelledby="t-compte">
    <h2 id="t-compte">En un coup d'œil</h2>
    <ul class="compte">
      ${comptes.map(([nombre, quoi]) => html`<li><strong>${nombre}</strong> ${quoi}</li>`)}
    </ul>
  </section>`;
}

function renderSaid({ message, problem }: PageView): Html | undefined {
  if (problem) {
    return html`<section class="large faute" role="alert">
      <h2>Rien n'a été fait</h2>
      <p>${problem.detail}</p>
      ${
        problem.violations?.length
          ? html`<ul>
              ${problem.violations.map(({ pointer, detail }) => html`<li>${pointer} : ${detail}</li>`)}
            </ul>`
          : undefined
      }
    </section>`;
  }
  return message === undefined
    ? undefined
    : html`<section class="large dit" role="status"><p class="vide">${message}</p></section>`;
}

function renderHeader({ registre, maintenant, isGuarded }: PageView): Html {
  const { ecartMs } = registre.horloge;
  const jours = Math.round(Math.abs(ecartMs) / 86_400_000);
  const sens = ecartMs > 0 ? 'en avance' : 'en retard';
  const ecart = ecartMs === 0 ? 'heure vraie' : `horloge jouée, ${sens} de ${jours} jour(s)`;
  return html`<h1>${TITRE}</h1>
    <p>Il est ${whenOf(maintenant)} (${ecart})</p>
    <p>Classification du ${frenchDate(registre.classificationDateVersion)}</p>
    <p><a href="#gestes">Aller aux gestes</a></p>
    ${
      isGuarded
        ? html`<form method="post" action="/page/sortir"><button class="discret">Sortir</button></form>`
        : undefined
    }`;
}

/** La page entière. */
export function renderPage(view: PageView): Html {
  return renderDocument(
    TITRE,
    renderHeader(view),
    html`${renderSaid(view)} ${renderCounts(view)}
      <div class="pile">${renderTables(view)}</div>
      <div class="pile" id="gestes">${renderForms(view)}</div>`,
  );
}

/** La porte : le formulaire qui demande le jeton. */
export function renderDoor(faute?: string): Html {
  return renderDocument(
    `${TITRE} : entrer`,
    html`<h1>${TITRE}</h1>`,
    html`<section>
      <h2>Entrer</h2>
      ${faute === undefined ? undefined : html`<p role="alert">${faute}</p>`}
      <form class="champs" method="post" action="/page/entrer">
        <label>Jeton du simulateur <input type="password" name="jeton" required autocomplete="off" /></label>
        <p class="aide">C'est le réglage SIMULATEUR_JETON de ce simulateur.</p>
        <button>Entrer</button>
      </form>
    </section>`,
  );
}
