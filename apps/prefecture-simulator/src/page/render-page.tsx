import { frenchDate } from '@teletransmission/kernel';
import type { VNode } from 'preact';
import type { PageView } from './page-view';
import { renderDocument } from './render-document';
import { Forms } from './render-forms';
import { Tables } from './render-tables';
import { WhenOf } from './when-of';

const TITRE = 'Préfecture simulée';

function Counts({ registre, maintenant, actes }: PageView): VNode {
  const retours = registre.retours.filter(({ releve }) => !releve);
  const prets = retours.filter(({ disponibleLe }) => disponibleLe <= maintenant).length;
  const comptes: readonly (readonly [number, string])[] = [
    [registre.archives.length, 'archives reçues'],
    [actes.length, 'actes accusés'],
    [registre.annules.length, 'actes annulés'],
    [registre.courriers.length, 'courriers envoyés'],
    [prets, 'retours à relever'],
    [retours.length - prets, 'retours retenus'],
    [registre.retours.length - retours.length, 'retours relevés'],
    [registre.refus.length, 'présentations refusées'],
  ];
  return (
    <section class="large" aria-labelledby="t-compte">
      <h2 id="t-compte">En un coup d’œil</h2>
      <ul class="compte">
        {comptes.map(([nombre, quoi]) => (
          <li key={quoi}>
            <strong>{nombre}</strong> {quoi}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Said({ message, problem }: Pick<PageView, 'message' | 'problem'>): VNode | null {
  if (problem) {
    const { detail, violations = [] } = problem;
    return (
      <section class="large faute" role="alert">
        <h2>Rien n’a été fait</h2>
        <p>{detail}</p>
        {violations.length > 0 ? (
          <ul>
            {violations.map(({ pointer, detail: faute }) => (
              <li key={pointer}>
                {pointer} : {faute}
              </li>
            ))}
          </ul>
        ) : null}
      </section>
    );
  }
  if (message === undefined) return null;
  return (
    <section class="large dit" role="status">
      <p class="vide">{message}</p>
    </section>
  );
}

function Header({ registre, maintenant, isGuarded }: PageView): VNode {
  const { ecartMs } = registre.horloge;
  const jours = Math.round(Math.abs(ecartMs) / 86_400_000);
  const sens = ecartMs > 0 ? 'en avance' : 'en retard';
  const ecart = ecartMs === 0 ? 'heure vraie' : `horloge jouée, ${sens} de ${jours} jour(s)`;
  return (
    <>
      <h1>{TITRE}</h1>
      <p>
        Il est <WhenOf instant={maintenant} /> ({ecart})
      </p>
      <p>Classification du {frenchDate(registre.classificationDateVersion)}</p>
      <p>
        <a href="#gestes">Aller aux gestes</a>
      </p>
      {isGuarded ? (
        <form method="post" action="/page/sortir">
          <button class="discret">Sortir</button>
        </form>
      ) : null}
    </>
  );
}

/** La page entière. */
export function renderPage(view: PageView): string {
  return renderDocument(
    TITRE,
    <Header {...view} />,
    <>
      <Said message={view.message} problem={view.problem} />
      <Counts {...view} />
      <div class="pile">
        <Tables registre={view.registre} maintenant={view.maintenant} />
      </div>
      <div class="pile" id="gestes">
        <Forms {...view} />
      </div>
    </>,
  );
}

/** La porte : le formulaire qui demande le jeton. */
export function renderDoor(faute?: string): string {
  return renderDocument(
    `${TITRE} : entrer`,
    <h1>{TITRE}</h1>,
    <section>
      <h2>Entrer</h2>
      {faute === undefined ? null : <p role="alert">{faute}</p>}
      <form class="champs" method="post" action="/page/entrer">
        <label>
          Jeton du simulateur <input type="password" name="jeton" required autocomplete="off" />
        </label>
        <p class="aide">C’est le réglage SIMULATEUR_JETON de ce simulateur.</p>
        <button>Entrer</button>
      </form>
    </section>,
  );
}
