export {
  collectiviteRegistered,
  compteOpened,
  compteRevoked,
  CONSOLE,
  jetonRenewed,
} from './compte/administration-entries';
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
export type { DepotFacts, Sha256 } from './historique/compare-depot';
export { compareDepot, depotEvidence } from './historique/compare-depot';
export type {
  ArchiveFacts,
  CorrespondanceFacts,
  PublicationFacts,
  RetourFacts,
  TransmissionFacts,
} from './historique/compare-lives';
export {
  compareCorrespondance,
  comparePublication,
  compareRetour,
  compareTransmission,
} from './historique/compare-lives';
export type { Comparison, Ecart, EcartCode, Unsaid } from './historique/ecart';
export type { JournalLine } from './historique/journal-line';
export { AUDIT_CHAIN_ORIGIN, auditCanonicalText } from './audit/canonical-text';
export { HISTORY_LABELS } from './historique/labels.fr';
export type { Collectivite, Referent } from './collectivite/collectivite';
export { checkCollectivite } from './collectivite/collectivite-rules';
export type { Compte, Role, StoredJeton } from './compte/compte';
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
export { ANNEXES_MAX, CORRECTION, DEPOT, OBJET_MAX } from './deliberation/deposit-form';
export { REPONSE } from './correspondance/reponse-form';
export type { Champ, Forme, FormeObjet } from './demande/forme';
export { isBudget } from './deliberation/piece-rules';
export { SIGNATURES_MAX_BYTES } from './deliberation/weight-rules';
export { demandeText } from './deliberation/demande-text';
export { misplaced } from './use-cases/deposit/judge-pieces';
export { REMARQUE_PIECE_LABELS } from './deliberation/labels.fr';
export type { ActeReference, ReferenceLue } from './deliberation/reference';
export { comparableNumero, readReference } from './deliberation/reference';
export { searchableText } from './deliberation/searchable-text';
export type { Vote } from './deliberation/vote';
export { checkVote, isAdopted } from './deliberation/vote';
export * from './ids';
export type * from './ports/lectures/alertes';
export type { EnvoisNonPris } from './alerte/envois-non-pris';
export type { AlerteView } from './alerte/alerte-view';
export * from './ports/administration/pouls';
export type { CollectiviteRepository } from './ports/administration/collectivites';
export type { CompteRepository, CompteView, JetonView } from './ports/administration/comptes';
export type {
  DeliberationRepository,
  Deposit,
  DepositOutcome,
  DepositReceipt,
  IdempotencyKey,
} from './ports/actes/deliberations';
export type { ConstatRepository } from './ports/actes/constats';
export type * from './ports/actes/decisions';
export type * from './ports/actes/envois';
export type { EnvoiLease, OpenedEnvoi } from './transmission/envoi';
export type { Heartbeat } from './ports/administration/heartbeat';
export type { ByteRange, DocumentStore, StoredContent } from './ports/pieces/document-store';
export * from './ports/lectures/mesures';
export type { JobName, OutboxMessage } from './travaux/outbox-message';
export { JOBS } from './travaux/outbox-message';
export type * from './assembly/ports';
export type * from './assembly/policies';
export { assembleJobs, assembleRequests } from './assembly/assemble';
export type { JobsUseCases, RequestUseCases } from './assembly/assemble';
export type { CompteUseCases, PrefectureUseCases } from './assembly/administration';
export {
  assembleAlertes,
  assembleComptes,
  assemblePrefectures,
  assembleRestart,
} from './assembly/administration';
export type { HistoryUseCases } from './assembly/consultation';
export {
  assembleConsultation,
  assembleCourrierReadings,
  assembleHistory,
  assembleProofs,
} from './assembly/consultation';
export { assembleCircuit } from './assembly/departure';
export { assembleDeposit } from './assembly/deposit';
export type { JobTable } from './assembly/job-table';
export { assembleApply } from './assembly/retours';
export type * from './ports/liaison/prefecture-gateway';
export * from './liaison/deposit-rules';
export * from './liaison/guichet';
export * from './liaison/liaison';
export { LIAISON_EVENT_LABELS } from './liaison/audit';
export { checkLiaison } from './liaison/liaison-rules';
export * from './liaison/rattachement';
export { BindCollectivite } from './use-cases/liaison/bind-collectivite';
export { RegisterLiaison } from './use-cases/liaison/register-liaison';
export type { LiaisonUseCases } from './assembly/liaisons';
export { assembleLiaisons, assembleRegister } from './assembly/liaisons';
export type * from './ports/liaison/liaisons';
export type { SubmitAnswer } from './outcome/submit-answer';
export type { PublicationChange, PublicationRepository } from './ports/actes/publications';
export type * from './ports/lectures/readings';
export { COUNTED_AT_MOST } from './pagination/counted-at-most';
export { StoreFailure } from './deliberation/store-failure';
export { MalformedCursor } from './pagination/malformed-cursor';
export type { Page } from './pagination/page';
export type { PieceView, DeliberationView } from './situation/deliberation-view';
export type * from './ports/pieces/piece-inspector';
export type { SignatureVerifier, SignedContent, VerifiedSignature } from './ports/pieces/signature-verifier';
export type { SecretSource } from './ports/administration/secret-source';
export type * from './ports/liaison/releves';
export type { EntreeAmont, Provenance, ReleveEnEchec } from './retour/entree-amont';
export type * from './ports/lectures/tray';
export type { RetourRepository } from './ports/actes/retours';
export type { RetourHandling, RetourSettlement } from './retour/settlement';
export type * from './ports/actes/transmissions';
export type { Effect, KeptMessage, TransmissionPatch, StateChange } from './transmission/change';
export { FLUX_TRANSMIS } from './transmission/transmission';
export { ENVELOPPE_NUMERO_MAX, EnveloppeNumbersExhausted, ENVOI_OUTCOMES } from './transmission/enveloppe';
export type { Enveloppe, SealedArchive, EnvoiOutcome } from './transmission/enveloppe';
export type * from './ports/liaison/prefectures';
export type * from './ports/lectures/preuves';
export type * from './ports/liaison/rate-budget';
export type { BudgetRequest, BudgetAnswer, BudgetDeparture, BudgetWaiter } from './prefecture/budget';
export type * from './ports/liaison/sending-places';
export type { ChainReadings, ChainView } from './ports/lectures/chain-readings';
export type { Gateways } from './ports/liaison/gateways';
export type { CircuitWatch } from './ports/liaison/circuit-watch';
export type { Departure, Departures, Route } from './ports/liaison/departures';
export { CIRCUIT_STATES, CLOSED_CIRCUIT } from './prefecture/circuit';
export type { Circuit, CircuitNews, CircuitPolicy, CircuitState } from './prefecture/circuit';
export { DepartureGate } from './use-cases/departure/departure-gate';
export { DEPARTURE_WAIT_CODES, departureWaitOf } from './prefecture/departure-wait';
export { BUDGET_HOUR_MS, shareBudget } from './prefecture/fair-share';
export { closureAt } from './prefecture/opening';
export { JOURS, newPrefecture } from './prefecture/prefecture';
export type { Fenetre, Interruption, Pause, Prefecture } from './prefecture/prefecture';
export type { PrefectureDecision } from './use-cases/prefecture/regulate-prefecture';
export { RegulatePrefecture } from './use-cases/prefecture/regulate-prefecture';
export { WatchCircuit } from './use-cases/departure/watch-circuit';
export { PROBLEM_CODES, problems } from './problems';
export type { ProblemCode } from './problems';
export { dateExecutoire } from './publication/executoire';
export { isAdressePublique, MODELE_ADRESSE_MAX } from './collectivite/adresse';
export { MOYEN_LABELS, PUBLICATION_EVENT_LABELS, PUBLICATION_STATE_LABELS } from './publication/labels.fr';
export type { MoyenPublication } from './publication/moyens';
export { MOYENS_PUBLICATION } from './publication/moyens';
export type { DeclarationPublication, Publication } from './publication/publication';
export { advancePublication, checkPublicationDate } from './publication/publication';
export type { PublicationEvent, PublicationState } from './vies/publication-transitions';
export * from './vies/publication-transitions';
export { RETOUR_EVENT_LABELS, RETOUR_STATE_LABELS } from './retour/labels.fr';
export type { Remarque } from './retour/remarque';
export { remarqueText } from './retour/remarque';
export type { Retour } from './retour/retour';
export type { ActeDit } from './retour/acte-dit';
export { bareNumero } from './retour/acte-dit';
export { RETOUR_CASES, RETOUR_POLICY } from './retour/policy';
export type { RetourCase, RetourRule } from './retour/policy';
export * from './vies/retour-transitions';
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
export * from './vies/transmission-transitions';
export { AdoptClassification } from './use-cases/classification/adopt-classification';
export { FindActe } from './use-cases/consultation/find-acte';
export { FindConcerned } from './use-cases/retours/find-concerned';
export { ApplyRetour } from './use-cases/retours/apply-retour';
export { CollectRetours } from './use-cases/retours/collect-retours';
export type { CollectReport } from './use-cases/retours/collect-retours';
export { ConsultAlertes } from './use-cases/alertes/consult-alertes';
export { ConsultReleves } from './use-cases/retours/consult-releves';
export { RaiseAlertes } from './use-cases/alertes/raise-alertes';
export type { AlerteReport } from './use-cases/alertes/raise-alertes';
export type { Preuve } from './use-cases/consultation/consult-preuves';
export { ConsultPreuves } from './use-cases/consultation/consult-preuves';
export { ConsultCourriers } from './use-cases/courriers/consult-courriers';
export type { CourrierDossier } from './use-cases/courriers/consult-courriers';
export { ConsultHistory } from './use-cases/consultation/consult-history';
export { ConsultJournal } from './use-cases/consultation/consult-journal';
export { DepositDeliberation } from './use-cases/deposit/deposit-deliberation';
export type { DepositAnswer, DepositPorts } from './use-cases/deposit/accept-dossier';
export { CorrectDeliberation } from './use-cases/deposit/correct-deliberation';
export type { CorrectionCommand } from './use-cases/deposit/correct-deliberation';
export type { DepositCommand } from './use-cases/deposit/deposit-deliberation';
export type { JobOutcome } from './travaux/job-outcome';
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
export { HandleRetour } from './use-cases/retours/handle-retour';
export type { Handling } from './use-cases/retours/handle-retour';
export { RenewJeton } from './use-cases/administration/renew-jeton';
export type { RenewedJeton } from './use-cases/administration/renew-jeton';
export { LookAtClocks } from './use-cases/administration/look-at-clocks';
export { OpenCompte } from './use-cases/administration/open-compte';
export type { OpenedCompte } from './use-cases/administration/open-compte';
export { PublishDeliberation } from './use-cases/publication/publish-deliberation';
export { ReconcileEnvoi } from './use-cases/departure/reconcile-envoi';
export type { ReconcileTimings } from './use-cases/departure/reconcile-envoi';
export { RequestAnnulation } from './use-cases/departure/request-annulation';
export type { AnnulationCommand } from './use-cases/departure/request-annulation';
export { SealEnveloppe } from './use-cases/departure/seal-enveloppe';
export type { SealPorts } from './use-cases/departure/seal-enveloppe';
export type { Operateur } from './transmission/compose-envoi';
export * from './correspondance/correspondance';
export {
  CORRESPONDANCE_EVENT_LABELS,
  CORRESPONDANCE_STATE_LABELS,
  LETTRE_LABELS,
  REPONSE_LABELS,
} from './correspondance/labels.fr';
export * from './vies/correspondance-transitions';
export type * from './ports/actes/correspondances';
export type { AnswerPorts } from './use-cases/courriers/answer-correspondance';
export type * from './ports/lectures/courrier-readings';
export type { ReponseView, CourrierView } from './situation/courrier-view';
export { AnswerCorrespondance } from './use-cases/courriers/answer-correspondance';
export { ReceiveCourrier } from './use-cases/courriers/receive-courrier';
export { SignalDefere } from './use-cases/courriers/signal-defere';
export { FileCourrier } from './use-cases/courriers/file-courrier';
export type { ReponseCommand } from './use-cases/courriers/steer-reponse';
export { SteerReponse } from './use-cases/courriers/steer-reponse';
export { TakeDefere } from './use-cases/courriers/take-defere';
export type { Classification } from './classification/classification';
export type { Adoption, ClassificationRepository } from './ports/actes/classifications';
export type * from './ports/actes/dossiers';
export { RequestClassification } from './use-cases/classification/request-classification';
export { ResubmitOutdated } from './use-cases/departure/resubmit-outdated';
export type { Constat, Verdict } from './outcome/constat';
export { VERDICTS } from './outcome/constat';
export type { SettleTimings } from './outcome/settle-uncertain';
export { ResolveUncertain } from './use-cases/departure/resolve-uncertain';
export type { ConstatAnswer } from './use-cases/departure/resolve-uncertain';
export { SteerTransmission } from './use-cases/departure/steer-transmission';
export type { Steering } from './use-cases/departure/steer-transmission';
export { SubmitEnveloppe } from './use-cases/departure/submit-enveloppe';
export type { SubmitPorts, SubmitTimings } from './use-cases/departure/submit-enveloppe';
export { SweepDeadlines } from './use-cases/administration/sweep-deadlines';
export type { SweepReport, SweepTimings } from './use-cases/administration/sweep-deadlines';
export type { NewTransmission, TransmissionBirth } from './transmission/new-transmission';
export { newTransmission } from './transmission/new-transmission';
export type { ResumeReport } from './use-cases/departure/resume-after-restore';
export { ResumeAfterRestore } from './use-cases/departure/resume-after-restore';
