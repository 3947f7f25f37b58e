import { TITRES } from '../answers/courrier-messages';
import { ALTERATIONS } from '../scenarios/alteration';
import { SCENARIOS } from '../scenarios/scenario';
import { html } from './html';
import type { Html } from './html';
import type { PageView } from './page-view';

const options = (valeurs: readonly string[], choisie?: string): readonly Html[] =>
  valeurs.map((valeur) =>
    valeur === choisie
      ? html`<option value="${valeur}" selected>${valeur}</option>`
      : html`<option value="${valeur}">${valeur}</option>`,
  );

const datalist = (id: string, valeurs: readonly string[]): Html =>
  html`<datalist id="${id}">${valeurs.map((valeur) => html`<option value="${valeur}"></option>`)}</datalist>`;

const alterations = (): Html =>
  html`<details>
    <summary>De travers</summary>
    <fieldset>
      <legend>Altérations de la réponse</legend>
      ${ALTERATIONS.map(
        (alteration) =>
          html`<label
            ><input type="checkbox" name="alterations" value="${alteration}" />${alteration}</label
          >`,
      )}
    </fieldset>
  </details>`;

function renderCourrier({ actes }: PageView): Html {
  return html`<section>
    <h2>Écrire un courrier</h2>
    <form class="champs" method="post" action="/page/courrier">
      <label>Acte accusé <input name="identifiantActe" list="actes" required autocomplete="off" /></label>
      ${datalist('actes', actes.slice(-200).reverse())}
      <label>
        Courrier
        <select name="flux">
          ${Object.entries(TITRES).map(
            ([flux, titre]) => html`<option value="${flux}">${flux} · ${titre}</option>`,
          )}
        </select>
      </label>
      <label
        >Date portée <span>(vide : aujourd'hui)</span> <input type="date" name="dateCourrierPref"
      /></label>
      <label>Texte <span>(vide : un texte type)</span> <textarea name="texte" rows="3"></textarea></label>
      <label>
        Documents <span>(un seul, sauf pour un déféré)</span>
        <input type="number" name="documents" min="0" max="20" value="1" />
      </label>
      ${alterations()}
      <button>Envoyer le courrier</button>
    </form>
  </section>`;
}

const consigneFields = (choisi: string, scenarios: readonly string[]): Html =>
  html`<label>
      Scénario
      <select name="scenario">
        ${options(scenarios, choisi)}
      </select>
    </label>
    <label>
      Délai en secondes <span>(vide : celui des réglages)</span>
      <input type="number" name="delaiS" min="0" />
    </label>
    <label>
      Nature de l'anomalie <span>(trois chiffres)</span>
      <input name="nature" pattern="[0-9]{3}" maxlength="3" autocomplete="off" />
    </label>
    ${alterations()}`;

function renderScenarios({ registre, actes }: PageView): Html {
  return html`<section>
    <h2>Choisir un scénario</h2>
    <form class="champs" method="post" action="/page/scenario">
      <label>
        Vise <span>(identifiant d'acte, numéro interne, nom d'archive ou SIREN)</span>
        <input name="cle" list="cibles" required autocomplete="off" />
      </label>
      ${datalist('cibles', actes.slice(-200).reverse())}
      <label>
        Flux <span>(vide : tous)</span>
        <input name="flux" pattern="[1-7]-[1-4]" maxlength="3" autocomplete="off" />
      </label>
      ${consigneFields('accepter', SCENARIOS)}
      <button>Poser la consigne</button>
    </form>
    <form class="champs" method="post" action="/page/defaut">
      <p class="aide">Pour tout ce qu'aucune consigne ne vise :</p>
      ${consigneFields(registre.defaut.scenario, [...SCENARIOS, 'hasard'])}
      <button>Changer le défaut</button>
    </form>
  </section>`;
}

const AVANCES: readonly [string, string][] = [
  ['PT1H', '+ 1 heure'],
  ['P1D', '+ 1 jour'],
  ['P1M', '+ 1 mois'],
  ['P2M', '+ 2 mois'],
];

function renderClock(): Html {
  return html`<section>
    <h2>Bouger l'horloge</h2>
    <form class="ligne" method="post" action="/page/horloge">
      ${AVANCES.map(
        ([duree, texte]) => html`<button class="discret" name="avancer" value="${duree}">${texte}</button>`,
      )}
    </form>
    <form class="champs" method="post" action="/page/horloge">
      <label>
        Aller à <span>(2027-01-25T08:00:00Z)</span>
        <input name="instant" required placeholder="2027-01-25T08:00:00Z" autocomplete="off" />
      </label>
      <button>Y aller</button>
    </form>
    <form class="champs" method="post" action="/page/horloge-vraie">
      <button class="discret">Revenir à l'heure vraie</button>
    </form>
  </section>`;
}

function renderClassification({ sirens }: PageView): Html {
  return html`<section>
    <h2>Classification</h2>
    <form class="champs" method="post" action="/page/classification">
      <label>Nouvelle version datée du <input type="date" name="dateVersion" required /></label>
      <p class="aide">Les actes qui portent l'ancienne date seront refusés par 002.</p>
      <button>Publier</button>
    </form>
    <form class="champs" method="post" action="/page/classification-envoi">
      <label
        >Envoyer sans demande au SIREN <input name="siren" list="sirens" required pattern="[0-9]{9}"
      /></label>
      ${datalist('sirens', sirens)}
      <button>Envoyer un 7-2</button>
    </form>
  </section>`;
}

/** Les gestes de la préfecture, un formulaire chacun. */
export function renderForms(view: PageView): Html {
  return html`${renderCourrier(view)} ${renderScenarios(view)} ${renderClock()} ${renderClassification(view)}`;
}
