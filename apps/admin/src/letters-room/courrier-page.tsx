import type { Instant } from '@teletransmission/kernel';
import { isOneOf } from '@teletransmission/kernel';
import type {
  Compte,
  CourrierDossier,
  LettreDocument,
  ReponseView,
} from '@teletransmission/teletransmission';
import {
  allowedReponses,
  FLUX_REPONSES,
  LETTRE_LABELS,
  REMARQUE_PIECE_LABELS,
  REPONSE_LABELS,
  STOPPED_STATES,
  suiteOfReponse,
} from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { TimelineCard } from '../timeline/timeline-card';
import { timelineGroupsOf } from '../timeline/timeline-groups';
import { tailleLisible } from '../format/taille';
import { fluxLabel } from '../layout/flux-label';
import { renderPage } from '../layout/page-frame';
import { StackedTable } from '../layout/stacked-table';
import { CorrespondanceBadge, OverdueBadge, TransmissionBadge } from '../layout/state-badge';
import { Age, Day, ExactTime } from '../layout/time-tag';
import { EcheanceTag } from './echeance-tag';

/** Ce que chaque état de la lettre demande, en une phrase. */
const EXPLANATIONS = {
  received: 'Elle attend une réponse de la collectivité.',
  answering:
    'Une réponse est déposée ; la lettre sera close à l’accusé de la préfecture, ou à la remise d’un message qu’elle n’accuse pas.',
  answered: 'Rien à faire : la réponse est à la préfecture.',
  filed: 'Rien à faire : une personne l’a classée sans suite, avec son motif.',
  noted:
    'Un déféré ne se répond pas par cette voie : transmettez-le au service juridique, puis dites-le pris en charge.',
  taken: 'Il est pris en charge : le fil dit par qui, quand et pourquoi.',
} as const;

function LetterCard({ dossier }: { readonly dossier: CourrierDossier }): VNode {
  const { view, lettre, source } = dossier;
  return (
    <section class="carte" aria-labelledby="lettre">
      <h2 id="lettre">Ce qu’elle dit</h2>
      {lettre.texte === null ? (
        <p class="vide">Elle ne porte pas de texte : lisez ses documents.</p>
      ) : (
        <p class="lettre-texte">{lettre.texte}</p>
      )}
      <h3>Ses documents</h3>
      {lettre.documents.length === 0 ? (
        <p class="vide">Aucun document joint.</p>
      ) : (
        <StackedTable<LettreDocument>
          legende="Documents joints à la lettre"
          rows={lettre.documents}
          keyOf={({ rang }) => String(rang)}
          columns={[
            {
              titre: 'Fichier',
              isRowHeader: true,
              class: 'fichier',
              cell: ({ rang, nomFichier }) => (
                <a href={`/courriers/${view.id}/documents/${rang}`}>{nomFichier}</a>
              ),
            },
            { titre: 'Taille', class: 'nombre', cell: ({ tailleOctets }) => tailleLisible(tailleOctets) },
            {
              titre: 'Empreinte SHA-256',
              class: 'empreinte',
              cell: ({ empreinte }) => <code>{empreinte}</code>,
            },
          ]}
        />
      )}
      {source === null ? null : (
        <p>
          <a href={`/courriers/${view.id}/archive`}>Télécharger le message tel qu’il est arrivé</a>{' '}
          <span class="discret">
            ({source.nom}, {tailleLisible(source.tailleOctets)})
          </span>
        </p>
      )}
    </section>
  );
}

function FactsCard({ dossier, now }: { readonly dossier: CourrierDossier; readonly now: Instant }): VNode {
  const { view } = dossier;
  return (
    <section class="carte" aria-labelledby="reperes">
      <h2 id="reperes">Repères</h2>
      <dl class="faits">
        <dt>Acte</dt>
        <dd>
          <a href={`/deliberations/${view.deliberation.id}`}>{view.deliberation.objet}</a>
        </dd>
        <dt>Identifiant de l’acte</dt>
        <dd>
          <code>{view.identifiantActe}</code>
        </dd>
        <dt>Collectivité</dt>
        <dd>
          <a href={`/courriers?siren=${view.collectivite.siren}`}>{view.collectivite.nom}</a> (SIREN{' '}
          {view.collectivite.siren})
        </dd>
        <dt>Date de la lettre</dt>
        <dd>
          <Day date={view.dateCourrier} />
        </dd>
        <dt>Reçue</dt>
        <dd>
          <ExactTime at={view.recueLe} now={now} />
        </dd>
        <dt>Échéance</dt>
        <dd>
          <EcheanceTag courrier={view} now={now} />
        </dd>
      </dl>
    </section>
  );
}

function ReponseLine({ reponse, now }: { readonly reponse: ReponseView; readonly now: Instant }): VNode {
  const { texte } = suiteOfReponse(reponse);
  return (
    <li class="evenement">
      <h3>{fluxLabel(reponse.flux)}</h3>
      <p>
        <TransmissionBadge state={reponse.state} />
        {reponse.isOverdue ? <OverdueBadge /> : null}{' '}
        <span class="discret">
          <Age at={reponse.since} now={now} />
        </span>
      </p>
      <p>{texte}</p>
      {reponse.stopReason === null ? null : (
        <div class="alerte">
          <p>{reponse.stopReason.detail}</p>
          <p class="discret">
            Code <code>{reponse.stopReason.code}</code>
          </p>
        </div>
      )}
      {reponse.pieces.length === 0 ? null : (
        <p class="discret">
          {reponse.pieces
            .map(({ nomFichier, tailleOctets, remarques }) =>
              [
                `${nomFichier} (${tailleLisible(tailleOctets)})`,
                ...(remarques ?? []).map((remarque) => REMARQUE_PIECE_LABELS[remarque]),
              ].join(' ; '),
            )
            .join(', ')}
        </p>
      )}
    </li>
  );
}

/** Par où une personne sort d'une réponse arrêtée ou sans nouvelles. */
function StoppedReponse({
  id,
  reponse,
}: {
  readonly id: string;
  readonly reponse: ReponseView | undefined;
}): VNode | null {
  if (!reponse || !isOneOf(FLUX_REPONSES, reponse.flux)) return null;
  const isUnsettled = reponse.state === 'uncertain' || reponse.isOverdue;
  const address = `/v1/correspondances/${id}/reponse`;
  if (isOneOf(STOPPED_STATES, reponse.state))
    return (
      <p class="discret">
        Remettre la réponse en file : <code>POST {address}/reprise</code> ; la retirer :{' '}
        <code>POST {address}/retrait</code>, avec un motif.
      </p>
    );
  return isUnsettled ? (
    <p class="discret">
      Dire ce que la préfecture en a, à deux : <code>POST {address}/constat</code>
    </p>
  ) : null;
}

function AnswerCard({ dossier, now }: { readonly dossier: CourrierDossier; readonly now: Instant }): VNode {
  const { view, reponses } = dossier;
  const isPending = view.state === 'received' || view.state === 'noted';
  const allowed = view.state === 'received' ? allowedReponses(view.flux) : [];
  return (
    <section class={isPending ? 'carte carte-agir' : 'carte'} aria-labelledby="reponses">
      <h2 id="reponses">Répondre</h2>
      <p>{EXPLANATIONS[view.state]}</p>
      {allowed.length === 0 ? null : (
        <>
          <p>Réponses permises à cette lettre :</p>
          <ul>
            {allowed.map((flux) => (
              <li key={flux}>
                {REPONSE_LABELS[flux]} ({flux}) :{' '}
                {flux === '3-4' ? 'un document ou plusieurs' : 'un document'}
              </li>
            ))}
          </ul>
          <p class="discret">
            Depuis le logiciel de la collectivité : <code>POST /v1/correspondances/{view.id}/reponse</code>
          </p>
        </>
      )}
      {view.state === 'received' && view.flux === '2-1' ? (
        <p class="discret">
          Rien à répondre ? Classer sans suite, avec un motif :{' '}
          <code>POST /v1/correspondances/{view.id}/classement</code>
        </p>
      ) : null}
      <StoppedReponse id={view.id} reponse={reponses.at(-1)} />
      {view.state === 'noted' ? (
        <p class="discret">
          Depuis le logiciel de la collectivité :{' '}
          <code>POST /v1/correspondances/{view.id}/prise-en-charge</code>
        </p>
      ) : null}
      <h3>Ce que nous avons rendu</h3>
      {reponses.length === 0 ? (
        <p class="vide">Rien encore.</p>
      ) : (
        <ol class="evenements">
          {reponses.map((reponse) => (
            <ReponseLine key={reponse.transmissionId} reponse={reponse} now={now} />
          ))}
        </ol>
      )}
    </section>
  );
}

/** La page d'une lettre : ce qu'elle demande, pour quand, ce qu'on en a fait, et les preuves. */
export function renderCourrier(dossier: CourrierDossier, compte: Compte, now: Instant): string {
  const { view } = dossier;
  const titre = `${LETTRE_LABELS[view.flux]} (${view.flux})`;
  return renderPage(
    {
      titre,
      compte,
      fil: [
        { titre: 'Accueil', href: '/' },
        { titre: 'Courriers', href: '/courriers' },
      ],
      room: 'courriers',
    },
    <>
      <p class="surtitre">
        {view.collectivite.nom}, acte n° {view.deliberation.numeroInterne}
      </p>
      <h1>{titre}</h1>
      <p>
        <CorrespondanceBadge state={view.state} />
      </p>
      <div class="deux-colonnes">
        <AnswerCard dossier={dossier} now={now} />
        <FactsCard dossier={dossier} now={now} />
      </div>
      <LetterCard dossier={dossier} />
      <TimelineCard
        deliberationId={view.deliberation.id}
        groups={timelineGroupsOf({ history: dossier.history, envois: [], retours: [] })}
        isCut={false}
        now={now}
      />
    </>,
  );
}
