export {
  collectiviteRegistered,
  compteOpened,
  compteRevoked,
  CONSOLE,
  jetonRenewed,
} from './audit/administration-entries';
export * from './alerte/alerte';
export {
  ALERTE_EVENT_LABELS,
  ALERTE_LABELS,
  alerteDetail,
  envoisNonPrisDetail,
  GRAVITE_LABELS,
  seuilEnMots,
} from './alerte/labels.fr';
export type { AlerteSeuils, AlerteWatch, Repere, SilenceBounds } from './alerte/seuils';
export { ALERTE_WATCHES, boundsOf } from './alerte/seuils';
export type { Actor, AuditEntry, AuditSubject, Evidence } from './audit/audit-entry';
export type { ChainedAuditEntry } from './audit/canonical-text';
export type { DepotFacts, Sha256 } from './audit/compare-depot';
export { compareDepot, depotEvidence } from './audit/compare-depot';
export type {
  ArchiveFacts,
  CorrespondanceFacts,
  PublicationFacts,
  RetourFacts,
  TransmissionFacts,
} from './audit/compare-lives';
export {
  compareCorrespondance,
  comparePublication,
  compareRetour,
  compareTransmission,
} from './audit/compare-lives';
export type { Comparison, Ecart, EcartCode, Unsaid } from './audit/ecart';
export type { JournalLine } from './audit/journal-line';
export { AUDIT_CHAIN_ORIGIN, auditCanonicalText } from './audit/canonical-text';
export { HISTORY_LABELS } from './audit/labels.fr';
export type { Collectivite, Referent } from './collectivite/collectivite';
export { checkCollectivite } from './collectivite/collectivite-rules';
export type { Compte, Role } from './compte/compte';
export { ROLES } from './compte/compte';
export type { Named } from './compte/authorize-on';
export { authorizeOn } from './compte/authorize-on';
export { authorize, PERMISSIONS } from './compte/permissions';
export type { Action } from './compte/permissions';
export type {
  CitedPiece,
  Deliberation,
  Format,
  JoinedSignature,
  Piece,
  PieceSignature,
  RemarquePiece,
  StoredFile,
} from './deliberation/deliberation';
export { FORMATS, REMARQUES_PIECE } from './deliberation/deliberation';
export type { AcceptedDossier } from './deliberation/deposit-rules';
export { OBJET_MAX } from './deliberation/deposit-rules';
export { ANNEXES_MAX } from './deliberation/piece-rules';
export { SIGNATURES_MAX_BYTES } from './deliberation/weight-rules';
export { demandeText } from './deliberation/demande-text';
export { misplaced } from './deliberation/judge-pieces';
export { isBudget } from './deliberation/piece-rules';
export { REMARQUE_PIECE_LABELS } from './deliberation/labels.fr';
export type { ActeReference, ReferenceLue } from './deliberation/reference';
export { comparableNumero, readReference } from './deliberation/reference';
export { searchableText } from './deliberation/searchable-text';
export type { Vote } from './deliberation/vote';
export { checkVote, isAdopted } from './deliberation/vote';
export * from './ids';
export type * from './ports/alertes';
export * from './ports/pouls';
export type { CollectiviteRepository } from './ports/collectivites';
export type { CompteRepository, CompteView, JetonView, StoredJeton } from './ports/comptes';
export type {
  DeliberationRepository,
  Deposit,
  DepositOutcome,
  DepositReceipt,
  IdempotencyKey,
} from './ports/deliberations';
export type { ConstatRepository } from './ports/constats';
export type * from './ports/decisions';
export type * from './ports/envois';
export type { Heartbeat } from './ports/heartbeat';
export type { ByteRange, DocumentStore, StoredContent } from './ports/document-store';
export * from './ports/mesures';
export type { OutboxMessage } from './ports/outbox-message';
export type {
  OutgoingArchive,
  PendingPage,
  PendingRetour,
  PrefectureGateway,
  SubmitAnswer,
  UnusableEntry,
} from './ports/prefecture-gateway';
export type { PublicationChange, PublicationRepository } from './ports/publications';
export type * from './ports/readings';
export type * from './ports/piece-inspector';
export type { SignatureVerifier, SignedContent, VerifiedSignature } from './ports/signature-verifier';
export type { SecretSource } from './ports/secret-source';
export type * from './ports/releves';
export type * from './ports/tray';
export type { RetourHandling, RetourRepository, RetourSettlement } from './ports/retours';
export type * from './ports/transmissions';
export type * from './ports/prefectures';
export type * from './ports/preuves';
export type * from './ports/rate-budget';
export type * from './ports/sending-places';
export type { ChainReadings, ChainView } from './ports/chain-readings';
export type { CircuitWatch } from './ports/circuit-watch';
export type { Departure, Departures } from './ports/departures';
export { CIRCUIT_STATES, CLOSED_CIRCUIT } from './prefecture/circuit';
export type { Circuit, CircuitNews, CircuitPolicy, CircuitState } from './prefecture/circuit';
export { DepartureGate } from './prefecture/departure-gate';
export { DEPARTURE_WAIT_CODES, departureWaitOf } from './prefecture/departure-wait';
export {
  BUDGET_HOUR_MS,
  BUDGET_MIN_WAIT_MS,
  BUDGET_RESERVE,
  BUDGET_YIELD_MS,
  shareBudget,
} from './prefecture/fair-share';
export { closureAt } from './prefecture/opening';
export { JOURS, newPrefecture } from './prefecture/prefecture';
export type { Fenetre, Interruption, Pause, Prefecture } from './prefecture/prefecture';
export { RegulatePrefecture } from './use-cases/administration/regulate-prefecture';
export { WatchCircuit } from './use-cases/watch-circuit';
export { PROBLEM_CODES, problems } from './problems';
export type { ProblemCode } from './problems';
export { dateExecutoire } from './publication/executoire';
export { isAdressePublique, MODELE_ADRESSE_MAX } from './publication/adresse';
export { MOYEN_LABELS, PUBLICATION_EVENT_LABELS, PUBLICATION_STATE_LABELS } from './publication/labels.fr';
export type { MoyenPublication } from './publication/moyens';
export { MOYENS_PUBLICATION } from './publication/moyens';
export type { DeclarationPublication, Publication } from './publication/publication';
export { advancePublication, checkPublicationDate } from './publication/publication';
export type { PublicationEvent, PublicationState } from './publication/transitions';
export * from './publication/transitions';
export { RETOUR_EVENT_LABELS, RETOUR_STATE_LABELS } from './retour/labels.fr';
export type { Remarque } from './retour/remarque';
export { remarqueText } from './retour/remarque';
export type { Retour } from './retour/retour';
export type { ActeDit } from './retour/acte-dit';
export { bareNumero } from './retour/acte-dit';
export { RETOUR_CASES, RETOUR_POLICY } from './retour/policy';
export type { RetourCase, RetourRule } from './retour/policy';
export * from './retour/transitions';
export { advanceTransmission, allowedTransmissionEvents } from './transmission/advance';
export { TRANSMISSION_EVENT_LABELS, TRANSMISSION_STATE_LABELS } from './transmission/labels.fr';
export type { StateLabel } from './transmission/labels.fr';
export type { Depart, Faits } from './situation/faits';
export { DEPARTS } from './situation/faits';
export type { Situation } from './situation/situation';
export { situationOf } from './situation/situation';
export type { NextStep } from './situation/suite.fr';
export { announcementOf, suiteOfReponse } from './situation/suite.fr';
export { nextTurnAt, RETRY_POLICY } from './transmission/retry-policy';
export type { RetryPolicy } from './transmission/retry-policy';
export { changeState } from './transmission/state-change';
export type { FluxTransmis, StopReason, Transmission } from './transmission/transmission';
export * from './transmission/transitions';
export { AdoptClassification } from './use-cases/adopt-classification';
export { FindActe } from './use-cases/find-acte';
export { FindConcerned } from './use-cases/find-concerned';
export { ApplyRetour } from './use-cases/apply-retour';
export { CollectRetours } from './use-cases/collect-retours';
export type { CollectReport } from './use-cases/collect-retours';
export { ConsultAlertes } from './use-cases/administration/consult-alertes';
export { ConsultReleves } from './use-cases/consult-releves';
export { RaiseAlertes } from './use-cases/administration/raise-alertes';
export type { AlerteReport } from './use-cases/administration/raise-alertes';
export type { Preuve } from './use-cases/preuves/consult-preuves';
export { ConsultPreuves } from './use-cases/preuves/consult-preuves';
export { ConsultCourriers } from './use-cases/consult-courriers';
export type { CourrierDossier } from './use-cases/consult-courriers';
export { ConsultHistory } from './use-cases/consult-history';
export { ConsultJournal } from './use-cases/journal/consult-journal';
export { DepositDeliberation } from './use-cases/deposit-deliberation';
export type { DepositAnswer, DepositPorts } from './deliberation/accept-dossier';
export { CorrectDeliberation } from './use-cases/correct-deliberation';
export type { CorrectionCommand } from './use-cases/correct-deliberation';
export type { DepositCommand } from './use-cases/deposit-deliberation';
export type { JobOutcome } from './use-cases/job-outcome';
export type { ContenuLu, Decision, DecisionState, NatureDecision, Signature } from './decision/decision';
export { DECISION_STATES, NATURES_DECISION, needsTwo } from './decision/decision';
export { LU_MAX, LU_MIN } from './decision/judge-decision';
export { DECISION_STATE_LABELS, NATURE_DECISION_LABELS } from './decision/labels.fr';
export { ApplyDecision } from './use-cases/decisions/apply-decision';
export { DecideRetour } from './use-cases/decisions/decide-retour';
export type { DecideCommand } from './use-cases/decisions/decide-retour';
export { FindTarget } from './use-cases/decisions/find-target';
export type { DesignatedTarget } from './use-cases/decisions/find-target';
export { SettleDecision } from './use-cases/decisions/settle-decision';
export type { SettleCommand, Settling } from './use-cases/decisions/settle-decision';
export { HandleRetour } from './use-cases/handle-retour';
export type { Handling } from './use-cases/handle-retour';
export { RenewJeton } from './use-cases/administration/renew-jeton';
export type { RenewedJeton } from './use-cases/administration/renew-jeton';
export { LookAtClocks } from './use-cases/administration/look-at-clocks';
export { OpenCompte } from './use-cases/administration/open-compte';
export type { OpenedCompte } from './use-cases/administration/open-compte';
export { PublishDeliberation } from './use-cases/publish-deliberation';
export { ReconcileEnvoi } from './use-cases/reconcile-envoi';
export type { ReconcileTimings } from './use-cases/reconcile-envoi';
export { RequestAnnulation } from './use-cases/request-annulation';
export type { AnnulationCommand } from './use-cases/request-annulation';
export { SealEnveloppe } from './use-cases/seal-enveloppe';
export type { SealPorts } from './use-cases/seal-enveloppe';
export type { Operateur } from './transmission/compose-envoi';
export * from './correspondance/correspondance';
export {
  CORRESPONDANCE_EVENT_LABELS,
  CORRESPONDANCE_STATE_LABELS,
  LETTRE_LABELS,
  REPONSE_LABELS,
} from './correspondance/labels.fr';
export * from './correspondance/transitions';
export type * from './ports/correspondances';
export type { AnswerPorts } from './use-cases/answer-correspondance';
export type * from './ports/courrier-readings';
export { AnswerCorrespondance } from './use-cases/answer-correspondance';
export { ReceiveCourrier } from './use-cases/receive-courrier';
export { SignalDefere } from './use-cases/deferes/signal-defere';
export { FileCourrier } from './use-cases/courriers/file-courrier';
export type { ReponseCommand } from './use-cases/courriers/steer-reponse';
export { SteerReponse } from './use-cases/courriers/steer-reponse';
export { TakeDefere } from './use-cases/deferes/take-defere';
export type { Classification } from './classification/classification';
export type { Adoption, ClassificationRepository } from './ports/classifications';
export { RequestClassification } from './use-cases/request-classification';
export { ResubmitOutdated } from './use-cases/resubmit-outdated';
export type { Constat, Verdict } from './transmission/constat';
export { VERDICTS } from './transmission/constat';
export type { SettleTimings } from './transmission/settle-uncertain';
export { ResolveUncertain } from './use-cases/resolve-uncertain';
export type { ConstatAnswer } from './use-cases/resolve-uncertain';
export { SteerTransmission } from './use-cases/steer-transmission';
export type { Steering } from './use-cases/steer-transmission';
export { SubmitEnveloppe } from './use-cases/submit-enveloppe';
export type { SubmitPorts, SubmitTimings } from './use-cases/submit-enveloppe';
export { SweepDeadlines } from './use-cases/sweep-deadlines';
export type { SweepReport, SweepTimings } from './use-cases/sweep-deadlines';
export type { NewTransmission, TransmissionBirth } from './transmission/new-transmission';
export { newTransmission } from './transmission/new-transmission';
export type { ResumeReport } from './use-cases/resume-after-restore';
export { ResumeAfterRestore } from './use-cases/resume-after-restore';
