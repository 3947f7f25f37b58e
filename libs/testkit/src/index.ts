export { aCollectivite } from './builders/a-collectivite';
export { aCompte } from './builders/a-compte';
export { aDossier, aStoredFile, referenceFiles } from './builders/a-dossier';
export {
  anAccuse,
  aClassification,
  aLettre,
  anAccuseReponse,
  anAccuseAnnulation,
  anAccuseXml,
  anAnomalie,
  anAnomalieEnveloppe,
  theActeRecu,
} from './builders/a-retour';
export { aGuichet } from './builders/a-guichet';
export { aTransmission } from './builders/a-transmission';
export { describeAlerteContract, SEUILS } from './contracts/alerte-contract';
export type { AlerteParts } from './contracts/alerte-contract';
export type { DossiersParts } from './contracts/dossiers-contract';
export { describeDossiersContract } from './contracts/dossiers-contract';
export { describeCollectivitesContract } from './contracts/collectivites-contract';
export type { CollectivitesParts } from './contracts/collectivites-contract';
export { describeComptesContract } from './contracts/comptes-contract';
export type { ComptesParts, SessionsPart } from './contracts/comptes-contract';
export { describeHeartbeatContract } from './contracts/heartbeat-contract';
export type { HeartbeatParts } from './contracts/heartbeat-contract';
export { describeCourriersContract } from './contracts/courriers-contract';
export type { CourriersParts } from './contracts/courriers-contract';
export { describeMesuresContract } from './contracts/mesures-contract';
export type { MesuresParts } from './contracts/mesures-contract';
export { describeReadingsContract } from './contracts/readings-contract';
export type { ReadingsParts } from './contracts/readings-contract';
export { describeDecisionsContract } from './contracts/decisions-contract';
export { describeInspectorContract } from './contracts/inspector-contract';
export type { InspectorParts } from './contracts/inspector-contract';
export { describeGatewayContract } from './contracts/gateway-contract';
export type { GatewayParts, Mishap, Parcel } from './contracts/gateway-contract';
export { describeLedgerContract } from './contracts/ledger-contract';
export type { LedgerParts } from './contracts/ledger-contract';
export { describeLiaisonsContract } from './contracts/liaisons-contract';
export type { LiaisonParts } from './contracts/liaisons-contract';
export { describeReponsesContract } from './contracts/reponses-contract';
export { describeRetoursContract } from './contracts/retours-contract';
export { describeWaitingContract } from './contracts/waiting-contract';
export type { WaitingParts } from './contracts/waiting-contract';
export { aBudget, BUDGET_SEAL } from './documents/a-budget';
export { aPdf, pdfChunks } from './documents/a-pdf';
export type { PdfWishes } from './documents/a-pdf';
export { aJpeg, aPng } from './documents/an-image';
export * from './documents/unfit-files';
export { FakeClock, SequentialIds } from './fake-clock';
export { InMemoryAlertes, InMemoryPouls } from './in-memory/in-memory-alertes';
export { InMemoryComptes } from './in-memory/in-memory-comptes';
export { InMemorySessions } from './in-memory/in-memory-sessions';
export { InMemoryCollectivites } from './in-memory/in-memory-collectivites';
export { InMemoryDocuments } from './in-memory/in-memory-documents';
export { InMemoryInspector } from './in-memory/in-memory-inspector';
export { InMemoryConstats } from './in-memory/in-memory-constats';
export { InMemoryDecisions } from './in-memory/in-memory-decisions';
export { InMemoryEnvois } from './in-memory/in-memory-envois';
export { InMemoryTray } from './in-memory/in-memory-tray';
export { ManualHeartbeat } from './in-memory/manual-heartbeat';
export {
  InMemoryClassifications,
  InMemoryCorrespondances,
  InMemoryDeliberations,
  InMemoryLedger,
  InMemoryPublications,
  InMemoryReleves,
  InMemoryRetours,
  InMemoryTransmissions,
} from './in-memory/in-memory-ledger';
export { InMemoryDossiers } from './in-memory/in-memory-dossiers';
export { InMemoryGateways } from './in-memory/in-memory-gateways';
export { aLiaison, DIRECTE } from './builders/a-liaison';
export { InMemoryLiaisons } from './in-memory/in-memory-liaisons';
export { InMemoryPlaces } from './in-memory/in-memory-places';
export { InMemoryPrefectures, InMemoryRateBudget } from './in-memory/in-memory-prefectures';
export { CIRCUIT_POLICY, InMemoryService, POLICIES, TIMINGS } from './in-memory/in-memory-service';
export { PolledHub } from './in-memory/polled-hub';
export { ScriptedPrefecture } from './in-memory/scripted-prefecture';
export { gatePorts } from './in-memory/gate-ports';
export type { Gate } from './in-memory/gate-ports';
export { InMemoryCourriers } from './lectures/in-memory-courriers';
export { InMemoryMesures } from './lectures/in-memory-mesures';
export { InMemoryOpenAlertes } from './lectures/in-memory-open-alertes';
export { InMemoryOpenPrefectures } from './lectures/in-memory-open-prefectures';
export { InMemoryReadings } from './lectures/in-memory-readings';
export type { Books } from './lectures/ledger-dossiers';
export type { StoredCourrier, StoredDossier } from './lectures/stored';
export { KeptLog } from './kept-log';
export { NumberedSecrets } from './numbered-secrets';
export type { RetourScene } from './scenes/retour-scenes';
export { aMulticanal, NOM_RETOUR, RETOUR_SCENES, retourScene } from './scenes/retour-scenes';
export {
  acknowledgedService,
  answerLettre,
  fluxStates,
  lettreOf,
  serviceWithLettre,
} from './scenes/lettre-received';
