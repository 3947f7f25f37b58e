import type { CivilDate, Instant } from '@teletransmission/kernel';
import { isOneOf } from '@teletransmission/kernel';
import type { EnveloppeKey } from '@teletransmission/actes';
import { nomEnveloppe } from '@teletransmission/actes';
import type {
  ActeDit,
  Adoption,
  AuditEntry,
  Circuit,
  Classification,
  ClassificationRepository,
  CollectiviteId,
  Constat,
  Correspondance,
  CorrespondanceId,
  CorrespondanceRepository,
  CorrespondanceState,
  Decision,
  DecisionId,
  Deliberation,
  DeliberationId,
  DeliberationRepository,
  Deposit,
  DepositedReponse,
  DepositOutcome,
  DepositReceipt,
  Effect,
  Enveloppe,
  EnveloppeId,
  EnvoiId,
  EnvoiOutcome,
  FluxTransmis,
  KeptMessage,
  LiaisonId,
  MatchedEnveloppe,
  OutboxMessage,
  Page,
  Piece,
  Postponement,
  Prefecture,
  Publication,
  PublicationChange,
  PublicationRepository,
  ReceivedCourrier,
  RecordOutcome,
  Provenance,
  ReleveEnEchec,
  ReleveReadings,
  ReleveRepository,
  Remarque,
  Retour,
  RetourHandling,
  RetourId,
  RetourRepository,
  RetourSettlement,
  StateChange,
  SubmitAnswer,
  Transmission,
  TransmissionId,
  TransmissionRepository,
} from '@teletransmission/teletransmission';
import {
  bareNumero,
  ENVELOPPE_NUMERO_MAX,
  EnveloppeNumbersExhausted,
  FLUX_REPONSES,
  guichetKey,
} from '@teletransmission/teletransmission';
import { InMemoryCollectivites } from './in-memory-collectivites';

export interface RecordedEnvoi {
  readonly id: EnvoiId;
  readonly transmissionId: TransmissionId;
  readonly enveloppeId: EnveloppeId;
  readonly liaisonId: LiaisonId | null;
  reference: string | null;
  readonly jeton: number;
  readonly turn: number;
  readonly ouvertLe: Instant;
  leaseUntil: Instant;
  lateAnswer: SubmitAnswer | null;
  closed: {
    readonly outcome: EnvoiOutcome;
    readonly code: string;
    readonly detail: string | null;
    readonly at: Instant;
  } | null;
}

/** Ce qui attend, et sa place dans l'ordre de lecture. */
interface Waiting {
  readonly key: string;
  readonly message: OutboxMessage;
}

/** L'ordre croissant de ces clés, l'une départageant l'autre. */
function inOrder<T>(...keysOf: readonly ((item: T) => string)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const keyOf of keysOf) {
      const [one, other] = [keyOf(a), keyOf(b)];
      if (one !== other) return one < other ? -1 : 1;
    }
    return 0;
  };
}

function waiting(since: Instant, message: Omit<OutboxMessage, 'notBefore'>): Waiting {
  const key = `${since} ${message.targetId} ${String(message.turn).padStart(10, '0')}`;
  return { key, message: { ...message, notBefore: null } };
}

/**
 * Les livres du service en mémoire : les mêmes ports que PostgreSQL, les mêmes refus, éprouvés par les mêmes suites.
 * Chaque écriture y est entière : ce qu'une transaction ferait ensemble s'y fait sans attente entre deux.
 */
export class InMemoryLedger {
  readonly transmissions = new Map<TransmissionId, Transmission>();
  readonly deliberations = new Map<DeliberationId, Deliberation>();
  readonly publications = new Map<DeliberationId, Publication>();
  readonly enveloppes = new Map<EnveloppeId, Enveloppe>();
  readonly envois: RecordedEnvoi[] = [];
  readonly constats: Constat[] = [];
  readonly decisions = new Map<DecisionId, Decision>();
  readonly retours = new Map<RetourId, Retour>();
  readonly releves: ReleveEnEchec[] = [];
  /** Ce que la lecture de chaque retour a établi. */
  readonly settlements = new Map<RetourId, Omit<RetourSettlement, 'retour' | 'to' | 'audit'>>();
  readonly requests = new Map<
    string,
    { readonly empreinteDemande: string; readonly receipt: DepositReceipt }
  >();
  readonly classifications = new Map<CollectiviteId, Classification>();
  readonly correspondances = new Map<CorrespondanceId, Correspondance>();
  readonly reponses = new Map<TransmissionId, readonly Piece[]>();
  readonly prefectures = new Map<string, Prefecture>();
  readonly circuits = new Map<string, Circuit>();
  /** Les messages gardés comme documents. */
  readonly messages: KeptMessage[] = [];
  readonly audit: AuditEntry[] = [];
  readonly outbox: OutboxMessage[] = [];
  /** Le retour qui a apporté chaque lettre. */
  readonly sources = new Map<CorrespondanceId, RetourId>();
  private readonly asked = new Map<OutboxMessage, Instant>();
  private readonly counters = new Map<string, number>();

  keepMessage(message: KeptMessage): void {
    const isKept = this.messages.some(
      ({ retourId, nom }) => retourId === message.retourId && nom === message.nom,
    );
    if (!isKept) this.messages.push(message);
  }

  enqueue(message: OutboxMessage): void {
    const known = this.outbox.some(
      (m) => m.job === message.job && m.targetId === message.targetId && m.turn === message.turn,
    );
    if (known) return;
    this.outbox.push(message);
    const last = this.audit.at(-1);
    if (last) this.asked.set(message, last.instant);
  }

  /** Quand ce travail a été demandé : à l'heure de ce qui l'a fait naître. */
  askedAt(message: OutboxMessage): Instant {
    const at = this.asked.get(message);
    if (at === undefined) throw new Error(`travail demandé par personne : ${message.job}`);
    return at;
  }

  nextNumber(siren: string, jour: CivilDate): number {
    const key = `${siren}.${jour}`;
    const next = (this.counters.get(key) ?? 0) + 1;
    if (next > ENVELOPPE_NUMERO_MAX) throw new EnveloppeNumbersExhausted(siren, jour);
    this.counters.set(key, next);
    return next;
  }

  /** Les numéros du jour de cette émettrice sont pris jusqu'à celui-ci. */
  takeNumbers(siren: string, jour: CivilDate, dernier: number): void {
    this.counters.set(`${siren}.${jour}`, dernier);
  }

  /** Toutes, dans l'ordre de leur identité : celui que la base donne à qui n'en demande pas d'autre. */
  transmissionsById(): readonly Transmission[] {
    return [...this.transmissions.values()].sort(inOrder(({ id }) => id));
  }

  /** Range une nomenclature ; une plus récente déjà reçue reste celle de la collectivité. */
  storeClassification(classification: Classification, collectivites: InMemoryCollectivites): void {
    const known = this.classifications.get(classification.collectiviteId);
    if (known && known.dateVersion > classification.dateVersion) return;
    this.classifications.set(classification.collectiviteId, classification);
    collectivites.adopt(classification);
  }

  /** La décision proposée sur ce retour. */
  proposedOn(retourId: RetourId): Decision | null {
    const found = [...this.decisions.values()].find((d) => d.retourId === retourId && d.state === 'proposed');
    return found ?? null;
  }

  eventsOf(sujetId: string): readonly string[] {
    return this.audit.filter((entry) => entry.sujetId === sujetId).map((entry) => entry.evenement);
  }
}

const GONE = ['cancelled', 'withdrawn'];

const CLOSED = ['acknowledged', 'rejected', 'held', 'withdrawn'];

export class InMemoryTransmissions implements TransmissionRepository {
  constructor(
    private readonly ledger: InMemoryLedger,
    private readonly collectivites: InMemoryCollectivites = new InMemoryCollectivites(),
  ) {}

  async findOpenClassification(siren: string): Promise<Transmission | null> {
    const collectivite = await this.collectivites.findBySiren(siren);
    const isOpen = (t: Transmission): boolean => ['sending', 'uncertain', 'awaiting-ack'].includes(t.state);
    const found = this.ledger
      .transmissionsById()
      .find((t) => t.flux === '7-1' && t.collectiviteId === collectivite?.id && isOpen(t));
    return found ?? null;
  }

  async findByActe(
    { siren, dateDecision, nature, numero }: ActeDit,
    flux: FluxTransmis,
  ): Promise<readonly Transmission[]> {
    const collectivite = await this.collectivites.findBySiren(siren);
    return this.ledger.transmissionsById().filter((t) => {
      const acte = t.deliberationId && this.ledger.deliberations.get(t.deliberationId);
      return (
        t.flux === flux &&
        t.collectiviteId === collectivite?.id &&
        acte &&
        acte.dateDecision === dateDecision &&
        acte.nature === nature &&
        bareNumero(acte.numeroInterne) === bareNumero(numero)
      );
    });
  }

  findReponses(
    identifiantActe: string,
    dateCourrier: CivilDate,
    fluxs: readonly FluxTransmis[],
  ): Promise<readonly Transmission[]> {
    const reponses = this.ledger.transmissionsById().filter((t) => {
      const lettre = t.correspondanceId && this.ledger.correspondances.get(t.correspondanceId);
      return (
        t.identifiantActe === identifiantActe &&
        fluxs.includes(t.flux) &&
        t.state !== 'withdrawn' &&
        lettre?.dateCourrier === dateCourrier
      );
    });
    return Promise.resolve(reponses);
  }

  findStopped(collectiviteId: CollectiviteId, code: string, limit: number): Promise<readonly Transmission[]> {
    const stopped = this.ledger
      .transmissionsById()
      .filter(
        (t) => t.state === 'rejected' && t.collectiviteId === collectiviteId && t.stopReason?.code === code,
      );
    return Promise.resolve(stopped.slice(0, limit));
  }

  create(transmission: Transmission, audit: AuditEntry, outbox: OutboxMessage): Promise<boolean> {
    const isOpen = this.ledger
      .transmissionsById()
      .some(
        (t) =>
          t.flux === transmission.flux &&
          t.collectiviteId === transmission.collectiviteId &&
          !CLOSED.includes(t.state),
      );
    if (isOpen) return Promise.resolve(false);
    this.ledger.transmissions.set(transmission.id, transmission);
    this.ledger.audit.push(audit);
    this.ledger.enqueue(outbox);
    return Promise.resolve(true);
  }

  find(id: TransmissionId): Promise<Transmission | null> {
    return Promise.resolve(this.ledger.transmissions.get(id) ?? null);
  }

  findByIdentifiant(identifiantActe: string, flux: FluxTransmis): Promise<Transmission | null> {
    const matching = this.ledger
      .transmissionsById()
      .filter((t) => t.identifiantActe === identifiantActe && t.flux === flux);
    const live = matching.find((t) => !GONE.includes(t.state));
    return Promise.resolve(live ?? matching.at(-1) ?? null);
  }

  findByEnveloppe(key: EnveloppeKey): Promise<MatchedEnveloppe | null> {
    const nom = nomEnveloppe(key).replace(/[.]xml$/, '.tar.gz');
    const enveloppe = [...this.ledger.enveloppes.values()].find((e) => e.archive?.nom.endsWith(`-${nom}`));
    const transmission = enveloppe && this.ledger.transmissions.get(enveloppe.transmissionId);
    if (!transmission) return Promise.resolve(null);
    return Promise.resolve({ transmission, isCurrent: transmission.enveloppeId === enveloppe.id });
  }

  record(change: StateChange): Promise<RecordOutcome> {
    const { to, patch, audit } = change;
    const current = this.currentOf(change);
    if (!current) return Promise.resolve({ moved: false });
    const since = to === current.state ? current.since : audit.instant;
    const moved: Transmission = { ...current, ...patch, state: to, since, version: current.version + 1 };
    this.ledger.transmissions.set(moved.id, moved);
    for (const effect of change.effects) this.apply(effect, moved, audit.instant);
    this.ledger.audit.push(audit);
    for (const message of change.outbox) this.ledger.enqueue(message);
    return Promise.resolve({ moved: true, transmission: moved });
  }

  postpone(
    transmission: Transmission,
    { until, reason: stopReason, seen }: Postponement,
    audit: AuditEntry | null,
  ): Promise<boolean> {
    const isCut = (this.ledger.circuits.get(guichetKey(seen.guichet))?.state ?? 'closed') !== 'closed';
    const { version: settled = 0 } = this.ledger.prefectures.get(guichetKey(seen.guichet)) ?? {};
    if (settled !== seen.version || (seen.isCut && !isCut)) return Promise.resolve(false);
    const current = this.ledger.transmissions.get(transmission.id);
    if (current?.state !== 'sealed' || current.version !== transmission.version)
      return Promise.resolve(false);
    const version = current.version + 1;
    this.ledger.transmissions.set(current.id, { ...current, version, nextTurnAt: until, stopReason });
    if (audit) this.ledger.audit.push(audit);
    this.ledger.enqueue({ job: 'submit-enveloppe', targetId: current.id, turn: version, notBefore: until });
    return Promise.resolve(true);
  }

  async recordTogether(changes: readonly StateChange[]): Promise<boolean> {
    if (changes.some((change) => !this.currentOf(change))) return false;
    for (const change of changes) await this.record(change);
    return true;
  }

  /** La transmission que ce changement a lue, si personne n'y a touché depuis ni n'a appliqué le retour d'où il vient. */
  private currentOf({ transmission: { id, state, version }, effects }: StateChange): Transmission | null {
    const current = this.ledger.transmissions.get(id);
    const retour = effects.find((effect) => effect.kind === 'apply-retour');
    const isWaiting =
      !retour || this.ledger.retours.get(retour.retourId)?.state === (retour.from ?? 'received');
    const isTakeable = effects.every(
      (effect) =>
        effect.kind !== 'move-correspondance' ||
        !effect.isRequired ||
        this.ledger.correspondances.get(effect.correspondanceId)?.state === effect.from,
    );
    return current?.state === state && current.version === version && isWaiting && isTakeable
      ? current
      : null;
  }

  async allocateEnveloppe(
    transmission: Transmission,
    siren: string,
    jour: CivilDate,
    id: EnveloppeId,
  ): Promise<Enveloppe> {
    const known = [...this.ledger.enveloppes.values()].find(
      (e) => e.transmissionId === transmission.id && e.cycle === transmission.cycle,
    );
    if (known) return Promise.resolve(known);
    const numero = this.ledger.nextNumber(siren, jour);
    const enveloppe: Enveloppe = {
      id,
      transmissionId: transmission.id,
      cycle: transmission.cycle,
      jour,
      numero,
      archive: null,
    };
    this.ledger.enveloppes.set(id, enveloppe);
    return Promise.resolve(enveloppe);
  }

  findEnveloppe(id: EnveloppeId): Promise<Enveloppe | null> {
    return Promise.resolve(this.ledger.enveloppes.get(id) ?? null);
  }

  findOverdue(now: Instant, limit: number): Promise<readonly Transmission[]> {
    const overdue = this.ledger
      .transmissionsById()
      .filter((t) => t.state === 'awaiting-ack' && !t.isOverdue && t.ackDueAt !== null && t.ackDueAt <= now);
    return Promise.resolve([...overdue].sort(inOrder((t) => t.ackDueAt ?? '')).slice(0, limit));
  }

  findExpiredLeases(now: Instant, limit: number): Promise<readonly Transmission[]> {
    const expired = this.ledger.envois.filter((envoi) => envoi.closed === null && envoi.leaseUntil <= now);
    const found = this.ledger
      .transmissionsById()
      .filter((t) => t.state === 'sending' && expired.some((envoi) => envoi.transmissionId === t.id));
    return Promise.resolve([...found].sort(inOrder((t) => t.since)).slice(0, limit));
  }

  findUnfinished(after: TransmissionId | null, limit: number): Promise<readonly Transmission[]> {
    const states: readonly string[] = [
      'queued',
      'sealed',
      'sending',
      'uncertain',
      'awaiting-ack',
      'held',
      'rejected',
    ];
    const found = this.ledger
      .transmissionsById()
      .filter((t) => states.includes(t.state) && (after === null || t.id > after));
    return Promise.resolve(found.slice(0, limit));
  }

  findWaiting(
    now: Instant,
    before: Instant,
    after: string | null,
    limit: number,
  ): Promise<Page<OutboxMessage>> {
    const left = [
      ...this.waitingDepartures(now, before),
      ...this.waitingRetours(before),
      ...this.waitingPublications(before),
    ]
      .filter(({ key }) => after === null || key > after)
      .sort(inOrder(({ key }) => key));
    return Promise.resolve({
      items: left.slice(0, limit).map(({ message }) => message),
      next: left.length > limit ? (left[limit - 1]?.key ?? null) : null,
    });
  }

  private waitingDepartures(now: Instant, before: Instant): readonly Waiting[] {
    const jobs = {
      queued: 'seal-enveloppe',
      sealed: 'submit-enveloppe',
      uncertain: 'reconcile-envoi',
    } as const;
    return this.ledger.transmissionsById().flatMap((t): Waiting[] => {
      if (t.state !== 'queued' && t.state !== 'sealed' && t.state !== 'uncertain') return [];
      if (t.since > before || (t.nextTurnAt ?? t.since) > now) return [];
      return [waiting(t.since, { job: jobs[t.state], targetId: t.id, turn: t.version })];
    });
  }

  private waitingRetours(before: Instant): readonly Waiting[] {
    return [...this.ledger.retours.values()]
      .filter(({ state, recuLe }) => state === 'received' && recuLe <= before)
      .map(({ id, recuLe, lecture }) =>
        waiting(recuLe, { job: 'apply-retour', targetId: id, turn: lecture }),
      );
  }

  /** Les actes acquittés d'une collectivité qui publie d'elle-même, et dont rien ne dit encore qu'ils le sont. */
  private waitingPublications(before: Instant): readonly Waiting[] {
    return this.ledger.transmissionsById().flatMap((t): Waiting[] => {
      const { deliberationId, since, version } = t;
      const collectivite = this.collectivites.known(t.collectiviteId);
      const isAutomatic =
        collectivite?.publicationAutomatique === true && collectivite.adresseDesActes !== null;
      if (t.flux !== '1-1' || t.state !== 'acknowledged' || since > before || !isAutomatic) return [];
      if (!deliberationId || this.ledger.publications.get(deliberationId)?.state !== 'unpublished') return [];
      return [waiting(since, { job: 'track-publication', targetId: deliberationId, turn: version })];
    });
  }

  private apply(effect: Effect, moved: Transmission, at: Instant): void {
    switch (effect.kind) {
      case 'seal': {
        const enveloppe = this.ledger.enveloppes.get(effect.enveloppeId);
        if (enveloppe) this.ledger.enveloppes.set(enveloppe.id, { ...enveloppe, archive: effect.archive });
        return;
      }
      case 'open-envoi': {
        const { envoiId, enveloppeId, turn, leaseUntil } = effect;
        this.ledger.envois.push({
          id: envoiId,
          transmissionId: moved.id,
          enveloppeId,
          liaisonId: moved.liaisonId,
          reference: null,
          jeton: moved.version,
          turn,
          ouvertLe: moved.since,
          leaseUntil,
          lateAnswer: null,
          closed: null,
        });
        return;
      }
      case 'move-correspondance': {
        const lettre = this.ledger.correspondances.get(effect.correspondanceId);
        if (lettre?.state !== effect.from) return;
        this.ledger.correspondances.set(lettre.id, { ...lettre, state: effect.to });
        this.ledger.audit.push(effect.audit);
        return;
      }
      case 'store-classification': {
        this.ledger.storeClassification(effect.classification, this.collectivites);
        return;
      }
      case 'create-transmission':
        this.ledger.transmissions.set(effect.transmission.id, effect.transmission);
        this.ledger.audit.push(effect.audit);
        return;
      case 'close-envoi': {
        const open = this.ledger.envois.find(
          (envoi) => envoi.transmissionId === moved.id && envoi.closed === null,
        );
        if (!open) return;
        const { outcome, code, detail } = effect;
        open.closed = { outcome, code, detail, at };
        open.reference = effect.reference ?? open.reference;
        return;
      }
      case 'disprove-envoi': {
        for (const envoi of this.ledger.envois) {
          const { closed } = envoi;
          if (closed?.outcome !== 'accepted' && closed?.outcome !== 'found') continue;
          if (envoi.transmissionId === moved.id && envoi.enveloppeId === moved.enveloppeId)
            envoi.closed = { ...closed, outcome: 'absent', code: effect.code, detail: effect.detail };
        }
        return;
      }
      case 'keep-message':
        this.ledger.keepMessage(effect.message);
        return;
      case 'apply-retour': {
        const retour = this.ledger.retours.get(effect.retourId);
        if (!retour || effect.audit === null) return;
        this.ledger.retours.set(retour.id, { ...retour, state: 'applied' });
        this.ledger.settlements.set(retour.id, {
          flux: effect.flux,
          collectiviteId: moved.collectiviteId,
          transmissionId: moved.id,
          code: effect.remarque?.code ?? null,
          detail: effect.remarque?.detail ?? null,
        });
        this.ledger.audit.push(effect.audit);
      }
    }
  }
}

export class InMemoryDeliberations implements DeliberationRepository {
  constructor(private readonly ledger: InMemoryLedger) {}

  find(id: DeliberationId): Promise<Deliberation | null> {
    return Promise.resolve(this.ledger.deliberations.get(id) ?? null);
  }

  findRequest(
    collectiviteId: CollectiviteId,
    cle: string,
  ): Promise<{ readonly empreinteDemande: string; readonly receipt: DepositReceipt } | null> {
    return Promise.resolve(this.ledger.requests.get(`${collectiviteId}.${cle}`) ?? null);
  }

  storedBytes(collectiviteId: CollectiviteId): Promise<number> {
    const pieces = [...this.ledger.deliberations.values()]
      .filter((deliberation) => deliberation.collectiviteId === collectiviteId)
      .flatMap((deliberation) => deliberation.pieces);
    return Promise.resolve(
      pieces.reduce((sum, piece) => sum + piece.tailleOctets + (piece.signature?.tailleOctets ?? 0), 0),
    );
  }

  deposit(deposit: Deposit): Promise<DepositOutcome> {
    const { deliberation, transmission, idempotency, receipt, superseded } = deposit;
    const key = idempotency && `${deliberation.collectiviteId}.${idempotency.cle}`;
    const known = key === null ? undefined : this.ledger.requests.get(key);
    if (known) return Promise.resolve({ kind: 'key-taken', ...known });
    const live = this.ledger
      .transmissionsById()
      .find(
        (t) =>
          t.flux === '1-1' &&
          t.identifiantActe === deliberation.identifiantActe &&
          !GONE.includes(t.state) &&
          t.id !== superseded?.transmission.id,
      );
    const former = superseded && this.ledger.transmissions.get(superseded.transmission.id);
    if (superseded && (!former || former.version !== superseded.transmission.version))
      return Promise.resolve({ kind: 'moved', state: former?.state ?? '' });
    if (live) {
      return Promise.resolve({
        kind: 'identifiant-taken',
        state: live.state,
        deliberationId: live.deliberationId ?? '',
      });
    }
    const last = [...this.ledger.transmissions.values()].findLast(
      (t) => t.flux === '1-1' && t.identifiantActe === deliberation.identifiantActe,
    );
    if (last?.state === 'cancelled' && !deposit.reprendNumeroAnnule)
      return Promise.resolve({ kind: 'number-cancelled', deliberationId: last.deliberationId ?? '' });
    if (superseded && former) {
      const { patch, to, audit } = superseded;
      const moved = { ...former, ...patch, state: to, since: audit.instant, version: former.version + 1 };
      this.ledger.transmissions.set(former.id, moved);
      this.ledger.audit.push(audit);
    }
    this.ledger.deliberations.set(deliberation.id, deliberation);
    this.ledger.transmissions.set(transmission.id, transmission);
    this.ledger.publications.set(deliberation.id, {
      deliberationId: deliberation.id,
      collectiviteId: deliberation.collectiviteId,
      state: 'unpublished',
      datePublication: null,
      adresse: null,
      declaration: null,
    });
    if (key !== null && idempotency)
      this.ledger.requests.set(key, { empreinteDemande: idempotency.empreinteDemande, receipt });
    this.ledger.audit.push(deposit.audit);
    this.ledger.enqueue(deposit.outbox);
    return Promise.resolve({ kind: 'deposited' });
  }
}

export class InMemoryRetours implements RetourRepository {
  constructor(private readonly ledger: InMemoryLedger) {}

  find(id: RetourId): Promise<Retour | null> {
    return Promise.resolve(this.ledger.retours.get(id) ?? null);
  }

  findTwin({ id, empreinte }: Retour): Promise<TransmissionId | null> {
    const twin = [...this.ledger.retours.values()].find(
      (other) => other.empreinte === empreinte && other.id !== id && other.state === 'applied',
    );
    return Promise.resolve((twin && this.ledger.settlements.get(twin.id)?.transmissionId) ?? null);
  }

  receive(retour: Retour, audit: AuditEntry, outbox: OutboxMessage): Promise<boolean> {
    const deliveryOf = ({ liaisonId, source, sourceId, nom, empreinte }: Retour): string =>
      JSON.stringify([liaisonId, source, sourceId, nom, empreinte]);
    const known = [...this.ledger.retours.values()].some((r) => deliveryOf(r) === deliveryOf(retour));
    if (known) return Promise.resolve(false);
    this.ledger.retours.set(retour.id, retour);
    this.ledger.audit.push(audit);
    this.ledger.enqueue(outbox);
    return Promise.resolve(true);
  }

  annotate(id: RetourId, remarques: readonly Remarque[]): Promise<void> {
    const retour = this.ledger.retours.get(id);
    if (retour) this.ledger.retours.set(id, { ...retour, remarques });
    return Promise.resolve();
  }

  hasAppliedTwin({ id, nom, empreinte }: Retour): Promise<boolean> {
    return Promise.resolve(
      [...this.ledger.retours.values()].some(
        (r) => r.id !== id && r.nom === nom && r.empreinte === empreinte && r.state === 'applied',
      ),
    );
  }

  settle(settlement: RetourSettlement): Promise<boolean> {
    const current = this.ledger.retours.get(settlement.retour.id);
    if (current?.state !== settlement.retour.state) return Promise.resolve(false);
    const { flux, collectiviteId, transmissionId, code, detail } = settlement;
    this.ledger.retours.set(current.id, { ...current, state: settlement.to });
    this.ledger.settlements.set(current.id, { flux, collectiviteId, transmissionId, code, detail });
    this.ledger.audit.push(settlement.audit);
    return Promise.resolve(true);
  }

  handle({ retour, to, rattacheA, audit, outbox }: RetourHandling): Promise<boolean> {
    const current = this.ledger.retours.get(retour.id);
    if (current?.state !== retour.state || current.lecture !== retour.lecture) return Promise.resolve(false);
    if (this.ledger.proposedOn(current.id)) return Promise.resolve(false);
    const lecture = outbox ? current.lecture + 1 : current.lecture;
    this.ledger.retours.set(current.id, { ...current, state: to, rattacheA, lecture });
    this.ledger.audit.push(audit);
    if (outbox) this.ledger.enqueue(outbox);
    return Promise.resolve(true);
  }
}

const isFrom = (releve: Provenance, { liaisonId, source }: Provenance): boolean =>
  releve.liaisonId === liaisonId && releve.source === source;

export class InMemoryReleves implements ReleveRepository, ReleveReadings {
  constructor(private readonly ledger: InMemoryLedger) {}

  find(from: Provenance, cles: readonly string[]): Promise<ReadonlyMap<string, ReleveEnEchec>> {
    const found = this.ledger.releves.filter((r) => isFrom(r, from) && cles.includes(r.cle));
    return Promise.resolve(new Map(found.map((releve) => [releve.cle, releve])));
  }

  fail(releve: ReleveEnEchec): Promise<void> {
    const at = this.ledger.releves.findIndex((r) => isFrom(r, releve) && r.cle === releve.cle);
    const known = this.ledger.releves[at];
    if (!known) this.ledger.releves.push(releve);
    else this.ledger.releves[at] = { ...releve, id: known.id, premierEchecLe: known.premierEchecLe };
    return Promise.resolve();
  }

  settle(from: Provenance, cle: string): Promise<void> {
    return this.keep((r) => !isFrom(r, from) || r.cle !== cle);
  }

  forgetUnseen(from: Provenance, seen: readonly string[]): Promise<void> {
    return this.keep((r) => !isFrom(r, from) || seen.includes(r.cle));
  }

  list(after: string | null, limit: number): Promise<Page<ReleveEnEchec>> {
    const left = [...this.ledger.releves]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .filter(({ id }) => after === null || id > after);
    const items = left.slice(0, limit);
    return Promise.resolve({ items, next: left.length > limit ? (items.at(-1)?.id ?? null) : null });
  }

  private keep(isKept: (releve: ReleveEnEchec) => boolean): Promise<void> {
    this.ledger.releves.splice(0, Infinity, ...this.ledger.releves.filter(isKept));
    return Promise.resolve();
  }
}

export class InMemoryPublications implements PublicationRepository {
  constructor(private readonly ledger: InMemoryLedger) {}

  find(deliberationId: DeliberationId): Promise<Publication | null> {
    return Promise.resolve(this.ledger.publications.get(deliberationId) ?? null);
  }

  record(change: PublicationChange): Promise<boolean> {
    const { publication, to, datePublication, adresse, declaration, audit } = change;
    // La base le refuse aussi : une date de publication sans adresse ni déclaration n'existe pas.
    if (adresse === null && declaration === null) throw new Error('Publication sans fondement');
    const current = this.ledger.publications.get(publication.deliberationId);
    if (current?.state !== publication.state) return Promise.resolve(false);
    this.ledger.publications.set(current.deliberationId, {
      ...current,
      state: to,
      datePublication,
      adresse,
      declaration,
    });
    this.ledger.audit.push(audit);
    return Promise.resolve(true);
  }
}

export class InMemoryClassifications implements ClassificationRepository {
  constructor(
    private readonly ledger: InMemoryLedger,
    private readonly collectivites: InMemoryCollectivites,
  ) {}

  current(collectiviteId: CollectiviteId): Promise<Classification | null> {
    return Promise.resolve(this.ledger.classifications.get(collectiviteId) ?? null);
  }

  adopt({ classification, message: kept, audit, outbox }: Adoption): Promise<boolean> {
    const { retourId } = kept;
    const retour = this.ledger.retours.get(retourId);
    if (retour?.state !== 'received') return Promise.resolve(false);
    this.ledger.retours.set(retourId, { ...retour, state: 'applied' });
    this.ledger.storeClassification(classification, this.collectivites);
    this.ledger.keepMessage(kept);
    this.ledger.audit.push(audit);
    for (const message of outbox) this.ledger.enqueue(message);
    return Promise.resolve(true);
  }

  async findStale(before: Instant, limit: number): Promise<readonly CollectiviteId[]> {
    const all = await this.collectivites.list();
    const fresh = this.ledger.transmissionsById().filter((t) => t.flux === '7-1' && t.since > before);
    const stale = all.filter(({ id }) => !fresh.some((t) => t.collectiviteId === id)).map(({ id }) => id);
    return stale.sort().slice(0, limit);
  }

  findPending(collectiviteId: CollectiviteId): Promise<Transmission | null> {
    const pending = this.demandes().find(
      (t) => t.collectiviteId === collectiviteId && !CLOSED.includes(t.state),
    );
    return Promise.resolve(pending ?? null);
  }

  findUnanswered(before: Instant, limit: number): Promise<readonly Transmission[]> {
    const unanswered = this.demandes().filter(
      (t) => ['awaiting-ack', 'uncertain'].includes(t.state) && t.since <= before,
    );
    return Promise.resolve([...unanswered].sort(inOrder(({ since }) => since)).slice(0, limit));
  }

  private demandes(): readonly Transmission[] {
    return this.ledger.transmissionsById().filter(({ flux }) => flux === '7-1');
  }
}

export class InMemoryCorrespondances implements CorrespondanceRepository {
  constructor(private readonly ledger: InMemoryLedger) {}

  find(id: CorrespondanceId): Promise<Correspondance | null> {
    return Promise.resolve(this.ledger.correspondances.get(id) ?? null);
  }

  listOf(deliberationId: DeliberationId): Promise<readonly Correspondance[]> {
    const all = [...this.ledger.correspondances.values()];
    return Promise.resolve(
      all
        .filter((lettre) => lettre.deliberationId === deliberationId)
        .sort(
          inOrder(
            ({ recueLe }) => recueLe,
            ({ id }) => id,
          ),
        ),
    );
  }

  findReponse(
    transmissionId: TransmissionId,
  ): Promise<{ readonly correspondance: Correspondance; readonly pieces: readonly Piece[] } | null> {
    const correspondanceId = this.ledger.transmissions.get(transmissionId)?.correspondanceId;
    const correspondance = correspondanceId ? this.ledger.correspondances.get(correspondanceId) : undefined;
    const pieces = this.ledger.reponses.get(transmissionId) ?? [];
    return Promise.resolve(correspondance ? { correspondance, pieces } : null);
  }

  receive({
    correspondance,
    retourId,
    retourFrom = 'received',
    retourAudit,
    remarque,
    audit,
    accuse,
  }: ReceivedCourrier): Promise<boolean> {
    const known = [...this.ledger.correspondances.values()].some(
      (lettre) =>
        lettre.deliberationId === correspondance.deliberationId &&
        lettre.empreinteMessage === correspondance.empreinteMessage,
    );
    const retour = this.ledger.retours.get(retourId);
    if (known || retour?.state !== retourFrom) return Promise.resolve(false);
    this.ledger.correspondances.set(correspondance.id, correspondance);
    this.ledger.sources.set(correspondance.id, retourId);
    this.ledger.retours.set(retourId, { ...retour, state: 'applied' });
    this.ledger.settlements.set(retourId, {
      flux: correspondance.flux,
      collectiviteId: correspondance.collectiviteId,
      transmissionId: null,
      code: remarque?.code ?? null,
      detail: remarque?.detail ?? null,
    });
    this.ledger.audit.push(audit, retourAudit);
    if (accuse) {
      this.ledger.transmissions.set(accuse.transmission.id, accuse.transmission);
      this.ledger.audit.push(accuse.audit);
      this.ledger.enqueue(accuse.outbox);
    }
    return Promise.resolve(true);
  }

  take({ id, state }: Correspondance, to: CorrespondanceState, audit: AuditEntry): Promise<boolean> {
    const current = this.ledger.correspondances.get(id);
    if (current?.state !== state) return Promise.resolve(false);
    this.ledger.correspondances.set(id, { ...current, state: to });
    this.ledger.audit.push(audit);
    return Promise.resolve(true);
  }

  listReponses(id: CorrespondanceId): Promise<readonly Transmission[]> {
    const reponses = this.ledger
      .transmissionsById()
      .filter(({ correspondanceId, flux }) => correspondanceId === id && isOneOf(FLUX_REPONSES, flux));
    return Promise.resolve(reponses);
  }

  answer(reponse: DepositedReponse): Promise<boolean> {
    const { correspondance, to, transmission, pieces } = reponse;
    const current = this.ledger.correspondances.get(correspondance.id);
    if (current?.state !== correspondance.state) return Promise.resolve(false);
    this.ledger.correspondances.set(current.id, { ...current, state: to });
    this.ledger.transmissions.set(transmission.id, transmission);
    this.ledger.reponses.set(transmission.id, pieces);
    this.ledger.audit.push(reponse.audit, reponse.transmissionAudit);
    this.ledger.enqueue(reponse.outbox);
    return Promise.resolve(true);
  }
}
