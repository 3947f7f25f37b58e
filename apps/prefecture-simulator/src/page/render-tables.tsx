import type { Instant } from '@teletransmission/kernel';
import { frenchDate } from '@teletransmission/kernel';
import type { VNode } from 'preact';
import type { ArchiveView, CourrierView, RegistreView } from '../http/registre-view';
import type { PageView } from './page-view';
import { WhenOf } from './when-of';

const MONTRES = 30;

interface TableProps<Ligne> {
  readonly id: string;
  readonly titre: string;
  readonly vide: string;
  readonly colonnes: readonly string[];
  readonly lignes: readonly Ligne[];
  readonly render: (ligne: Ligne) => VNode;
}

/** Les dernières lignes d'une liste, la plus récente d'abord, et combien il en reste. */
function Table<Ligne>({ id, titre, vide, colonnes, lignes, render }: TableProps<Ligne>): VNode {
  const reste = lignes.length - MONTRES;
  return (
    <section>
      <h2 id={id}>{titre}</h2>
      {lignes.length === 0 ? (
        <p class="vide">{vide}</p>
      ) : (
        <div class="defile" role="region" aria-labelledby={id} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {colonnes.map((colonne) => (
                  <th key={colonne} scope="col">
                    {colonne}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{lignes.slice(-MONTRES).reverse().map(render)}</tbody>
          </table>
        </div>
      )}
      {reste > 0 ? <p class="aide">Et {reste} plus anciens, dans GET /pilotage/registre.</p> : null}
    </section>
  );
}

const VERDICTS = { accepte: '✓ accepté', anomalie: '✗ anomalie', silence: '… silence' } as const;

type ActeView = ArchiveView['actes'][number];

function Verdict({ flux = '1-1', identifiantActe, verdict, anomalie }: ActeView): VNode {
  return (
    <div>
      {flux} {VERDICTS[verdict]} <small>{identifiantActe ?? 'sans acte'}</small>
      {anomalie ? (
        <small>
          {anomalie.nature} · {anomalie.detail}
        </small>
      ) : null}
    </div>
  );
}

function renderArchive(archive: ArchiveView): VNode {
  const { nom, recueLe, etat, anomalieEnveloppe, actes, scenario, reponses } = archive;
  const attente = etat === 'prise' ? 'à juger' : '… silence';
  return (
    <tr>
      <td class="nom">
        {nom} <small>{reponses.join(', ')}</small>
      </td>
      <td>
        <WhenOf instant={recueLe} />
      </td>
      <td>
        {anomalieEnveloppe ? (
          <>
            ✗ archive rejetée{' '}
            <small>
              {anomalieEnveloppe.nature} · {anomalieEnveloppe.detail}
            </small>
          </>
        ) : null}
        {anomalieEnveloppe ? null : actes.map((acte, rang) => <Verdict key={rang} {...acte} />)}
        {!anomalieEnveloppe && actes.length === 0 ? attente : null}
      </td>
      <td>{scenario}</td>
    </tr>
  );
}

function renderRetour(maintenant: Instant): (retour: RegistreView['retours'][number]) => VNode {
  return ({ flux, nom, identifiantActe, disponibleLe, releve, alterations }) => {
    const attente = disponibleLe <= maintenant ? '● à relever' : '… retenu';
    return (
      <tr>
        <td>{flux}</td>
        <td class="nom">
          {nom} {identifiantActe === null ? null : <small>{identifiantActe}</small>}
        </td>
        <td>
          <WhenOf instant={disponibleLe} />
        </td>
        <td>
          {releve ? '✓ relevé' : attente}
          {alterations.length > 0 ? <small>altéré : {alterations.join(', ')}</small> : null}
        </td>
      </tr>
    );
  };
}

function renderCourrier(courrier: CourrierView): VNode {
  const { flux, identifiantActe, dateCourrierPref, texte, surActeAnnule, reponses } = courrier;
  return (
    <tr>
      <td>{flux}</td>
      <td class="nom">
        {identifiantActe} {surActeAnnule ? <small>⚠ l’acte était annulé</small> : null}
        <small>{texte.slice(0, 120)}</small>
      </td>
      <td>{frenchDate(dateCourrierPref)}</td>
      <td>
        {reponses.length === 0 ? 'aucune réponse' : null}
        {reponses.map((reponse, rang) => (
          <div key={rang}>
            {reponse.flux} reçu <WhenOf instant={reponse.recueLe} />
          </div>
        ))}
      </td>
    </tr>
  );
}

function renderScenario({ cle, consigne, pannes }: RegistreView['scenarios'][number]): VNode {
  const { alterations = [], flux } = consigne;
  return (
    <tr>
      <td class="nom">{cle}</td>
      <td>
        {consigne.scenario} {flux === undefined ? null : <small>pour le flux {flux}</small>}
        {alterations.length > 0 ? <small>{alterations.join(', ')}</small> : null}
      </td>
      <td>{pannes}</td>
      <td>
        <form method="post" action="/page/scenario-retire">
          <input type="hidden" name="cle" value={cle} />
          <button class="discret" aria-label={`Retirer la consigne de ${cle}`}>
            Retirer
          </button>
        </form>
      </td>
    </tr>
  );
}

/** Ce qui est arrivé et ce qui attend, en quatre tableaux. */
export function Tables({ registre, maintenant }: Pick<PageView, 'registre' | 'maintenant'>): VNode {
  return (
    <>
      <Table
        id="t-archives"
        titre="Archives reçues"
        vide="Rien n’est encore arrivé."
        colonnes={['Archive', 'Reçue', 'Verdict', 'Scénario']}
        lignes={registre.archives}
        render={renderArchive}
      />
      <Table
        id="t-retours"
        titre="Retours"
        vide="Rien n’attend."
        colonnes={['Flux', 'Retour', 'Disponible', 'État']}
        lignes={registre.retours}
        render={renderRetour(maintenant)}
      />
      <Table
        id="t-courriers"
        titre="Courriers de la préfecture"
        vide="La préfecture n’a rien écrit."
        colonnes={['Flux', 'Acte', 'Daté du', 'Réponses']}
        lignes={registre.courriers}
        render={renderCourrier}
      />
      <Table
        id="t-scenarios"
        titre="Consignes posées"
        vide="Aucune consigne : le comportement par défaut s’applique à tout."
        colonnes={['Vise', 'Scénario', 'Pannes jouées', '']}
        lignes={registre.scenarios}
        render={renderScenario}
      />
    </>
  );
}
