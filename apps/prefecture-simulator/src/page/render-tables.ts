import { frenchDate } from '@teletransmission/kernel';
import type { ArchiveView, CourrierView, RegistreView } from '../http/registre-view';
import { html } from './html';
import type { Html } from './html';
import type { PageView } from './page-view';
import { whenOf } from './when-of';

const MONTRES = 30;

/** Les dernières lignes d'une liste, la plus récente d'abord, et combien il en reste. */
function renderTable<T>(
  id: string,
  titre: string,
  vide: string,
  colonnes: readonly string[],
  lignes: readonly T[],
  render: (ligne: T) => Html,
): Html {
  const reste = lignes.length - MONTRES;
  const table = html`<div class="defile" role="region" aria-labelledby="${id}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${colonnes.map((colonne) => html`<th scope="col">${colonne}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${lignes.slice(-MONTRES).reverse().map(render)}
      </tbody>
    </table>
  </div>`;
  return html`<section>
    <h2 id="${id}">${titre}</h2>
    ${lignes.length === 0 ? html`<p class="vide">${vide}</p>` : table}
    ${reste > 0 ? html`<p class="aide">Et ${reste} plus anciens, dans GET /pilotage/registre.</p>` : undefined}
  </section>`;
}

const VERDICTS = { accepte: '✓ accepté', anomalie: '✗ anomalie', silence: '… silence' } as const;

function renderArchive({
  nom,
  recueLe,
  etat,
  anomalieEnveloppe,
  actes,
  scenario,
  reponses,
}: ArchiveView): Html {
  const verdict = anomalieEnveloppe
    ? html`✗ archive rejetée <small>${anomalieEnveloppe.nature} · ${anomalieEnveloppe.detail}</small>`
    : actes.map(
        ({ flux = '1-1', identifiantActe, verdict, anomalie }) =>
          html`<div>
            ${flux} ${VERDICTS[verdict]}
            <small>${identifiantActe ?? 'sans acte'}</small>
            ${anomalie ? html`<small>${anomalie.nature} · ${anomalie.detail}</small>` : undefined}
          </div>`,
      );
  const attente = etat === 'prise' ? 'à juger' : '… silence';
  return html`<tr>
    <td class="nom">${nom} <small>${reponses.join(', ')}</small></td>
    <td>${whenOf(recueLe)}</td>
    <td>${anomalieEnveloppe || actes.length > 0 ? verdict : attente}</td>
    <td>${scenario}</td>
  </tr>`;
}

function renderRetour(maintenant: string) {
  return ({
    flux,
    nom,
    identifiantActe,
    disponibleLe,
    releve,
    alterations,
  }: RegistreView['retours'][number]): Html => {
    const attente = disponibleLe <= maintenant ? '● à relever' : '… retenu';
    return html`<tr>
      <td>${flux}</td>
      <td class="nom">
        ${nom} ${identifiantActe === null ? undefined : html`<small>${identifiantActe}</small>`}
      </td>
      <td>${whenOf(disponibleLe)}</td>
      <td>
        ${releve ? '✓ relevé' : attente}
        ${alterations.length > 0 ? html`<small>altéré : ${alterations.join(', ')}</small>` : undefined}
      </td>
    </tr>`;
  };
}

function renderCourrier(courrier: CourrierView): Html {
  const { flux, identifiantActe, dateCourrierPref, texte, surActeAnnule, reponses } = courrier;
  return html`<tr>
    <td>${flux}</td>
    <td class="nom">
      ${identifiantActe} ${surActeAnnule ? html`<small>⚠ l'acte était annulé</small>` : undefined}
      <small>${texte.slice(0, 120)}</small>
    </td>
    <td>${frenchDate(dateCourrierPref)}</td>
    <td>
      ${
        reponses.length === 0
          ? 'aucune réponse'
          : reponses.map((reponse) => html`<div>${reponse.flux} reçu ${whenOf(reponse.recueLe)}</div>`)
      }
    </td>
  </tr>`;
}

function renderScenario({ cle, consigne, pannes }: RegistreView['scenarios'][number]): Html {
  const { alterations = [], flux } = consigne;
  return html`<tr>
    <td class="nom">${cle}</td>
    <td>
      ${consigne.scenario} ${flux === undefined ? undefined : html`<small>pour le flux ${flux}</small>`}
      ${alterations.length > 0 ? html`<small>${alterations.join(', ')}</small>` : undefined}
    </td>
    <td>${pannes}</td>
    <td>
      <form method="post" action="/page/scenario-retire">
        <input type="hidden" name="cle" value="${cle}" />
        <button class="discret" aria-label="Retirer la consigne de ${cle}">Retirer</button>
      </form>
    </td>
  </tr>`;
}

/** Ce qui est arrivé et ce qui attend, en quatre tableaux. */
export function renderTables({ registre, maintenant }: PageView): Html {
  return html`${renderTable(
    't-archives',
    'Archives reçues',
    "Rien n'est encore arrivé.",
    ['Archive', 'Reçue', 'Verdict', 'Scénario'],
    registre.archives,
    renderArchive,
  )}
  ${renderTable(
    't-retours',
    'Retours',
    "Rien n'attend.",
    ['Flux', 'Retour', 'Disponible', 'État'],
    registre.retours,
    renderRetour(maintenant),
  )}
  ${renderTable(
    't-courriers',
    'Courriers de la préfecture',
    "La préfecture n'a rien écrit.",
    ['Flux', 'Acte', 'Daté du', 'Réponses'],
    registre.courriers,
    renderCourrier,
  )}
  ${renderTable(
    't-scenarios',
    'Consignes posées',
    "Aucune consigne : le comportement par défaut s'applique à tout.",
    ['Vise', 'Scénario', 'Pannes jouées', ''],
    registre.scenarios,
    renderScenario,
  )}`;
}
