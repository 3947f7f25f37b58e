import type { Instant } from '@teletransmission/kernel';
import type { Compte } from '@teletransmission/teletransmission';
import { situationOf } from '@teletransmission/teletransmission';
import { exactTime } from '../format/exact-time';
import { CourriersCard } from '../letters-room/courriers-card';
import { renderPage } from '../layout/page-frame';
import { OverdueBadge, PublicationBadge, TransmissionBadge } from '../layout/state-badge';
import { Age } from '../layout/time-tag';
import { DatesCard } from './dates-card';
import { DocumentsCard } from './documents-card';
import type { Dossier } from './dossier';
import { IdentityCard } from './identity-card';
import { NextStepCard } from './next-step-card';
import { timelineGroupsOf } from '../timeline/timeline-groups';
import { TimelineCard } from '../timeline/timeline-card';
import { TravauxCard } from './travaux-card';

/** La page d'une délibération : où elle en est, ce qui vient, ce qui s'est passé, et les preuves. */
export function renderDeliberation(dossier: Dossier, compte: Compte, now: Instant): string {
  const { view, pieces, courriers, travaux, isHistoryCut } = dossier;
  const { transmission, publication } = view;
  const situation = situationOf(view);
  const fil = [
    { titre: 'Accueil', href: '/' },
    { titre: 'Délibérations', href: '/deliberations' },
  ];
  return renderPage(
    { titre: `${view.numeroInterne}, ${view.collectivite.nom}`, compte, fil, room: 'deliberations' },
    <>
      <p class="surtitre">
        {view.collectivite.nom}, n° {view.numeroInterne}
      </p>
      <h1 class="objet-titre">{view.objet}</h1>
      <p class="papier">État au {exactTime(now)}, heure de Paris.</p>
      {/* Deux vies, deux états : la publication peut précéder l'accusé. */}
      <dl class="vies">
        <div>
          <dt>Transmission</dt>
          <dd>
            <TransmissionBadge state={transmission.state} phrase={situation.transmission} />
            {transmission.isOverdue ? <OverdueBadge /> : null}{' '}
            <span class="discret">
              <Age at={transmission.since} now={now} />
            </span>
            <p class="discret">{situation.transmission}</p>
          </dd>
        </div>
        <div>
          <dt>Publication</dt>
          <dd>
            <PublicationBadge state={publication.state} />
            <p class="discret">{situation.publication}</p>
          </dd>
        </div>
      </dl>
      <div class="deux-colonnes">
        <div class="colonne">
          <NextStepCard view={view} situation={situation} now={now} />
          <IdentityCard view={view} now={now} />
        </div>
        <DatesCard view={view} droit={situation.droit} />
      </div>
      <CourriersCard courriers={courriers} now={now} />
      <DocumentsCard view={view} pieces={pieces} />
      <TimelineCard
        deliberationId={view.id}
        groups={timelineGroupsOf(dossier)}
        isCut={isHistoryCut}
        now={now}
      />
      {travaux === null ? null : <TravauxCard travaux={travaux} now={now} />}
    </>,
  );
}
