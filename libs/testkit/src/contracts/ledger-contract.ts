import { buildIdentifiantActe, parseNomEnveloppe } from '@teletransmission/actes';
import type { Departement, NumeroInterne, Siren } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import { addMs, civilDate } from '@teletransmission/kernel';
import type {
  AuditEntry,
  ClassificationRepository,
  Constat,
  ConstatRepository,
  Correspondance,
  CorrespondanceId,
  CorrespondanceRepository,
  DecisionRepository,
  ReceivedCourrier,
  Collectivite,
  CollectiviteRepository,
  Compte,
  Deposit,
  DeliberationId,
  DeliberationRepository,
  Empreinte,
  EnveloppeId,
  EnvoiId,
  EnvoiLease,
  EnvoiRepository,
  OutboxMessage,
  Page,
  PieceSignature,
  PublicationRepository,
  ReleveEnEchec,
  ReleveReadings,
  ReleveRepository,
  Retour,
  RetourId,
  RetourRepository,
  StateChange,
  Transmission,
  TransmissionId,
  TransmissionRepository,
  TrayReadings,
} from '@teletransmission/teletransmission';
import { changeState, LIAISON_DIRECTE } from '@teletransmission/teletransmission';
import { aStoredFile } from '../builders/a-dossier';
import { aTransmission } from '../builders/a-transmission';
import { aGuichet } from '../builders/a-guichet';

/** Les livres à éprouver, et des identités neuves pour chaque essai. */
export interface LedgerParts {
  readonly transmissions: TransmissionRepository;
  readonly envois: EnvoiRepository;
  readonly constats: ConstatRepository;
  readonly decisions: DecisionRepository;
  readonly deliberations: DeliberationRepository;
  readonly retours: RetourRepository;
  readonly releves: ReleveRepository & ReleveReadings;
  readonly publications: PublicationRepository;
  readonly classifications: ClassificationRepository;
  readonly correspondances: CorrespondanceRepository;
  readonly tray: TrayReadings;
  readonly collectivites: CollectiviteRepository;
  readonly collectivite: Collectivite;
  readonly compte: Compte;
  /** Une autre personne. */
  readonly autreCompte: Compte;
  id(): string;
  /** Comment s'est clos chaque envoi d'une transmission, dans l'ordre de leur ouverture ; nul : pas encore. */
  outcomesOf(id: TransmissionId): Promise<readonly (string | null)[]>;
}

const NOW = '2022-11-02T09:00:00.000Z' as Instant;

/** Une signature vérifiée, telle que le dépôt la range avec sa pièce. */
export const signatureOf = (empreinte: Empreinte): PieceSignature => ({
  nomFichier: 'extrait.pdf.p7s',
  empreinte,
  tailleOctets: 2_048,
  numeroSerie: '0A1B2C',
  algorithme: 'RSA-SHA256',
  isChaineVerifiee: true,
});

export function auditOf(changes: Partial<AuditEntry>): AuditEntry {
  return {
    collectiviteId: null,
    deliberationId: null,
    sujet: 'retour',
    sujetId: 'x',
    evenement: 'retour-received',
    etatAvant: null,
    etatApres: 'received',
    instant: NOW,
    acteur: { kind: 'service' },
    motif: null,
    preuve: {},
    ...changes,
  };
}

/** Un dépôt complet et neuf. */
export function aDeposit(parts: LedgerParts, numero: string, cle: string | null = null): Deposit {
  const deliberationId = parts.id() as DeliberationId;
  const transmissionId = parts.id() as TransmissionId;
  const numeroInterne = numero as NumeroInterne;
  const dateDecision = civilDate('2022-10-20');
  const identifiantActe = buildIdentifiantActe({
    departement: '034' as Departement,
    siren: parts.collectivite.siren,
    dateDecision,
    numeroInterne,
    nature: 'DE',
  });
  const { empreinte, tailleOctets } = aStoredFile('extrait.pdf');
  const collectiviteId = parts.collectivite.id;
  return {
    deliberation: {
      id: deliberationId,
      collectiviteId,
      identifiantActe,
      numeroInterne,
      nature: 'DE',
      dateDecision,
      objet: 'Création d’une œuvre à 45 €',
      matiere: '8.1',
      vote: { votants: 3, pour: 2, contre: 1, abstentions: 0, blancs: 0, nuls: 0, voixPreponderante: false },
      pieces: [
        {
          rang: 0,
          typePiece: '99_DE',
          nomFichier: 'extrait.pdf',
          empreinte,
          tailleOctets,
          format: 'pdf',
          remarques: ['octets-avant-le-pdf', 'table-reconstruite'],
          signature: signatureOf(empreinte),
        },
        {
          rang: 1,
          typePiece: '99_DE',
          nomFichier: 'annexe.pdf',
          empreinte,
          tailleOctets,
          format: 'pdf',
          remarques: null,
          signature: null,
        },
      ],
      deposeeLe: NOW,
      deposeePar: parts.compte.id,
      corrigeId: null,
      pasAvant: addMs(NOW, 86_400_000),
    },
    transmission: aTransmission({ id: transmissionId, deliberationId, collectiviteId, identifiantActe }),
    audit: auditOf({
      collectiviteId,
      deliberationId,
      sujet: 'transmission',
      sujetId: transmissionId,
      evenement: 'deposited',
      etatApres: 'queued',
    }),
    outbox: { job: 'seal-enveloppe', targetId: transmissionId, turn: 1, notBefore: null },
    receipt: { deliberationId, transmissionId, identifiantActe, deposeeLe: NOW },
    superseded: null,
    idempotency: cle === null ? null : { cle, empreinteDemande: 'a'.repeat(64) },
    reprendNumeroAnnule: false,
  };
}

/** La correction d'un dépôt retenu : un dépôt de la même identité, et le remplacement de sa transmission. */
function aCorrection(parts: LedgerParts, former: Deposit, held: Transmission): Deposit {
  const deposit = aDeposit(parts, former.deliberation.numeroInterne);
  return {
    ...deposit,
    deliberation: { ...deposit.deliberation, corrigeId: former.deliberation.id },
    transmission: { ...deposit.transmission, corrigeId: held.id },
    superseded: changed(held, { event: 'superseded', at: NOW, actor: { kind: 'service' } }),
  };
}

export function changed(
  transmission: Transmission,
  ...[happening]: [Parameters<typeof changeState>[1]]
): StateChange {
  const change = changeState(transmission, happening);
  if (!change.ok) throw new Error(change.problem.detail);
  return change.value;
}

export async function deposited(parts: LedgerParts): Promise<Transmission> {
  const deposit = aDeposit(parts, `N${parts.id().slice(-8).toUpperCase()}`);
  expect(await parts.deliberations.deposit(deposit)).toEqual({ kind: 'deposited' });
  return deposit.transmission;
}

async function sealed(parts: LedgerParts): Promise<Transmission> {
  return sealedOf(parts, await deposited(parts));
}

/** Mise sous enveloppe. */
export async function sealedOf(parts: LedgerParts, transmission: Transmission): Promise<Transmission> {
  const jour = civilDate('2022-11-02');
  const enveloppe = await parts.transmissions.allocateEnveloppe(
    transmission,
    parts.collectivite.siren,
    jour,
    parts.id() as EnveloppeId,
  );
  const { siren } = parts.collectivite;
  const nom = `TLT-TACT--${siren}--20221102-${enveloppe.numero}.tar.gz`;
  const recorded = await parts.transmissions.record(
    changed(transmission, {
      event: 'enveloppe-sealed',
      at: NOW,
      actor: { kind: 'service' },
      patch: { enveloppeId: enveloppe.id, liaisonId: LIAISON_DIRECTE, nextTurnAt: NOW },
      effects: [
        {
          kind: 'seal',
          enveloppeId: enveloppe.id,
          archive: { nom, empreinte: 'b'.repeat(64) as Empreinte, tailleOctets: 9 },
        },
      ],
    }),
  );
  if (!recorded.moved) throw new Error('non scellée');
  return recorded.transmission;
}

async function sending(parts: LedgerParts): Promise<Transmission> {
  return sendingOf(parts, await deposited(parts));
}

export async function sendingOf(parts: LedgerParts, queued: Transmission): Promise<Transmission> {
  return (await openedOf(parts, queued)).transmission;
}

/** Un envoi ouvert à `NOW`, sous un bail d'une minute. */
async function openedOf(
  parts: LedgerParts,
  queued: Transmission,
): Promise<{ readonly transmission: Transmission; readonly lease: EnvoiLease }> {
  const transmission = await sealedOf(parts, queued);
  const envoiId = parts.id() as EnvoiId;
  const recorded = await parts.transmissions.record(
    changed(transmission, {
      event: 'envoi-opened',
      at: NOW,
      actor: { kind: 'service' },
      patch: { turn: 1, nextTurnAt: null },
      effects: [
        {
          kind: 'open-envoi',
          envoiId,
          enveloppeId: transmission.enveloppeId ?? ('' as EnveloppeId),
          turn: 1,
          leaseUntil: addMs(NOW, 60_000),
        },
      ],
    }),
  );
  if (!recorded.moved) throw new Error('non envoyée');
  const { id, version } = recorded.transmission;
  return {
    transmission: recorded.transmission,
    lease: { envoiId, transmissionId: id, jeton: version },
  };
}

/** La suite que passent les livres en mémoire et ceux de PostgreSQL : les deux tiennent les mêmes promesses. */
export function describeLedgerContract(name: string, open: () => Promise<LedgerParts>): void {
  describe(`les livres (${name})`, () => {
    let parts: LedgerParts;
    beforeAll(async () => {
      parts = await open();
    });

    it('rendent une délibération déposée telle quelle', async () => {
      const deposit = aDeposit(parts, 'RELU_1');
      await parts.deliberations.deposit(deposit);
      expect(await parts.deliberations.find(deposit.deliberation.id)).toEqual(deposit.deliberation);
      expect(await parts.transmissions.find(deposit.transmission.id)).toEqual(deposit.transmission);
      expect(await parts.publications.find(deposit.deliberation.id)).toMatchObject({
        state: 'unpublished',
        datePublication: null,
      });
    });

    it('refusent un second acte vivant du même identifiant, sans rien en garder', async () => {
      const first = aDeposit(parts, 'DOUBLE_1');
      const second = aDeposit(parts, 'DOUBLE_1');
      await parts.deliberations.deposit(first);
      expect(await parts.deliberations.deposit(second)).toEqual({
        kind: 'identifiant-taken',
        state: 'queued',
        deliberationId: first.deliberation.id,
      });
      expect(await parts.deliberations.find(second.deliberation.id)).toBeNull();
    });

    it('rendent la première demande d’une clé d’idempotence à qui la répète', async () => {
      const cle = `cle-${parts.id()}`;
      const first = aDeposit(parts, 'CLE_1', cle);
      await parts.deliberations.deposit(first);
      const outcome = await parts.deliberations.deposit(aDeposit(parts, 'CLE_2', cle));
      expect(outcome).toEqual({
        kind: 'key-taken',
        empreinteDemande: 'a'.repeat(64),
        receipt: first.receipt,
      });
      expect(await parts.deliberations.findRequest(parts.collectivite.id, cle)).toEqual({
        empreinteDemande: 'a'.repeat(64),
        receipt: first.receipt,
      });
    });

    it('admettent de nouveau un identifiant dont la transmission est retirée', async () => {
      const first = aDeposit(parts, 'RETIRE_1');
      await parts.deliberations.deposit(first);
      const actor = { kind: 'service' } as const;
      await parts.transmissions.record(
        changed(first.transmission, { event: 'withdrawn', at: NOW, actor, reason: 'erreur' }),
      );
      const second = aDeposit(parts, 'RETIRE_1');
      expect(await parts.deliberations.deposit(second)).toEqual({ kind: 'deposited' });
      const found = await parts.transmissions.findByIdentifiant(second.deliberation.identifiantActe, '1-1');
      expect(found?.id).toBe(second.transmission.id);
    });

    it('remplacent un acte retenu par sa correction, de la même identité, ensemble et une fois', async () => {
      const former = aDeposit(parts, 'CORRIGE_1');
      await parts.deliberations.deposit(former);
      const onHold = { event: 'put-on-hold', at: NOW, actor: { kind: 'service' } } as const;
      const recorded = await parts.transmissions.record(changed(former.transmission, onHold));
      if (!recorded.moved) throw new Error('la transmission devait être retenue');
      const held = recorded.transmission;
      const correction = aCorrection(parts, former, held);
      const rival = aCorrection(parts, former, held);
      expect(await parts.deliberations.deposit(correction)).toEqual({ kind: 'deposited' });
      expect(await parts.deliberations.deposit(rival)).toEqual({ kind: 'moved', state: 'withdrawn' });
      expect(await parts.deliberations.find(rival.deliberation.id)).toBeNull();
      expect((await parts.transmissions.find(held.id))?.state).toBe('withdrawn');
      expect(await parts.deliberations.find(correction.deliberation.id)).toEqual(correction.deliberation);
      const { identifiantActe } = former.deliberation;
      expect(await parts.transmissions.findByIdentifiant(identifiantActe, '1-1')).toEqual(
        correction.transmission,
      );
    });

    it('gardent l’acte retenu quand sa correction prend l’identité d’un autre', async () => {
      const former = aDeposit(parts, 'CORRIGE_2');
      const other = aDeposit(parts, 'CORRIGE_3');
      await parts.deliberations.deposit(former);
      await parts.deliberations.deposit(other);
      const onHold = { event: 'put-on-hold', at: NOW, actor: { kind: 'service' } } as const;
      const recorded = await parts.transmissions.record(changed(former.transmission, onHold));
      if (!recorded.moved) throw new Error('la transmission devait être retenue');
      const correction = aCorrection(parts, former, recorded.transmission);
      const { identifiantActe, numeroInterne } = other.deliberation;
      expect(
        await parts.deliberations.deposit({
          ...correction,
          deliberation: { ...correction.deliberation, identifiantActe, numeroInterne },
          transmission: { ...correction.transmission, identifiantActe },
        }),
      ).toMatchObject({ kind: 'identifiant-taken', deliberationId: other.deliberation.id });
      expect((await parts.transmissions.find(former.transmission.id))?.state).toBe('held');
    });

    it('n’écrivent un état qu’une fois depuis la même lecture', async () => {
      const transmission = await deposited(parts);
      const change = changed(transmission, {
        event: 'put-on-hold',
        at: NOW,
        actor: { kind: 'service' },
        reason: 'pause',
      });
      const [a, b] = await Promise.all([
        parts.transmissions.record(change),
        parts.transmissions.record(change),
      ]);
      expect([a.moved, b.moved].sort()).toEqual([false, true]);
      expect(await parts.transmissions.find(transmission.id)).toMatchObject({
        state: 'held',
        version: 2,
        since: NOW,
      });
    });

    it('rendent du changement la même transmission que la lecture suivante', async () => {
      const transmission = await sealed(parts);
      expect(await parts.transmissions.find(transmission.id)).toEqual(transmission);
    });

    it('donnent un seul numéro du jour par cycle, jamais deux fois le même', async () => {
      const jour = civilDate('2022-12-31');
      const siren = parts.collectivite.siren;
      const [one, two] = [await deposited(parts), await deposited(parts)];
      const allocations = await Promise.all(
        [one, one, two, two].map((t) =>
          parts.transmissions.allocateEnveloppe(t, siren, jour, parts.id() as EnveloppeId),
        ),
      );
      const numbers = allocations.map((enveloppe) => enveloppe.numero);
      expect(numbers[0]).toBe(numbers[1]);
      expect(numbers[2]).toBe(numbers[3]);
      expect(new Set(numbers).size).toBe(2);
      const next = await parts.transmissions.allocateEnveloppe(
        one,
        siren,
        civilDate('2023-01-01'),
        parts.id() as EnveloppeId,
      );
      expect(next.id).toBe(allocations[0]?.id);
    });

    it('retrouvent une transmission par le nom exact de son enveloppe, pas par un début', async () => {
      const transmission = await sealed(parts);
      const enveloppe = await parts.transmissions.findEnveloppe(
        transmission.enveloppeId ?? ('' as EnveloppeId),
      );
      const nom = parseNomEnveloppe(enveloppe?.archive?.nom ?? '');
      if (!nom.ok) throw new Error(nom.problem.detail);
      expect(await parts.transmissions.findByEnveloppe(nom.value.key)).toMatchObject({
        transmission: { id: transmission.id },
        isCurrent: true,
      });
      expect(
        await parts.transmissions.findByEnveloppe({
          ...nom.value.key,
          numero: nom.value.key.numero * 10 + 9,
        }),
      ).toBeNull();
      expect(
        await parts.transmissions.findByEnveloppe({ ...nom.value.key, siren: '000000000' as Siren }),
      ).toBeNull();
    });

    it('tiennent un envoi sans fin de bail jusqu’à son échéance, puis le rendent comme interrompu', async () => {
      const transmission = await sending(parts);
      const before = await parts.transmissions.findExpiredLeases(addMs(NOW, 59_999), 100);
      const after = await parts.transmissions.findExpiredLeases(addMs(NOW, 60_000), 100);
      expect(before.map((t) => t.id)).not.toContain(transmission.id);
      expect(after.map((t) => t.id)).toContain(transmission.id);
    });

    it('prolongent un bail tant qu’il est tenu, et ne reprennent jamais un bail perdu', async () => {
      const { transmission, lease } = await openedOf(parts, await deposited(parts));
      const renew = (changes: Partial<EnvoiLease>, nowMs: number): Promise<boolean> =>
        parts.envois.renewLease({ ...lease, ...changes }, addMs(NOW, nowMs), addMs(NOW, nowMs + 60_000));
      expect(await renew({ jeton: lease.jeton - 1 }, 1_000)).toBe(false);
      expect(await renew({ envoiId: parts.id() as EnvoiId }, 1_000)).toBe(false);
      expect(await renew({}, 30_000)).toBe(true);
      const expired = await parts.transmissions.findExpiredLeases(addMs(NOW, 60_000), 1_000);
      expect(expired.map((t) => t.id)).not.toContain(transmission.id);
      expect(await renew({}, 90_000)).toBe(false);
      expect((await parts.transmissions.find(transmission.id))?.state).toBe('sending');
    });

    it('refusent le bail d’un envoi devenu incertain, et n’en gardent la réponse que comme pièce, une fois', async () => {
      const { transmission, lease } = await openedOf(parts, await deposited(parts));
      const lost = await parts.transmissions.record(
        changed(transmission, { event: 'envoi-lost', at: NOW, actor: { kind: 'horloge' } }),
      );
      if (!lost.moved) throw new Error('non perdue');
      expect(await parts.envois.renewLease(lease, addMs(NOW, 1), addMs(NOW, 60_001))).toBe(false);
      const keep = (code: string): Promise<void> =>
        parts.envois.keepLateAnswer(lease, { kind: 'accepted', code }, addMs(NOW, 2), {
          job: 'reconcile-envoi',
          targetId: transmission.id,
          turn: lease.jeton,
          notBefore: null,
        });
      await keep('prefecture/http-201');
      await keep('prefecture/http-200');
      expect(await parts.transmissions.find(transmission.id)).toEqual(lost.transmission);
    });

    it('savent le dernier envoi d’une transmission, et qu’une autre n’en a aucun', async () => {
      const queued = await deposited(parts);
      expect(await parts.envois.lastOf(queued.id)).toBeNull();
      const { transmission } = await openedOf(parts, queued);
      expect(await parts.envois.lastOf(queued.id)).toEqual({
        enveloppeId: transmission.enveloppeId,
        ouvertLe: NOW,
        premierOuvertLe: NOW,
      });
    });

    it('gardent un constat par compte et par envoi, et le dernier mot de chacun', async () => {
      const { id, cycle, turn } = await sending(parts);
      const { id: compteId, nom: compteNom } = parts.compte;
      const keep = (constat: Constat['constat'], motif: string): Promise<boolean> =>
        parts.constats.keep(
          { transmissionId: id, cycle, turn, compteId, compteNom, constat, motif, instant: NOW },
          auditOf({
            sujet: 'transmission',
            sujetId: id,
            evenement: 'constat-recorded',
            etatAvant: null,
            etatApres: null,
          }),
        );
      expect(await keep('absente', 'appelée')).toBe(true);
      expect(await keep('absente', 'rappelée')).toBe(false);
      expect(await keep('presente', 'trompé')).toBe(true);
      expect(await parts.constats.listOf({ id, cycle, turn })).toEqual([
        {
          transmissionId: id,
          cycle,
          turn,
          compteId,
          compteNom,
          constat: 'presente',
          motif: 'trompé',
          instant: NOW,
        },
      ]);
      expect(await parts.constats.listOf({ id, cycle, turn: turn + 1 })).toEqual([]);
    });

    it('signalent un accusé en retard à son échéance, et une seule fois', async () => {
      const transmission = await sending(parts);
      const accepted = await parts.transmissions.record(
        changed(transmission, {
          event: 'envoi-accepted',
          at: NOW,
          actor: { kind: 'service' },
          patch: { teletransmiseLe: NOW, ackDueAt: addMs(NOW, 1_000) },
          effects: [{ kind: 'close-envoi', outcome: 'accepted', code: 'prefecture/http-201', detail: null }],
        }),
      );
      if (!accepted.moved) throw new Error('non acceptée');
      const due = await parts.transmissions.findOverdue(addMs(NOW, 1_000), 100);
      expect(due.map((t) => t.id)).toContain(transmission.id);
      const flagged = await parts.transmissions.record(
        changed(accepted.transmission, {
          event: 'ack-deadline-passed',
          at: addMs(NOW, 2_000),
          actor: { kind: 'horloge' },
          patch: { isOverdue: true },
        }),
      );
      expect(flagged).toMatchObject({
        moved: true,
        transmission: { state: 'awaiting-ack', since: NOW, isOverdue: true },
      });
      expect((await parts.transmissions.findOverdue(addMs(NOW, 3_000), 100)).map((t) => t.id)).not.toContain(
        transmission.id,
      );
    });

    it('rendent ce qui n’est pas fini, page par page, et rien de ce qui l’est', async () => {
      const made = [await deposited(parts), await sealed(parts), await sending(parts)];
      const ended: Transmission[] = [];
      for (const event of ['put-on-hold', 'withdrawn'] as const) {
        const change = changed(await deposited(parts), { event, at: NOW, actor: { kind: 'service' } });
        const recorded = await parts.transmissions.record(change);
        if (!recorded.moved) throw new Error('état changé entre-temps');
        (event === 'withdrawn' ? ended : made).push(recorded.transmission);
      }
      const found: string[] = [];
      for (let after: TransmissionId | null = null; ;) {
        const page: readonly Transmission[] = await parts.transmissions.findUnfinished(after, 2);
        found.push(...page.map(({ id }) => id));
        if (page.length < 2) break;
        after = page.at(-1)?.id ?? null;
      }
      expect(found).toEqual([...new Set(found)].sort());
      expect(found).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
      expect(found).not.toContain(ended[0]?.id);
    });

    it('disent ce qui attend un travail : de quoi rebâtir les files', async () => {
      const queued = await deposited(parts);
      const ready = await sealed(parts);
      const { items: waiting } = await parts.transmissions.findWaiting(
        addMs(NOW, 1_000),
        addMs(NOW, 1_000),
        null,
        1_000,
      );
      expect(waiting).toContainEqual({
        job: 'seal-enveloppe',
        targetId: queued.id,
        turn: queued.version,
        notBefore: null,
      });
      expect(waiting).toContainEqual({
        job: 'submit-enveloppe',
        targetId: ready.id,
        turn: ready.version,
        notBefore: null,
      });
      const { items: early } = await parts.transmissions.findWaiting(NOW, addMs(NOW, -1), null, 1_000);
      expect(early.map((message) => message.targetId)).not.toContain(queued.id);
    });

    it('disent ce qui attend page après page, sans rien sauter ni répéter', async () => {
      const made: string[] = [];
      for (let rank = 0; rank < 5; rank += 1) made.push((await deposited(parts)).id);
      const at = addMs(NOW, 1_000);
      const whole = await parts.transmissions.findWaiting(at, at, null, 10_000);
      expect(whole.next).toBeNull();
      const walked: OutboxMessage[] = [];
      let after: string | null = null;
      do {
        const page: Page<OutboxMessage> = await parts.transmissions.findWaiting(at, at, after, 2);
        expect(page.items.length).toBeLessThanOrEqual(2);
        walked.push(...page.items);
        after = page.next;
      } while (after !== null);
      expect(walked).toEqual(whole.items);
      expect(walked.map(({ targetId }) => targetId)).toEqual(expect.arrayContaining(made));
    });

    it('remettent un départ à plus tard, avec son travail, sans rien redire quand la raison est la même', async () => {
      const ready = await sealed(parts);
      const reason = { code: 'prefecture/closed', detail: 'Hors des heures.' };
      const until = addMs(NOW, 3_600_000);
      const seen = { guichet: aGuichet(parts.collectivite.departement), version: 0, isCut: false };
      const change = changeState(ready, {
        event: 'departure-postponed',
        at: NOW,
        actor: { kind: 'service' },
        reason: reason.detail,
      });
      if (!change.ok) throw new Error(change.problem.detail);
      expect(await parts.transmissions.postpone(ready, { until, reason, seen }, change.value.audit)).toBe(
        true,
      );
      expect(await parts.transmissions.postpone(ready, { until, reason, seen }, null)).toBe(false);
      const postponed = await parts.transmissions.find(ready.id);
      expect(postponed).toEqual({
        ...ready,
        version: ready.version + 1,
        nextTurnAt: until,
        stopReason: reason,
      });
      if (!postponed) throw new Error('perdue');
      expect(
        await parts.transmissions.postpone(postponed, { until: addMs(until, 1), reason, seen }, null),
      ).toBe(true);
      for (const stale of [
        { ...seen, version: 1 },
        { ...seen, isCut: true },
      ])
        expect(
          await parts.transmissions.postpone(
            { ...ready, version: ready.version + 2 },
            { until, reason, seen: stale },
            null,
          ),
        ).toBe(false);
      const { items: early } = await parts.transmissions.findWaiting(until, until, null, 1_000);
      expect(early.map(({ targetId }) => targetId)).not.toContain(ready.id);
      const { items: due } = await parts.transmissions.findWaiting(addMs(until, 1), until, null, 1_000);
      expect(due).toContainEqual({
        job: 'submit-enveloppe',
        targetId: ready.id,
        turn: ready.version + 2,
        notBefore: null,
      });
    });

    it('inscrivent une remise une fois ; une autre identité, un autre nom, d’autres octets ou une autre source en font une autre', async () => {
      const retour = aRetour(parts);
      const receive = (r: Retour): Promise<boolean> =>
        parts.retours.receive(r, auditOf({ sujetId: r.id }), {
          job: 'apply-retour',
          targetId: r.id,
          turn: 1,
          notBefore: null,
        });
      expect(await receive(retour)).toBe(true);
      expect(await receive({ ...retour, id: parts.id() as RetourId })).toBe(false);
      const others: readonly Partial<Retour>[] = [
        { source: 'autre-source' },
        { sourceId: 'autre-identite' },
        { nom: 'ANO_TACT--213402761--20221102-2.xml' },
        { empreinte: 'f'.repeat(64) as Empreinte },
      ];
      for (const change of others) {
        const other: Retour = { ...retour, ...change, id: parts.id() as RetourId };
        expect(await receive(other)).toBe(true);
        expect(await parts.retours.find(other.id)).toEqual(other);
      }
      expect(await parts.retours.find(retour.id)).toEqual(retour);
    });

    it('ne changent rien d’un acte par un retour qu’un autre a déjà appliqué', async () => {
      const { retourId } = await received(parts);
      const acte = await sending(parts);
      for (const audit of [null, auditOf({ sujetId: retourId })]) {
        const change = changed(acte, {
          event: 'anomalie-received',
          at: NOW,
          actor: { kind: 'prefecture' },
          effects: [{ kind: 'apply-retour', retourId, flux: '1-3', audit }],
        });
        expect(await parts.transmissions.record(change)).toEqual({ moved: false });
      }
      expect(await parts.transmissions.find(acte.id)).toEqual(acte);
    });

    it('gardent ce qu’une lecture a remarqué d’un retour, à la place de la précédente', async () => {
      const { retourId } = await received(parts);
      const remarques = [
        { regle: 'xml/encodage-inattendu', detail: 'En UTF-16 : « œ ».' },
        { regle: 'xml/valeur-invalide', detail: 'Un numéro.', ligne: 2, fichier: 'a.xml' },
      ];
      await parts.retours.annotate(retourId, [{ regle: 'xml/avant', detail: 'D’avant.' }]);
      await parts.retours.annotate(retourId, remarques);
      expect((await parts.retours.find(retourId))?.remarques).toEqual(remarques);
    });

    it('savent si le même retour, même nom et mêmes octets, a déjà été appliqué', async () => {
      const { retourId } = await received(parts);
      const applied = await parts.retours.find(retourId);
      if (!applied) throw new Error('retour perdu');
      const twin = { ...applied, id: parts.id() as RetourId, sourceId: 'autre-identite' };
      expect(await parts.retours.hasAppliedTwin(twin)).toBe(true);
      expect(await parts.retours.hasAppliedTwin(applied)).toBe(false);
      expect(await parts.retours.hasAppliedTwin({ ...twin, nom: 'autre.xml' })).toBe(false);
      expect(await parts.retours.hasAppliedTwin(aRetour(parts))).toBe(false);
    });

    it('gardent un retour qui ne se relève pas, ses dates et sa raison, jusqu’à ce qu’il vienne', async () => {
      const { releves } = parts;
      const from = { liaisonId: LIAISON_DIRECTE, source: `source-${parts.id()}` };
      const elsewhere = { liaisonId: LIAISON_DIRECTE, source: 'autre' };
      const nameless: ReleveEnEchec = {
        id: parts.id(),
        ...from,
        cle: `entrée ${'a'.repeat(64)}`,
        sourceId: null,
        nom: null,
        extrait: '{"nom":"œ"}',
        premierEchecLe: NOW,
        dernierEchecLe: NOW,
        echecs: 1,
        code: 'releve/entree-inutilisable',
        detail: 'Sans identité.',
        prochaineLe: addMs(NOW, 30_000),
      };
      const absent: ReleveEnEchec = {
        ...nameless,
        id: parts.id(),
        cle: 'identité 12',
        sourceId: '12',
        nom: 'a.xml',
        extrait: null,
      };
      await releves.fail(nameless);
      await releves.fail(absent);
      const again: ReleveEnEchec = {
        ...absent,
        id: parts.id(),
        premierEchecLe: addMs(NOW, 60_000),
        dernierEchecLe: addMs(NOW, 60_000),
        echecs: 2,
        detail: 'HTTP 404',
        prochaineLe: addMs(NOW, 180_000),
      };
      await releves.fail(again);
      const kept = { ...again, id: absent.id, premierEchecLe: NOW };
      const found = await releves.find(from, [absent.cle, nameless.cle, 'identité 13']);
      expect([found.size, found.get(absent.cle), found.get(nameless.cle)]).toEqual([2, kept, nameless]);
      expect((await releves.find(elsewhere, [absent.cle])).size).toBe(0);
      const first = await releves.list(null, 1);
      expect(first.items).toEqual([nameless]);
      expect(await releves.list(first.next, 1)).toEqual({ items: [kept], next: null });
      await releves.forgetUnseen(elsewhere, []);
      await releves.forgetUnseen(from, [absent.cle]);
      expect([...(await releves.find(from, [absent.cle, nameless.cle])).keys()]).toEqual([absent.cle]);
      await releves.settle(elsewhere, absent.cle);
      await releves.settle(from, absent.cle);
      expect(await releves.list(null, 10)).toEqual({ items: [], next: null });
    });

    it('règlent un retour une fois depuis la même lecture', async () => {
      const retour = aRetour(parts);
      await parts.retours.receive(retour, auditOf({ sujetId: retour.id }), {
        job: 'apply-retour',
        targetId: retour.id,
        turn: 1,
        notBefore: null,
      });
      const settlement = {
        retour,
        to: 'unmatched' as const,
        flux: '1-2',
        collectiviteId: null,
        transmissionId: null,
        code: 'retour/act-unknown',
        detail: 'inconnu',
        audit: auditOf({
          sujetId: retour.id,
          evenement: 'retour-unmatched',
          etatAvant: 'received',
          etatApres: 'unmatched',
        }),
      };
      expect(await parts.retours.settle(settlement)).toBe(true);
      expect(await parts.retours.settle(settlement)).toBe(false);
    });

    it('font relire un retour une fois depuis la même lecture, sous le rattachement qu’on lui donne', async () => {
      const acte = await deposited(parts);
      const received = aRetour(parts);
      await parts.retours.receive(received, auditOf({ sujetId: received.id }), {
        job: 'apply-retour',
        targetId: received.id,
        turn: 1,
        notBefore: null,
      });
      await parts.retours.settle({
        retour: received,
        to: 'unmatched',
        flux: '1-2',
        collectiviteId: null,
        transmissionId: null,
        code: 'retour/act-unknown',
        detail: 'inconnu',
        audit: auditOf({
          sujetId: received.id,
          evenement: 'retour-unmatched',
          etatAvant: 'received',
          etatApres: 'unmatched',
        }),
      });
      const unmatched = await parts.retours.find(received.id);
      if (!unmatched) throw new Error('retour perdu');
      const handling = {
        retour: unmatched,
        to: 'received' as const,
        rattacheA: acte.id,
        audit: auditOf({
          sujetId: received.id,
          evenement: 'retour-read-again',
          etatAvant: 'unmatched',
          etatApres: 'received',
        }),
        outbox: { job: 'apply-retour' as const, targetId: received.id, turn: 2, notBefore: null },
      };
      expect(await parts.retours.handle(handling)).toBe(true);
      expect(await parts.retours.handle(handling)).toBe(false);
      expect(await parts.retours.find(received.id)).toEqual({
        ...received,
        rattacheA: acte.id,
        lecture: 2,
      });
      const { items: waiting } = await parts.transmissions.findWaiting(
        addMs(NOW, 1),
        addMs(NOW, 1),
        null,
        1_000,
      );
      expect(waiting).toContainEqual(handling.outbox);
    });

    it('changent plusieurs états ensemble, ou aucun', async () => {
      const [one, two] = [await deposited(parts), await deposited(parts)];
      const actor = { kind: 'service' } as const;
      const hold = (t: Transmission): StateChange =>
        changed(t, { event: 'put-on-hold', at: NOW, actor, reason: 'pause' });
      expect(await parts.transmissions.recordTogether([hold(one), hold({ ...two, version: 9 })])).toBe(false);
      expect(await parts.transmissions.find(one.id)).toEqual(one);
      expect(await parts.transmissions.recordTogether([hold(one), hold(two)])).toBe(true);
      expect(await parts.transmissions.find(one.id)).toMatchObject({ state: 'held' });
      expect(await parts.transmissions.find(two.id)).toMatchObject({ state: 'held' });
    });

    it('font naître une transmission avec le changement qui la demande', async () => {
      const acte = await sealed(parts);
      const { deliberationId, collectiviteId, identifiantActe } = acte;
      const id = parts.id() as TransmissionId;
      const annulation = aTransmission({ id, deliberationId, collectiviteId, identifiantActe, flux: '6-1' });
      const audit = auditOf({
        collectiviteId,
        deliberationId,
        sujet: 'transmission',
        sujetId: id,
        evenement: 'deposited',
        etatApres: 'queued',
      });
      const recorded = await parts.transmissions.record(
        changed(acte, {
          event: 'put-on-hold',
          at: NOW,
          actor: { kind: 'service' },
          effects: [{ kind: 'create-transmission', transmission: annulation, audit }],
          outbox: [{ job: 'seal-enveloppe', targetId: id, turn: 1, notBefore: null }],
        }),
      );
      expect(recorded.moved).toBe(true);
      expect(await parts.transmissions.findByIdentifiant(identifiantActe ?? '', '6-1')).toEqual(annulation);
      expect((await parts.transmissions.findByIdentifiant(identifiantActe ?? '', '1-1'))?.id).toBe(acte.id);
    });

    it('n’ouvrent qu’une demande de nomenclature à la fois, et la closent avec ce qu’elle apporte', async () => {
      const collectiviteId = parts.collectivite.id;
      const demande = (): Transmission =>
        aTransmission({
          id: parts.id() as TransmissionId,
          deliberationId: null,
          identifiantActe: null,
          collectiviteId,
          flux: '7-1',
        });
      const create = (t: Transmission): Promise<boolean> =>
        parts.transmissions.create(
          t,
          auditOf({
            collectiviteId,
            sujet: 'transmission',
            sujetId: t.id,
            evenement: 'deposited',
            etatApres: 'queued',
          }),
          { job: 'seal-enveloppe', targetId: t.id, turn: 1, notBefore: null },
        );
      const [first, second] = [demande(), demande()];
      expect(await parts.classifications.findStale(NOW, 100)).toContain(collectiviteId);
      expect([await create(first), await create(second)]).toEqual([true, false]);
      expect(await parts.transmissions.find(first.id)).toEqual(first);
      expect(await parts.classifications.findStale(addMs(NOW, -1), 100)).not.toContain(collectiviteId);
      expect(await parts.transmissions.findOpenClassification(parts.collectivite.siren)).toBeNull();
      const sent = await sendingOf(parts, first);
      expect((await parts.transmissions.findOpenClassification(parts.collectivite.siren))?.id).toBe(first.id);
      const classification = {
        collectiviteId,
        dateVersion: civilDate('2026-01-15'),
        natures: [
          {
            code: 1,
            libelle: 'Délibérations',
            abrege: 'DE',
            typesPiece: [{ code: '99_DE', libelle: 'Délibération' }],
          },
        ],
        matieres: [
          { code: 8, libelle: 'Thèmes', matieres: [{ code: 1, libelle: 'Enseignement', matieres: [] }] },
        ],
        recueLe: NOW,
      };
      const answered = await parts.transmissions.record(
        changed(sent, {
          event: 'ar-received',
          at: NOW,
          actor: { kind: 'prefecture' },
          patch: { dateReception: civilDate('2022-11-02') },
          effects: [
            { kind: 'store-classification', classification },
            { kind: 'close-envoi', outcome: 'answered', code: 'flux/7-2', detail: null },
          ],
        }),
      );
      expect(answered.moved).toBe(true);
      expect(await parts.classifications.current(collectiviteId)).toEqual(classification);
      expect(await create(second)).toBe(true);
    });

    it('chargent une nomenclature venue sans demande, une fois, avec le retour qui l’apporte', async () => {
      const retour = aRetour(parts);
      await parts.retours.receive(retour, auditOf({ sujetId: retour.id }), {
        job: 'apply-retour',
        targetId: retour.id,
        turn: 1,
        notBefore: null,
      });
      const adoption = {
        classification: {
          collectiviteId: parts.collectivite.id,
          dateVersion: civilDate('2031-01-01'),
          natures: [],
          matieres: [],
          recueLe: NOW,
        },
        message: {
          retourId: retour.id,
          type: '7-2',
          nom: '7-2.xml',
          empreinte: retour.empreinte,
          tailleOctets: 9,
        },
        flux: '7-2',
        audit: auditOf({
          collectiviteId: parts.collectivite.id,
          sujetId: retour.id,
          evenement: 'retour-applied',
          etatAvant: 'received',
          etatApres: 'applied',
        }),
        outbox: [],
      };
      expect(await parts.classifications.adopt(adoption)).toBe(true);
      expect(await parts.classifications.adopt(adoption)).toBe(false);
      expect(await parts.retours.find(retour.id)).toMatchObject({ state: 'applied' });
      expect(await parts.classifications.current(parts.collectivite.id)).toMatchObject({
        dateVersion: '2031-01-01',
      });
    });

    it('ouvrent une lettre une fois, avec son retour et son accusé d’office', async () => {
      const courrier = await aCourrier(parts);
      const { correspondance, accuse } = courrier;
      expect(await parts.correspondances.receive(courrier)).toBe(true);
      expect(await parts.correspondances.find(correspondance.id)).toEqual(correspondance);
      expect(await parts.correspondances.listOf(correspondance.deliberationId)).toEqual([correspondance]);
      expect(await parts.retours.find(courrier.retourId)).toMatchObject({ state: 'applied' });
      expect(await parts.transmissions.find(accuse?.transmission.id ?? ('' as TransmissionId))).toEqual(
        accuse?.transmission,
      );
      const again = await aCourrier(parts, correspondance);
      expect(await parts.correspondances.receive(again)).toBe(false);
      expect(await parts.retours.find(again.retourId)).toMatchObject({ state: 'received' });
    });

    it('déposent une réponse avec ses pièces, une fois, et la retrouvent par la date de la lettre', async () => {
      const { correspondance } = await received(parts);
      const { deliberationId, collectiviteId, identifiantActe, id: correspondanceId } = correspondance;
      const id = parts.id() as TransmissionId;
      const transmission = aTransmission({
        id,
        deliberationId,
        collectiviteId,
        identifiantActe,
        correspondanceId,
        flux: '3-4',
      });
      const { empreinte, tailleOctets } = aStoredFile('piece.pdf');
      const reponse = {
        correspondance,
        to: 'answering' as const,
        audit: auditOf({
          collectiviteId,
          deliberationId,
          sujet: 'correspondance',
          sujetId: correspondanceId,
          evenement: 'answer-deposited',
          etatAvant: 'received',
          etatApres: 'answering',
        }),
        transmission,
        transmissionAudit: auditOf({
          collectiviteId,
          deliberationId,
          sujet: 'transmission',
          sujetId: id,
          evenement: 'deposited',
          etatApres: 'queued',
        }),
        pieces: [
          {
            rang: 0,
            typePiece: '99_DE',
            nomFichier: 'piece.pdf',
            empreinte,
            tailleOctets,
            format: 'pdf' as const,
            remarques: ['octets-apres-la-fin'] as const,
            signature: signatureOf(empreinte),
          },
        ],
        outbox: { job: 'seal-enveloppe' as const, targetId: id, turn: 1, notBefore: null },
      };
      expect(await parts.correspondances.answer(reponse)).toBe(true);
      expect(
        await parts.correspondances.answer({
          ...reponse,
          transmission: { ...transmission, id: parts.id() as TransmissionId },
        }),
      ).toBe(false);
      expect(await parts.correspondances.findReponse(id)).toEqual({
        correspondance: { ...correspondance, state: 'answering' },
        pieces: reponse.pieces,
      });
      const reponses = async (date: string): Promise<readonly string[]> =>
        (await parts.transmissions.findReponses(identifiantActe, civilDate(date), ['3-3', '3-4'])).map(
          (t) => t.id,
        );
      const sent = await sendingOf(parts, transmission);
      expect(await reponses('2022-11-10')).toEqual([id]);
      expect(await reponses('2022-11-11')).toEqual([]);
      const actor = { kind: 'prefecture' } as const;
      const audit = auditOf({
        collectiviteId,
        deliberationId,
        sujet: 'correspondance',
        sujetId: correspondanceId,
        evenement: 'answer-acknowledged',
        etatAvant: 'answering',
        etatApres: 'answered',
      });
      await parts.transmissions.record(
        changed(sent, {
          event: 'ar-received',
          at: NOW,
          actor,
          patch: { dateReception: civilDate('2022-11-13') },
          effects: [
            { kind: 'close-envoi', outcome: 'answered', code: 'flux/3-5', detail: null },
            {
              kind: 'move-correspondance',
              correspondanceId,
              from: 'answering',
              to: 'answered',
              isRequired: false,
              audit,
            },
          ],
        }),
      );
      expect(await parts.correspondances.find(correspondanceId)).toMatchObject({ state: 'answered' });
    });

    it('retrouvent ce que la préfecture a refusé pour une raison donnée', async () => {
      const transmission = await sending(parts);
      const actor = { kind: 'prefecture' } as const;
      const patch = { stopReason: { code: 'anomalie/002', detail: 'périmée' } };
      await parts.transmissions.record(
        changed(transmission, { event: 'anomalie-received', at: NOW, actor, patch }),
      );
      const { id } = parts.collectivite;
      expect((await parts.transmissions.findStopped(id, 'anomalie/002', 100)).map((t) => t.id)).toContain(
        transmission.id,
      );
      expect((await parts.transmissions.findStopped(id, 'anomalie/003', 100)).map((t) => t.id)).not.toContain(
        transmission.id,
      );
    });

    it('publient une fois depuis la même lecture', async () => {
      const { deliberationId } = await deposited(parts);
      if (!deliberationId) throw new Error('sans délibération');
      const publication = await parts.publications.find(deliberationId);
      if (!publication) throw new Error('sans publication');
      const change = {
        publication,
        to: 'published' as const,
        datePublication: civilDate('2022-11-21'),
        adresse: 'https://commune.example/actes/62',
        declaration: null,
        audit: auditOf({
          collectiviteId: publication.collectiviteId,
          deliberationId,
          sujet: 'publication',
          sujetId: deliberationId,
          evenement: 'publication-declared',
          etatAvant: 'unpublished',
          etatApres: 'published',
        }),
      };
      expect(await parts.publications.record(change)).toBe(true);
      expect(await parts.publications.record(change)).toBe(false);
      expect(await parts.publications.find(deliberationId)).toMatchObject({
        state: 'published',
        datePublication: '2022-11-21',
        adresse: 'https://commune.example/actes/62',
        declaration: null,
      });
    });
  });
}

export async function aCourrier(parts: LedgerParts, like?: Correspondance): Promise<ReceivedCourrier> {
  const acte = like ?? (await deposited(parts));
  const { deliberationId, collectiviteId, identifiantActe } = acte;
  if (!deliberationId || !identifiantActe) throw new Error('acte sans délibération');
  const retour = aRetour(parts);
  await parts.retours.receive(retour, auditOf({ sujetId: retour.id }), {
    job: 'apply-retour',
    targetId: retour.id,
    turn: 1,
    notBefore: null,
  });
  const id = parts.id() as CorrespondanceId;
  const accuseId = parts.id() as TransmissionId;
  const common = { collectiviteId, deliberationId };
  return {
    correspondance: {
      id,
      ...common,
      identifiantActe,
      flux: '3-1',
      dateCourrier: civilDate('2022-11-10'),
      texte: 'Le plan manque.',
      recueLe: NOW,
      echeance: civilDate('2023-01-02'),
      state: 'received',
      empreinteMessage: like?.empreinteMessage ?? (id.replaceAll('-', '').padEnd(64, 'a') as Empreinte),
      documents: [
        { rang: 0, nomFichier: 'lettre.pdf', empreinte: 'd'.repeat(64) as Empreinte, tailleOctets: 7 },
      ],
    },
    retourId: retour.id,
    retourAudit: auditOf({
      ...common,
      sujetId: retour.id,
      evenement: 'retour-applied',
      etatAvant: 'received',
      etatApres: 'applied',
    }),
    audit: auditOf({
      ...common,
      sujet: 'correspondance',
      sujetId: id,
      evenement: 'courrier-received',
      etatApres: 'received',
    }),
    accuse: {
      transmission: aTransmission({
        id: accuseId,
        ...common,
        identifiantActe,
        correspondanceId: id,
        flux: '3-2',
      }),
      audit: auditOf({
        ...common,
        sujet: 'transmission',
        sujetId: accuseId,
        evenement: 'deposited',
        etatApres: 'queued',
      }),
      outbox: { job: 'seal-enveloppe', targetId: accuseId, turn: 1, notBefore: null },
    },
  };
}

async function received(parts: LedgerParts): Promise<ReceivedCourrier> {
  const courrier = await aCourrier(parts);
  expect(await parts.correspondances.receive(courrier)).toBe(true);
  return courrier;
}

export function aRetour(parts: LedgerParts): Retour {
  const id = parts.id() as RetourId;
  return {
    id,
    liaisonId: LIAISON_DIRECTE,
    source: 'directe',
    sourceId: `source-${id}`,
    nom: 'TACT--SPREF0343-213402761-20221102-57.tar.gz',
    empreinte: id.replaceAll('-', '').padEnd(64, '0') as Empreinte,
    tailleOctets: 12,
    recuLe: NOW,
    state: 'received',
    lecture: 1,
    rattacheA: null,
    remarques: [],
  };
}
