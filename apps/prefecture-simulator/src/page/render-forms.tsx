import type { ComponentChildren, VNode } from 'preact';
import { TITRES } from '../answers/courrier-messages';
import { ALTERATIONS } from '../scenarios/alteration';
import { SCENARIOS } from '../scenarios/scenario';
import type { PageView } from './page-view';

function Datalist({ id, valeurs }: { readonly id: string; readonly valeurs: readonly string[] }): VNode {
  return (
    <datalist id={id}>
      {valeurs.map((valeur) => (
        <option key={valeur} value={valeur} />
      ))}
    </datalist>
  );
}

function Alterations(): VNode {
  return (
    <details>
      <summary>De travers</summary>
      <fieldset>
        <legend>Altérations de la réponse</legend>
        {ALTERATIONS.map((alteration) => (
          <label key={alteration}>
            <input type="checkbox" name="alterations" value={alteration} />
            {alteration}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

/** Ce qu'un champ attend, et ce qu'il vaut vide. */
function Aide({ children }: { readonly children: ComponentChildren }): VNode {
  return <span>({children})</span>;
}

function Courrier({ actes }: Pick<PageView, 'actes'>): VNode {
  return (
    <section>
      <h2>Écrire un courrier</h2>
      <form class="champs" method="post" action="/page/courrier">
        <label>
          Acte accusé <input name="identifiantActe" list="actes" required autocomplete="off" />
        </label>
        <Datalist id="actes" valeurs={actes.slice(-200).reverse()} />
        <label>
          Courrier{' '}
          <select name="flux">
            {Object.entries(TITRES).map(([flux, titre]) => (
              <option key={flux} value={flux}>
                {flux} · {titre}
              </option>
            ))}
          </select>
        </label>
        <label>
          Date portée <Aide>vide : aujourd’hui</Aide> <input type="date" name="dateCourrierPref" />
        </label>
        <label>
          Texte <Aide>vide : un texte type</Aide> <textarea name="texte" rows={3} />
        </label>
        <label>
          Documents <Aide>un seul, sauf pour un déféré</Aide>{' '}
          <input type="number" name="documents" min="0" max="20" value="1" />
        </label>
        <Alterations />
        <button>Envoyer le courrier</button>
      </form>
    </section>
  );
}

interface ConsigneProps {
  readonly choisi: string;
  readonly scenarios: readonly string[];
}

function ConsigneFields({ choisi, scenarios }: ConsigneProps): VNode {
  return (
    <>
      <label>
        Scénario{' '}
        <select name="scenario">
          {scenarios.map((scenario) => (
            <option key={scenario} value={scenario} selected={scenario === choisi}>
              {scenario}
            </option>
          ))}
        </select>
      </label>
      <label>
        Délai en secondes <Aide>vide : celui des réglages</Aide> <input type="number" name="delaiS" min="0" />
      </label>
      <label>
        Nature de l’anomalie <Aide>trois chiffres</Aide>{' '}
        <input name="nature" pattern="[0-9]{3}" maxlength={3} autocomplete="off" />
      </label>
      <Alterations />
    </>
  );
}

function Scenarios({ registre, actes }: Pick<PageView, 'registre' | 'actes'>): VNode {
  return (
    <section>
      <h2>Choisir un scénario</h2>
      <form class="champs" method="post" action="/page/scenario">
        <label>
          Vise <Aide>identifiant d’acte, numéro interne, nom d’archive ou SIREN</Aide>{' '}
          <input name="cle" list="cibles" required autocomplete="off" />
        </label>
        <Datalist id="cibles" valeurs={actes.slice(-200).reverse()} />
        <label>
          Flux <Aide>vide : tous</Aide>{' '}
          <input name="flux" pattern="[1-7]-[1-4]" maxlength={3} autocomplete="off" />
        </label>
        <ConsigneFields choisi="accepter" scenarios={SCENARIOS} />
        <button>Poser la consigne</button>
      </form>
      <form class="champs" method="post" action="/page/defaut">
        <p class="aide">Pour tout ce qu’aucune consigne ne vise :</p>
        <ConsigneFields choisi={registre.defaut.scenario} scenarios={[...SCENARIOS, 'hasard']} />
        <button>Changer le défaut</button>
      </form>
    </section>
  );
}

const AVANCES: readonly (readonly [string, string])[] = [
  ['PT1H', '+ 1 heure'],
  ['P1D', '+ 1 jour'],
  ['P1M', '+ 1 mois'],
  ['P2M', '+ 2 mois'],
];

function Clock(): VNode {
  return (
    <section>
      <h2>Bouger l’horloge</h2>
      <form class="ligne" method="post" action="/page/horloge">
        {AVANCES.map(([duree, texte]) => (
          <button key={duree} class="discret" name="avancer" value={duree}>
            {texte}
          </button>
        ))}
      </form>
      <form class="champs" method="post" action="/page/horloge">
        <label>
          Aller à <Aide>2027-01-25T08:00:00Z</Aide>{' '}
          <input name="instant" required placeholder="2027-01-25T08:00:00Z" autocomplete="off" />
        </label>
        <button>Y aller</button>
      </form>
      <form class="champs" method="post" action="/page/horloge-vraie">
        <button class="discret">Revenir à l’heure vraie</button>
      </form>
    </section>
  );
}

function Classification({ sirens }: Pick<PageView, 'sirens'>): VNode {
  return (
    <section>
      <h2>Classification</h2>
      <form class="champs" method="post" action="/page/classification">
        <label>
          Nouvelle version datée du <input type="date" name="dateVersion" required />
        </label>
        <p class="aide">Les actes qui portent l’ancienne date seront refusés par 002.</p>
        <button>Publier</button>
      </form>
      <form class="champs" method="post" action="/page/classification-envoi">
        <label>
          Envoyer sans demande au SIREN <input name="siren" list="sirens" required pattern="[0-9]{9}" />
        </label>
        <Datalist id="sirens" valeurs={sirens} />
        <button>Envoyer un 7-2</button>
      </form>
    </section>
  );
}

/** Les gestes de la préfecture, un formulaire chacun. */
export function Forms({ registre, actes, sirens }: PageView): VNode {
  return (
    <>
      <Courrier actes={actes} />
      <Scenarios registre={registre} actes={actes} />
      <Clock />
      <Classification sirens={sirens} />
    </>
  );
}
