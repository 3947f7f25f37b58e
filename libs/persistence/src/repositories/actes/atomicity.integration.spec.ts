import type { IdentifiantActe } from '@teletransmission/actes';
import { civilDate } from '@teletransmission/kernel';
import type {
  AuditEntry,
  Effect,
  EnveloppeId,
  EnvoiId,
  RetourId,
  StateChange,
  Transmission,
} from '@teletransmission/teletransmission';
import { changeState, LIAISON_DIRECTE } from '@teletransmission/teletransmission';
import { v7 } from 'uuid';
import { freshDatabase } from '../../../test/fresh-database';
import type { FreshDatabase } from '../../../test/fresh-database';
import { everythingIn, expectNothingWritten } from '../../../test/nothing-written';
import { anAuditEntry, empreinteOf, NOW, TestLedger, TRACE_ID } from '../../../test/test-ledger';

let database: FreshDatabase;
let ledger: TestLedger;
beforeAll(async () => {
  database = await freshDatabase();
  ledger = await TestLedger.open(database.dataSource);
});
afterAll(() => database.close());

const BAD_AUDIT: Partial<AuditEntry> = { evenement: 'inventé', etatAvant: 'received', etatApres: 'applied' };
const BAD_JOB = { job: 'travail-inconnu', turn: 1, notBefore: null } as never;

describe('un changement d’état', () => {
  let transmission: Transmission;
  let base: StateChange;
  beforeAll(async () => {
    transmission = await ledger.seal((await ledger.deposit()).transmission);
    const enveloppeId = transmission.enveloppeId ?? ('' as EnveloppeId);
    const leaseUntil = NOW;
    const change = changeState(transmission, {
      event: 'envoi-opened',
      at: NOW,
      actor: { kind: 'service' },
      patch: { turn: 1 },
      effects: [{ kind: 'open-envoi', envoiId: v7() as EnvoiId, enveloppeId, turn: 1, leaseUntil }],
      outbox: [{ job: 'reconcile-envoi', targetId: transmission.id, turn: 99, notBefore: NOW }],
    });
    if (!change.ok) throw new Error(change.problem.detail);
    base = change.value;
  });

  const badEffects: readonly (readonly [string, Effect])[] = [
    [
      'un envoi sans enveloppe',
      {
        kind: 'open-envoi',
        envoiId: v7() as EnvoiId,
        enveloppeId: v7() as EnveloppeId,
        turn: 1,
        leaseUntil: NOW,
      },
    ],
    [
      'une clôture d’issue inconnue',
      { kind: 'close-envoi', outcome: 'perdu' as never, code: 'x', detail: null },
    ],
    [
      'un tour nul',
      {
        kind: 'open-envoi',
        envoiId: v7() as EnvoiId,
        enveloppeId: v7() as EnveloppeId,
        turn: 0,
        leaseUntil: NOW,
      },
    ],
  ];

  it.each([
    ['son état', (): StateChange => ({ ...base, to: 'acknowledged' })],
    ['sa colonne', (): StateChange => ({ ...base, patch: { enveloppeId: v7() as EnveloppeId } })],
    ['son audit', (): StateChange => ({ ...base, audit: { ...base.audit, evenement: 'inventé' } })],
    [
      'son message',
      (): StateChange => ({
        ...base,
        outbox: [...base.outbox, { ...(BAD_JOB as object), targetId: v7() } as never],
      }),
    ],
  ])('dont %s échoue n’écrit rien', async (_, change) => {
    await expectNothingWritten(database.dataSource, () => ledger.transmissions.record(change()));
  });

  it.each(badEffects)('dont un effet échoue n’écrit rien : %s', async (_, effect) => {
    const closed: Effect = { kind: 'close-envoi', outcome: 'lost', code: 'x', detail: null };
    const sending = await ledger.send(await ledger.seal((await ledger.deposit()).transmission));
    const change = changeState(sending, {
      event: 'envoi-accepted',
      at: NOW,
      actor: { kind: 'service' },
      effects: [closed, effect],
    });
    if (!change.ok) throw new Error(change.problem.detail);
    await expectNothingWritten(database.dataSource, () => ledger.transmissions.record(change.value));
  });

  it('depuis une lecture dépassée n’écrit rien non plus, ni audit ni message', async () => {
    const before = await everythingIn(database.dataSource);
    const stale = { ...base, transmission: { ...transmission, version: transmission.version - 1 } };
    expect(await ledger.transmissions.record(stale)).toEqual({ moved: false });
    expect(await everythingIn(database.dataSource)).toEqual(before);
  });

  it('écrit ensemble l’état, l’envoi, l’audit et le message, avec sa trace', async () => {
    expect(await ledger.transmissions.record(base)).toMatchObject({ moved: true });
    const [row]: unknown[] = await database.dataSource.query(
      `SELECT t.state, v.turn, a.evenement, o.job, o.trace_id FROM transmissions t
        JOIN envois v ON v.transmission_id = t.id AND v.clos_le IS NULL
        JOIN audit_entries a ON a.sujet_id = t.id::text AND a.evenement = 'envoi-opened'
        JOIN outbox o ON o.target_id = t.id AND o.turn = 99 WHERE t.id = $1`,
      [transmission.id],
    );
    expect(row).toEqual({
      state: 'sending',
      turn: 1,
      evenement: 'envoi-opened',
      job: 'reconcile-envoi',
      trace_id: TRACE_ID,
    });
  });

  it('applique un retour avec lui, sa ligne d’audit suivant celle de la transmission', async () => {
    const { transmission: awaiting } = await ledger.transmitted();
    const retour = await ledger.receive();
    const { collectiviteId, deliberationId } = awaiting;
    if (!deliberationId) throw new Error('sans délibération');
    const audit = anAuditEntry({
      collectiviteId,
      deliberationId,
      sujetId: retour.id,
      evenement: 'retour-applied',
      etatAvant: 'received',
      etatApres: 'applied',
    });
    await ledger.happen(awaiting, {
      event: 'ar-received',
      patch: { dateReception: civilDate('2022-11-02') },
      effects: [{ kind: 'apply-retour', retourId: retour.id, flux: '1-2', audit }],
    });
    expect(await ledger.retours.find(retour.id)).toMatchObject({ state: 'applied' });
    const { items } = await ledger.readings.historyOf(deliberationId, null, 100);
    expect(items.slice(-2).map(({ evenement }) => evenement)).toEqual(['ar-received', 'retour-applied']);
  });
});

describe('un retour et une publication', () => {
  it('reçu sans pouvoir être confié à sa file, un retour n’est pas inscrit', async () => {
    const retour = {
      id: v7() as RetourId,
      liaisonId: LIAISON_DIRECTE,
      source: 'directe',
      sourceId: 's',
      nom: 'n',
      empreinte: empreinteOf('n'),
      tailleOctets: 1,
      recuLe: NOW,
      state: 'received' as const,
      lecture: 1,
      rattacheA: null,
      remarques: [],
    };
    const job = { job: 'apply-retour', targetId: retour.id, turn: 1, notBefore: null } as const;
    await expectNothingWritten(database.dataSource, () =>
      ledger.retours.receive(retour, anAuditEntry(BAD_AUDIT), job),
    );
    await expectNothingWritten(database.dataSource, () =>
      ledger.retours.receive(retour, anAuditEntry(), { ...job, job: 'autre' as never }),
    );
  });

  it('représenté, un retour est compté et ne laisse ni audit ni travail', async () => {
    const retour = await ledger.receive();
    const again = { ...retour, id: v7() as RetourId };
    const job = { job: 'apply-retour', targetId: again.id, turn: 1, notBefore: null } as const;
    expect(await ledger.retours.receive(again, anAuditEntry({ sujetId: again.id }), job)).toBe(false);
    const counted = (await database.dataSource.query('SELECT presentations FROM retours WHERE id = $1', [
      retour.id,
    ])) as unknown;
    expect(counted).toEqual([{ presentations: 2 }]);
    const traces = (await database.dataSource.query('SELECT 1 FROM outbox WHERE target_id = $1', [
      again.id,
    ])) as unknown;
    expect(traces).toEqual([]);
  });

  it('réglé ou publiée avec un audit que la table refuse, rien ne change', async () => {
    const retour = await ledger.receive();
    const audit = anAuditEntry(BAD_AUDIT);
    const settlement = {
      retour,
      to: 'unmatched',
      flux: null,
      collectiviteId: null,
      transmissionId: null,
      code: null,
      detail: null,
    } as const;
    await expectNothingWritten(database.dataSource, () => ledger.retours.settle({ ...settlement, audit }));
    const { deliberation } = await ledger.deposit({ identifiantActe: 'AUTRE' as IdentifiantActe });
    const publication = await ledger.publications.find(deliberation.id);
    if (!publication) throw new Error('sans publication');
    const datePublication = civilDate('2022-11-21');
    await expectNothingWritten(database.dataSource, () =>
      ledger.publications.record({
        publication,
        to: 'published',
        datePublication,
        adresse: 'https://commune.example/62',
        declaration: null,
        audit,
      }),
    );
  });
});
