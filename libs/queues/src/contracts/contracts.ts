import { applyRetourContract } from './apply-retour.contract';
import { collectRetoursContract } from './collect-retours.contract';
import type { JobContract, QueueName } from './job-contract';
import { raiseAlertesContract } from './raise-alertes.contract';
import { requestClassificationContract } from './request-classification.contract';
import { resubmitOutdatedContract } from './resubmit-outdated.contract';
import { reconcileEnvoiContract } from './reconcile-envoi.contract';
import { sealEnveloppeContract } from './seal-enveloppe.contract';
import { submitEnveloppeContract } from './submit-enveloppe.contract';
import { sweepDeadlinesContract } from './sweep-deadlines.contract';
import { forgetExpiredContract } from './forget-expired.contract';
import { purgeOrphansContract } from './purge-orphans.contract';
import { verifyDocumentsContract } from './verify-documents.contract';
import { trackPublicationContract } from './track-publication.contract';

/** Un contrat par file : en oublier un ne compile pas. */
export const CONTRACTS: Readonly<Record<QueueName, JobContract>> = {
  'seal-enveloppe': sealEnveloppeContract,
  'submit-enveloppe': submitEnveloppeContract,
  'reconcile-envoi': reconcileEnvoiContract,
  'collect-retours': collectRetoursContract,
  'apply-retour': applyRetourContract,
  'track-publication': trackPublicationContract,
  'request-classification': requestClassificationContract,
  'resubmit-outdated': resubmitOutdatedContract,
  'sweep-deadlines': sweepDeadlinesContract,
  'raise-alertes': raiseAlertesContract,
  'verify-documents': verifyDocumentsContract,
  'purge-orphans': purgeOrphansContract,
  'forget-expired': forgetExpiredContract,
};
