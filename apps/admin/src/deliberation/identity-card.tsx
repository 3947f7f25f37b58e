import type { Instant } from '@teletransmission/kernel';
import type { DeliberationView } from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { ExactTime } from '../layout/time-tag';
import { matiereLabel, natureLabel } from './nomenclature-labels';

/** Ce qui désigne l'acte, ici et à la préfecture. */
export function IdentityCard({
  view,
  now,
}: {
  readonly view: DeliberationView;
  readonly now: Instant;
}): VNode {
  const { collectivite, transmission } = view;
  return (
    <section class="carte" aria-labelledby="identite">
      <h2 id="identite">Identité</h2>
      <dl class="faits">
        <dt>Identifiant de l’acte</dt>
        <dd>
          <code>{view.identifiantActe}</code>
        </dd>
        <dt>Collectivité</dt>
        <dd>
          <a href={`/deliberations?siren=${collectivite.siren}`}>{collectivite.nom}</a> (SIREN{' '}
          {collectivite.siren})
        </dd>
        <dt>Numéro interne</dt>
        <dd>{view.numeroInterne}</dd>
        <dt>Nature</dt>
        <dd>{natureLabel(view.nature)}</dd>
        <dt>Matière</dt>
        <dd>{matiereLabel(view.matiere)}</dd>
        <dt>Déposée</dt>
        <dd>
          <ExactTime at={view.deposeeLe} now={now} />
        </dd>
        {view.corrige === null ? null : (
          <>
            <dt>Corrige</dt>
            <dd>
              <a href={`/deliberations/${view.corrige}`}>l’acte arrêté qu’elle remplace</a>
            </dd>
          </>
        )}
        {view.corrigeePar === null ? null : (
          <>
            <dt>Corrigée par</dt>
            <dd>
              <a href={`/deliberations/${view.corrigeePar}`}>le dépôt qui la remplace</a>
            </dd>
          </>
        )}
        <dt>Envois du cycle en cours</dt>
        <dd>{transmission.turn}</dd>
        <dt>Références internes</dt>
        <dd>
          délibération <code>{view.id}</code>, transmission <code>{transmission.id}</code>
        </dd>
      </dl>
    </section>
  );
}
