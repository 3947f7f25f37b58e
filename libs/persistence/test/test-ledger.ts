import type { NumeroInterne } from '@teletransmission/actes';
import { buildIdentifiantActe, nomArchive } from '@teletransmission/actes';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import { addMs, civilDate, civilDateAt } from '@teletransmission/kernel';
import type {
  AuditEntry,
  Collectivite,
  CollectiviteId,
  Compte,
  CompteId,
  Deliberation,
  DeliberationId,
  Deposit,
  Empreinte,
  EnveloppeId,
  EnvoiId,
  Retour,
  RetourId,
  Transmission,
  TransmissionId,
} from '@teletransmission/teletransmission';
import { changeState, LIAISON_DIRECTE } from '@teletransmission/teletransmission';
import { aCollectivite, aCompte, aTransmission } from '@teletransmission/testkit';
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { OutboxStore } from '../src/outbox/outbox-store';
import { PgReadings } from '../src/readings/pg-readings';
import { PgConstatRepository } from '../src/repositories/actes/constat.repository';
import { PgDecisionRepository } from '../src/repositories/actes/decisions/decision.repository';
import { PgCorrespondanceRepository } from '../src/repositories/actes/correspondance.repository';
import { PgClassificationRepository } from '../src/repositories/actes/classification.repository';
import { PgCollectiviteRepository } from '../src/repositories/administration/collectivite.repository';
import { PgCompteRepository } from '../src/repositories/administration/compte.repository';
import { PgDeliberationRepository } from '../src/repositories/actes/deliberation.repository';
import { PgEnvoiRepository } from '../src/repositories/actes/envoi.repository';
import { PgPublicationRepository } from '../src/repositories/actes/publication.repository';
import { PgRetourRepository } from '../src/repositories/actes/retour.repository';
import { PgTransmissionRepository } from '../src/repositories/actes/transmission.repository';
import { CollectiviteRow } from '../src/rows/collectivite.row';
import { CompteRow, JetonRow } from '../src/rows/compte.row';

export const NOW = '2022-11-02T09:00:00.000Z' as Instant;
export const TRACE_ID = 'abcdef0123456789abcdef0123456789';

type Happening = Parameters<typeof changeState>[1];

export interface Deposited {
  readonly deliberation: Deliberation;
  readonly transmission: Transmission;
}

/** Les livres de PostgreSQL, et les gestes d'une vie : déposer, sceller, envoyer, accuser. */
export class TestLedger {
  readonly collectivites: PgCollectiviteRepository;
  readonly comptes: PgCompteRepository;
  readonly deliberations: PgDeliberationRepository;
  readonly transmissions: PgTransmissionRepository;
  readonly envois: PgEnvoiRepository;
  readonly constats: PgConstatRepository;
  readonly retours: PgRetourRepository;
  readonly decisions: PgDecisionRepository;
  readonly publications: PgPublicationRepository;
  readonly classifications: PgClassificationRepository;
  readonly correspondances: PgCorrespondanceRepository;
  readonly readings: PgReadings;
  readonly outbox: OutboxStore;
  private count = 0;

  private constructor(
    readonly dataSource: DataSource,
    readonly collectivite: Collectivite,
    readonly compte: Compte,
  ) {
    const trace = { current: () => TRACE_ID };
    this.collectivites = new PgCollectiviteRepository(dataSource);
    this.comptes = new PgCompteRepository(dataSource);
    this.deliberations = new PgDeliberationRepository(dataSource, trace);
    this.transmissions = new PgTransmissionRepository(dataSource, trace);
    this.constats = new PgConstatRepository(dataSource);
    this.envois = new PgEnvoiRepository(dataSource, trace);
    this.retours = new PgRetourRepository(dataSource, trace);
    this.decisions = new PgDecisionRepository(dataSource, trace);
    this.publications = new PgPublicationRepository(dataSource);
    this.classifications = new PgClassificationRepository(dataSource);
    this.correspondances = new PgCorrespondanceRepository(dataSource, trace);
    this.readings = new PgReadings(dataSource);
    this.outbox = new OutboxStore(dataSource);
  }

  /** Inscrit une collectivité et un compte, et ouvre les livres. */
  static async open(dataSource: DataSource, changes: Partial<Collectivite> = {}): Promise<TestLedger> {
    const collectivite = aCollectivite({ id: v7() as CollectiviteId, ...changes });
    const compte = aCompte({ id: v7() as CompteId });
    const ledger = new TestLedger(dataSource, collectivite, compte);
    // Sans leurs entrées d'audit : la chaîne d'un essai ne porte que ce qu'il écrit.
    await dataSource.getRepository(CollectiviteRow).insert({
      ...collectivite,
      adressesRetour: [...collectivite.adressesRetour],
    });
    await dataSource.getRepository(CompteRow).insert({ ...compte, creeLe: new Date(NOW), revoqueLe: null });
    const jeton = { compteId: compte.id, empreinte: empreinteOf(compte.id), creeLe: new Date(NOW) };
    await dataSource.getRepository(JetonRow).insert({ ...jeton, revoqueLe: null });
    return ledger;
  }

  aDeposit(changes: Partial<Deliberation> = {}): Deposit {
    this.count += 1;
    const id = v7() as DeliberationId;
    const {
      numeroInterne = `N${this.count}` as NumeroInterne,
      dateDecision = civilDate('2022-10-20'),
      nature = 'DE',
    } = changes;
    const { siren, departement, id: collectiviteId } = this.collectivite;
    const identifiantActe = buildIdentifiantActe({ departement, siren, dateDecision, numeroInterne, nature });
    const deliberation: Deliberation = {
      id,
      collectiviteId,
      identifiantActe,
      numeroInterne,
      nature,
      dateDecision,
      objet: 'Convention de partenariat',
      matiere: '8.1',
      vote: {
        votants: 3,
        pour: 2,
        contre: 1,
        abstentions: 0,
        blancs: 0,
        nuls: 0,
        voixPreponderante: false,
      },
      pieces: [
        {
          rang: 0,
          typePiece: '99_DE',
          nomFichier: 'extrait.pdf',
          empreinte: empreinteOf(id),
          tailleOctets: 9,
          format: 'pdf',
          remarques: [],
          signature: null,
        },
      ],
      deposeeLe: NOW,
      deposeePar: this.compte.id,
      corrigeId: null,
      pasAvant: null,
      ...changes,
    };
    const transmission = aTransmission({
      id: v7() as TransmissionId,
      deliberationId: id,
      collectiviteId,
      identifiantActe,
    });
    return {
      deliberation,
      transmission,
      audit: anAuditEntry({
        collectiviteId,
        deliberationId: id,
        sujet: 'transmission',
        sujetId: transmission.id,
        evenement: 'deposited',
        etatApres: 'queued',
        preuve: {
          identifiantActe,
          ...Object.fromEntries(
            deliberation.pieces.map(({ rang, empreinte }) => [`empreintePiece${rang}`, empreinte]),
          ),
        },
      }),
      outbox: { job: 'seal-enveloppe', targetId: transmission.id, turn: 1, notBefore: null },
      receipt: { deliberationId: id, transmissionId: transmission.id, identifiantActe, deposeeLe: NOW },
      superseded: null,
      idempotency: null,
      reprendNumeroAnnule: false,
    };
  }

  async deposit(changes: Partial<Deliberation> = {}): Promise<Deposited> {
    const deposit = this.aDeposit(changes);
    expect(await this.deliberations.deposit(deposit)).toEqual({ kind: 'deposited' });
    return deposit;
  }

  async happen(
    transmission: Transmission,
    happening: Partial<Happening> & Pick<Happening, 'event'>,
  ): Promise<Transmission> {
    const change = changeState(transmission, { at: NOW, actor: { kind: 'service' }, ...happening });
    if (!change.ok) throw new Error(change.problem.detail);
    const recorded = await this.transmissions.record(change.value);
    if (!recorded.moved) throw new Error('état changé entre-temps');
    return recorded.transmission;
  }

  async seal(transmission: Transmission, jour: CivilDate = civilDate('2022-11-02')): Promise<Transmission> {
    const { siren } = this.collectivite;
    const id = v7() as EnveloppeId;
    const enveloppe = await this.transmissions.allocateEnveloppe(transmission, siren, jour, id);
    const nom = nomArchive('TLT', { quadrigramme: 'TACT', siren, jour, numero: enveloppe.numero });
    return this.happen(transmission, {
      event: 'enveloppe-sealed',
      patch: { enveloppeId: enveloppe.id, liaisonId: LIAISON_DIRECTE },
      effects: [
        {
          kind: 'seal',
          enveloppeId: enveloppe.id,
          archive: { nom, empreinte: empreinteOf(nom), tailleOctets: 12 },
        },
      ],
      outbox: [
        {
          job: 'submit-enveloppe',
          targetId: transmission.id,
          turn: transmission.version + 1,
          notBefore: null,
        },
      ],
    });
  }

  async send(transmission: Transmission, at: Instant = NOW): Promise<Transmission> {
    const { enveloppeId } = transmission;
    if (enveloppeId === null) throw new Error('sans enveloppe');
    const turn = transmission.turn + 1;
    const leaseUntil = addMs(at, 60_000);
    return this.happen(transmission, {
      event: 'envoi-opened',
      at,
      patch: { turn },
      effects: [{ kind: 'open-envoi', envoiId: v7() as EnvoiId, enveloppeId, turn, leaseUntil }],
    });
  }

  async accept(transmission: Transmission, at: Instant = NOW): Promise<Transmission> {
    return this.happen(transmission, {
      event: 'envoi-accepted',
      at,
      patch: { teletransmiseLe: at, ackDueAt: addMs(at, 1_000) },
      effects: [{ kind: 'close-envoi', outcome: 'accepted', code: 'prefecture/http-201', detail: null }],
    });
  }

  /** Dépose et mène jusqu'à l'attente de l'accusé. */
  async transmitted(changes: Partial<Deliberation> = {}, at: Instant = NOW): Promise<Deposited> {
    const { deliberation, transmission } = await this.deposit(changes);
    const jour = civilDateAt(at, this.collectivite.fuseau);
    const sent = await this.send(await this.seal(transmission, jour), at);
    return { deliberation, transmission: await this.accept(sent, at) };
  }

  async acknowledge(transmission: Transmission, dateReception: CivilDate): Promise<Transmission> {
    return this.happen(transmission, {
      event: 'ar-received',
      actor: { kind: 'prefecture' },
      patch: { dateReception, ackDueAt: null, isOverdue: false },
    });
  }

  async receive(changes: Partial<Retour> = {}): Promise<Retour> {
    const id = v7() as RetourId;
    const retour: Retour = {
      id,
      liaisonId: LIAISON_DIRECTE,
      source: 'directe',
      sourceId: `source-${id}`,
      nom: 'TACT--SPREF0343-213402761-20221102-57.tar.gz',
      empreinte: empreinteOf(id),
      tailleOctets: 12,
      recuLe: NOW,
      state: 'received',
      lecture: 1,
      rattacheA: null,
      remarques: [],
      ...changes,
    };
    const job = { job: 'apply-retour', targetId: retour.id, turn: 1, notBefore: null } as const;
    await this.retours.receive(retour, anAuditEntry({ sujetId: retour.id }), job);
    return retour;
  }
}

export function empreinteOf(text: string): Empreinte {
  return createHash('sha256').update(text).digest('hex') as Empreinte;
}

/** L'arrivée d'un retour, ou ce que l'essai en change. */
export function anAuditEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    collectiviteId: null,
    deliberationId: null,
    sujet: 'retour',
    sujetId: 'sans-importance',
    evenement: 'retour-received',
    etatAvant: null,
    etatApres: 'received',
    instant: NOW,
    acteur: { kind: 'prefecture' },
    motif: null,
    preuve: {},
    ...changes,
  };
}
