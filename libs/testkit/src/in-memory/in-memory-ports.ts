import { DetachedSignatureVerifier } from '@teletransmission/signature';
import type { X509Certificate } from 'node:crypto';
import { aCollectivite } from '../builders/a-collectivite';
import { FakeClock, SequentialIds } from '../fake-clock';
import { InMemoryAlertes, InMemoryPouls } from './in-memory-alertes';
import { InMemoryCollectivites } from './in-memory-collectivites';
import { InMemoryConstats } from './in-memory-constats';
import { InMemoryDecisions } from './in-memory-decisions';
import { InMemoryDocuments } from './in-memory-documents';
import { InMemoryDossiers } from './in-memory-dossiers';
import { InMemoryEnvois } from './in-memory-envois';
import { InMemoryGateways } from './in-memory-gateways';
import { InMemoryInspector } from './in-memory-inspector';
import {
  InMemoryClassifications,
  InMemoryCorrespondances,
  InMemoryDeliberations,
  InMemoryLedger,
  InMemoryPublications,
  InMemoryReleves,
  InMemoryRetours,
  InMemoryTransmissions,
} from './in-memory-ledger';
import { InMemoryLiaisons } from './in-memory-liaisons';
import { InMemoryPlaces } from './in-memory-places';
import { InMemoryPrefectures, InMemoryRateBudget } from './in-memory-prefectures';
import { InMemoryTray } from './in-memory-tray';
import { ManualHeartbeat } from './manual-heartbeat';
import { ScriptedPrefecture } from './scripted-prefecture';

/** Les doubles de tous les ports du chemin d'un acte, sur un même livre. */
export class InMemoryPorts {
  readonly clock = new FakeClock();
  readonly ids = new SequentialIds();
  readonly ledger = new InMemoryLedger();
  readonly documents = new InMemoryDocuments();
  readonly inspector = new InMemoryInspector(this.documents);
  readonly prefecture = new ScriptedPrefecture();
  readonly gateways = new InMemoryGateways(this.prefecture);
  readonly heartbeat = new ManualHeartbeat();
  readonly tray = new InMemoryTray(this.ledger);
  readonly constats = new InMemoryConstats(this.ledger);
  readonly envois = new InMemoryEnvois(this.ledger);
  readonly alertes = new InMemoryAlertes(this.ledger);
  readonly pouls = new InMemoryPouls();
  readonly deliberations = new InMemoryDeliberations(this.ledger);
  readonly retours = new InMemoryRetours(this.ledger);
  readonly releves = new InMemoryReleves(this.ledger);
  readonly correspondances = new InMemoryCorrespondances(this.ledger);
  readonly publications = new InMemoryPublications(this.ledger);
  readonly budget = new InMemoryRateBudget();
  readonly places = new InMemoryPlaces(2);
  readonly collectivites: InMemoryCollectivites;
  readonly liaisons: InMemoryLiaisons;
  readonly prefectures: InMemoryPrefectures;
  readonly dossiers: InMemoryDossiers;
  readonly transmissions: InMemoryTransmissions;
  readonly decisions: InMemoryDecisions;
  readonly classifications: InMemoryClassifications;
  readonly signatures: DetachedSignatureVerifier;

  constructor(collectivite = aCollectivite(), autorites: readonly X509Certificate[] | null = null) {
    const { ledger, correspondances, retours } = this;
    this.collectivites = new InMemoryCollectivites(collectivite);
    this.transmissions = new InMemoryTransmissions(ledger, this.collectivites);
    this.classifications = new InMemoryClassifications(ledger, this.collectivites);
    this.liaisons = new InMemoryLiaisons(ledger, this.collectivites);
    this.prefectures = new InMemoryPrefectures(ledger, this.collectivites, this.liaisons);
    this.dossiers = new InMemoryDossiers(ledger, this.collectivites, this.liaisons, this.prefectures);
    this.decisions = new InMemoryDecisions(ledger, {
      transmissions: this.transmissions,
      correspondances,
      retours,
    });
    this.signatures = new DetachedSignatureVerifier(this.documents, autorites);
  }
}
