import type { CollectiviteId, DeliberationId, RetourId, TransmissionId } from '../ids';
import type { JobOutcome } from '../travaux/job-outcome';
import { giveUp } from '../travaux/job-outcome';
import type { JobName } from '../travaux/outbox-message';
import type { ApplyUseCases } from './retours';
import type { ClassificationUseCases } from './classification';
import type { DepartureUseCases } from './departure';
import type { PublicationUseCases } from './publication';

/** Ce qu'un travail fait de sa cible : en oublier un ne compile pas. */
export type JobTable = Readonly<Record<JobName, (targetId: string) => Promise<JobOutcome>>>;

const OTHER_CLASSIFICATION = 'La préfecture nomme une autre nomenclature.';

/** La seule table d'un travail à son cas d'usage : les files la lisent, et les services des essais avec elles. */
export function jobTableOf(
  useCases: Omit<DepartureUseCases, 'departures'> &
    ApplyUseCases &
    PublicationUseCases &
    Pick<ClassificationUseCases, 'requestClassification'>,
): JobTable {
  const { seal, submit, reconcile, apply, publish, requestClassification, resubmitOutdated } = useCases;
  return {
    'seal-enveloppe': (id) => seal.execute(id as TransmissionId),
    'submit-enveloppe': (id) => submit.execute(id as TransmissionId),
    'reconcile-envoi': (id) => reconcile.execute(id as TransmissionId),
    'apply-retour': (id) => apply.execute(id as RetourId),
    'track-publication': async (id) => {
      const followed = await publish.follow(id as DeliberationId);
      if (!followed.ok) return giveUp(followed.problem);
      return { kind: 'done', state: followed.value === null ? 'inchangée' : 'published' };
    },
    'request-classification': (id) =>
      requestClassification.execute(id as CollectiviteId, OTHER_CLASSIFICATION),
    'resubmit-outdated': (id) => resubmitOutdated.execute(id as TransmissionId),
  };
}
