import type { CivilDate, Instant } from '@teletransmission/kernel';
import { addMs, civilDate } from '@teletransmission/kernel';
import type {
  AcknowledgementCriteria,
  Deliberation,
  DeliberationId,
  DeliberationView,
  HistoryEntry,
  Page,
  Readings,
  Transmission,
} from '@teletransmission/teletransmission';
import { MalformedCursor } from '@teletransmission/teletransmission';
import type { LedgerParts } from './ledger-contract';
import { aDeposit, aRetour, auditOf, changed, sealedOf, sendingOf } from './ledger-contract';

/** Les livres où tout s'écrit, et ce qui les relit sans rien changer. */
export interface ReadingsParts extends LedgerParts {
  readonly readings: Readings;
}

const NOW = '2022-11-02T09:00:00.000Z' as Instant;
const SERVICE = { kind: 'service' } as const;
const PLACE = (minutes: number): Instant => addMs(NOW, minutes * 60_000);
const FORGED = ['', 'faux', 'e30', 'WzFd.', Buffer.from('[null]').toString('base64url')];

interface Act {
  readonly id: DeliberationId;
  readonly deliberation: Deliberation;
  readonly transmission: Transmission;
}

/** La suite que passent les lectures en mémoire et celles de PostgreSQL. */
export function describeReadingsContract(name: string, open: () => Promise<ReadingsParts>): void {
  describe(`les lectures (${name})`, () => {
    let parts: ReadingsParts;
    beforeEach(async () => {
      parts = await open();
    });

    const deposited = async (numero: string, changes: Partial<Deliberation> = {}): Promise<Act> => {
      const deposit = aDeposit(parts, numero);
      const deliberation = { ...deposit.deliberation, ...changes };
      expect(await parts.deliberations.deposit({ ...deposit, deliberation })).toEqual({ kind: 'deposited' });
      return { id: deliberation.id, deliberation, transmission: deposit.transmission };
    };
    const happen = async (
      transmission: Transmission,
      happening: Partial<Parameters<typeof changed>[1]> & Pick<Parameters<typeof changed>[1], 'event'>,
    ): Promise<Transmission> => {
      const recorded = await parts.transmissions.record(
        changed(transmission, { at: NOW, actor: SERVICE, ...happening }),
      );
      if (!recorded.moved) throw new Error('état changé entre-temps');
      return recorded.transmission;
    };
    const accepted = (sent: Transmission, at: Instant = NOW): Promise<Transmission> =>
      happen(sent, {
        event: 'envoi-accepted',
        at,
        patch: { teletransmiseLe: at, ackDueAt: addMs(at, 1_000) },
        effects: [{ kind: 'close-envoi', outcome: 'accepted', code: 'prefecture/http-201', detail: null }],
      });
    const transmitted = async (act: Act, at: Instant = NOW): Promise<Transmission> =>
      accepted(await sendingOf(parts, act.transmission), at);
    const acknowledged = async (
      act: Act,
      dateReception: CivilDate,
      at: Instant = NOW,
    ): Promise<Transmission> =>
      happen(await transmitted(act, at), { event: 'ar-received', at, patch: { dateReception } });
    const published = async (id: DeliberationId, datePublication: CivilDate): Promise<void> => {
      const publication = await parts.publications.find(id);
      if (!publication) throw new Error('sans publication');
      const { collectiviteId, deliberationId } = publication;
      expect(
        await parts.publications.record({
          publication,
          to: 'published',
          datePublication,
          adresse: null,
          declaration: { par: parts.compte.id, le: PLACE(5), moyen: 'affichage' },
          audit: auditOf({
            collectiviteId,
            deliberationId,
            sujet: 'publication',
            sujetId: deliberationId,
            evenement: 'publication-declared',
            etatAvant: 'unpublished',
            etatApres: 'published',
          }),
        }),
      ).toBe(true);
    };
    const viewOf = async (id: DeliberationId): Promise<DeliberationView> => {
      const view = await parts.readings.view(id);
      if (!view) throw new Error('acte introuvable');
      return view;
    };
    const found = async (criteria: AcknowledgementCriteria): Promise<readonly string[]> =>
      (await parts.readings.search(criteria, null, 100)).items.map(({ numeroInterne }) => numeroInterne);

    it('montrent un acte déposé, sa collectivité et ses deux vies', async () => {
      const { deliberation, transmission } = await deposited('VUE_1');
      const { id, siren, nom, fuseau } = parts.collectivite;
      expect(await parts.readings.view(deliberation.id)).toEqual({
        id: deliberation.id,
        identifiantActe: deliberation.identifiantActe,
        collectivite: { id, siren, nom, fuseau },
        numeroInterne: 'VUE_1',
        nature: 'DE',
        dateDecision: deliberation.dateDecision,
        objet: deliberation.objet,
        matiere: '8.1',
        deposeeLe: NOW,
        transmission: {
          id: transmission.id,
          state: 'queued',
          since: NOW,
          turn: 0,
          nextTurnAt: transmission.nextTurnAt,
          ackDueAt: null,
          isOverdue: false,
          stopReason: null,
          teletransmiseLe: null,
          dateReception: null,
          depart: 'aucun',
          annulation: null,
        },
        publication: {
          state: 'unpublished',
          datePublication: null,
          adresse: null,
          declaration: null,
          automatique: false,
          siteRegle: false,
        },
        archive: null,
        corrige: null,
        corrigeePar: null,
        pasAvant: deliberation.pasAvant,
      });
    });

    it('d’un inconnu ne rendent rien, et ne manquent pas', async () => {
      const id = parts.id() as DeliberationId;
      const { readings } = parts;
      expect(await readings.view(id)).toBeNull();
      expect(await readings.retour(id as never)).toBeNull();
      expect(await readings.deliberationOf(id)).toBeNull();
      expect(await Promise.all([readings.pieces(id), readings.envois(id), readings.retours(id)])).toEqual([
        [],
        [],
        [],
      ]);
      expect(await readings.travaux(id)).toEqual([]);
      expect(await readings.historyOf(id, null, 10)).toEqual({ items: [], next: null });
    });

    it('disent ce qu’on sait du départ, du premier envoi à celui qui est pris', async () => {
      const act = await deposited('DEPART');
      const sending = await sendingOf(parts, act.transmission);
      expect((await viewOf(act.id)).transmission.depart).toBe('incertain');
      const back = await happen(sending, {
        event: 'envoi-deferred',
        patch: { nextTurnAt: PLACE(1) },
        effects: [
          { kind: 'close-envoi', outcome: 'deferred', code: 'prefecture/http-503', detail: 'Plus tard.' },
        ],
      });
      expect((await viewOf(act.id)).transmission).toMatchObject({
        state: 'sealed',
        depart: 'sans-effet',
        nextTurnAt: PLACE(1),
      });
      const again = await happen(back, {
        event: 'envoi-opened',
        at: PLACE(1),
        patch: { turn: 2, nextTurnAt: null },
        effects: [
          {
            kind: 'open-envoi',
            envoiId: parts.id() as never,
            enveloppeId: back.enveloppeId as never,
            turn: 2,
            leaseUntil: PLACE(2),
          },
        ],
      });
      await accepted(again, PLACE(2));
      const { transmission, archive } = await viewOf(act.id);
      expect(transmission).toMatchObject({
        state: 'awaiting-ack',
        depart: 'pris',
        teletransmiseLe: PLACE(2),
      });
      expect(archive).toEqual({
        nom: expect.stringContaining('.tar.gz') as string,
        empreinte: 'b'.repeat(64),
        tailleOctets: 9,
      });
      const nomArchive = archive?.nom;
      expect(await parts.readings.envois(act.id)).toEqual([
        {
          transmissionId: act.transmission.id,
          turn: 1,
          ouvertLe: NOW,
          closLe: NOW,
          outcome: 'deferred',
          code: 'prefecture/http-503',
          detail: 'Plus tard.',
          nomArchive,
        },
        {
          transmissionId: act.transmission.id,
          turn: 2,
          ouvertLe: PLACE(1),
          closLe: PLACE(2),
          outcome: 'accepted',
          code: 'prefecture/http-201',
          detail: null,
          nomArchive,
        },
      ]);
    });

    it('rendent les pièces telles que déposées, signature comprise', async () => {
      const { id, deliberation } = await deposited('PIECES');
      expect(await parts.readings.pieces(id)).toEqual(deliberation.pieces);
    });

    it('nomment qui a déclaré la publication, et le moyen', async () => {
      const act = await deposited('PUBLIEE');
      await acknowledged(act, civilDate('2022-11-02'));
      await published(act.id, civilDate('2022-11-03'));
      expect((await viewOf(act.id)).publication).toEqual({
        state: 'published',
        datePublication: '2022-11-03',
        adresse: null,
        declaration: { moyen: 'affichage', par: parts.compte.nom, le: PLACE(5) },
        automatique: false,
        siteRegle: false,
      });
    });

    it('citent l’acte corrigé et sa correction, chacun chez l’autre', async () => {
      const former = await deposited('CORRIGE');
      const held = await happen(former.transmission, { event: 'put-on-hold' });
      const deposit = aDeposit(parts, 'CORRIGE');
      await parts.deliberations.deposit({
        ...deposit,
        deliberation: { ...deposit.deliberation, corrigeId: former.id },
        transmission: { ...deposit.transmission, corrigeId: held.id },
        superseded: changed(held, { event: 'superseded', at: NOW, actor: SERVICE }),
      });
      expect(await viewOf(former.id)).toMatchObject({ corrige: null, corrigeePar: deposit.deliberation.id });
      expect(await viewOf(deposit.deliberation.id)).toMatchObject({ corrige: former.id, corrigeePar: null });
    });

    it('cherchent par chaque critère, et par tous ensemble', async () => {
      const first = await deposited('CHE_1', {
        objet: 'Création d’une œuvre à l’École',
        matiere: '7.1',
        dateDecision: civilDate('2022-10-20'),
      });
      const second = await deposited('CHE_2', { objet: 'Tarif de la cantine', matiere: '7.10' });
      const third = await deposited('CHE_3', { objet: 'Marché de l’école', matiere: '8.1' });
      await acknowledged(first, civilDate('2022-11-03'), PLACE(1));
      await published(first.id, civilDate('2022-11-04'));
      await transmitted(second, PLACE(2));
      const { identifiantActe } = first.deliberation;
      const cases: readonly (readonly [AcknowledgementCriteria, readonly string[]])[] = [
        [{}, ['CHE_3', 'CHE_2', 'CHE_1']],
        [
          { collectiviteId: parts.collectivite.id, siren: parts.collectivite.siren },
          ['CHE_3', 'CHE_2', 'CHE_1'],
        ],
        [{ siren: '999999999' }, []],
        [{ mots: 'ECOLE' }, ['CHE_3', 'CHE_1']],
        [{ mots: 'oeuv créa' }, ['CHE_1']],
        [{ mots: 'reation' }, []],
        [{ matiere: '7' }, ['CHE_2', 'CHE_1']],
        [{ matiere: '7.1' }, ['CHE_1']],
        [{ nature: 'AR' }, []],
        [{ etat: 'queued' }, ['CHE_3']],
        [{ etat: 'acknowledged', avecAccuse: true }, ['CHE_1']],
        [{ nonPubliee: true }, ['CHE_3', 'CHE_2']],
        [{ enRetard: true }, []],
        [
          { teletransmission: { du: civilDate('2022-11-02'), au: civilDate('2022-11-02') } },
          ['CHE_2', 'CHE_1'],
        ],
        [{ teletransmission: { au: civilDate('2022-11-01') } }, []],
        [{ reception: { du: civilDate('2022-11-03') } }, ['CHE_1']],
        [{ reception: { du: civilDate('2022-11-04') } }, []],
        [{ publication: { au: civilDate('2022-11-04') } }, ['CHE_1']],
        [
          { decision: { du: civilDate('2022-10-20'), au: civilDate('2022-10-20') } },
          ['CHE_3', 'CHE_2', 'CHE_1'],
        ],
        [{ decision: { du: civilDate('2022-10-21') } }, []],
        [{ reference: { kind: 'id', id: second.id } }, ['CHE_2']],
        [{ reference: { kind: 'id', id: third.transmission.id } }, ['CHE_3']],
        [{ reference: { kind: 'identifiant', identifiant: identifiantActe } }, ['CHE_1']],
        [{ reference: { kind: 'numero', texte: 'CHE-2' } }, ['CHE_2']],
        [{ reference: { kind: 'partie', texte: '20221020-CHE' } }, ['CHE_3', 'CHE_2', 'CHE_1']],
        [{ mots: 'école', matiere: '8', etat: 'queued', nonPubliee: true }, ['CHE_3']],
      ];
      for (const [criteria, expected] of cases)
        expect({ criteria, found: await found(criteria) }).toEqual({ criteria, found: expected });
    });

    it('parcourent la recherche page par page, du plus récent au plus ancien ; ce qui naît entre deux pages n’y change rien', async () => {
      const made: string[] = [];
      for (let rang = 0; rang < 5; rang += 1) made.unshift((await deposited(`PAGE_${rang}`)).id);
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Page<DeliberationView> = await parts.readings.search({}, after, 2);
        seen.push(...page.items.map(({ id }) => id));
        after = page.next;
        await deposited(`ENTRE_${seen.length}`);
      } while (after !== null);
      expect(seen).toEqual(made);
    });

    it.each(FORGED)('refusent le curseur « %s », quelle que soit la liste', async (after) => {
      const { readings, collectivite } = parts;
      const { id } = await deposited('CURSEUR');
      await expect(readings.search({}, after, 10)).rejects.toThrow(MalformedCursor);
      await expect(readings.tray(after, 10)).rejects.toThrow(MalformedCursor);
      await expect(readings.historyOf(id, after, 10)).rejects.toThrow(MalformedCursor);
      await expect(readings.historyOfCollectivite(collectivite.id, after, 10)).rejects.toThrow(
        MalformedCursor,
      );
    });

    it('comptent par état, avec l’âge du plus ancien, les retards et ce qui n’est pas publié', async () => {
      await deposited('COMPTE_1');
      const late = await transmitted(await deposited('COMPTE_2'), PLACE(1));
      await happen(late, {
        event: 'ack-deadline-passed',
        at: PLACE(9),
        actor: { kind: 'horloge' },
        patch: { isOverdue: true },
      });
      await transmitted(await deposited('COMPTE_3'));
      const done = await deposited('COMPTE_4');
      await acknowledged(done, civilDate('2022-11-02'));
      await published(done.id, civilDate('2022-11-03'));
      await acknowledged(await deposited('COMPTE_5'), civilDate('2022-11-02'), PLACE(2));
      const counts = [...(await parts.readings.counts(null))].sort((a, b) => (a.state < b.state ? -1 : 1));
      const none = { overdue: 0, oldestOverdueSince: null, unpublished: 0, oldestUnpublishedSince: null };
      expect(counts).toEqual([
        {
          ...none,
          state: 'acknowledged',
          count: 2,
          // Rien n'y attend plus personne.
          oldestSince: null,
          unpublished: 1,
          oldestUnpublishedSince: PLACE(2),
        },
        {
          ...none,
          state: 'awaiting-ack',
          count: 2,
          oldestSince: NOW,
          overdue: 1,
          oldestOverdueSince: PLACE(1),
        },
        { ...none, state: 'queued', count: 1, oldestSince: NOW },
      ]);
      expect(await parts.readings.counts(parts.id() as never)).toEqual([]);
    });

    describe('du bac', () => {
      const arrived = async (recuLe: Instant = NOW): Promise<ReturnType<typeof aRetour>> => {
        const retour = { ...aRetour(parts), recuLe };
        await parts.retours.receive(retour, auditOf({ sujetId: retour.id }), {
          job: 'apply-retour',
          targetId: retour.id,
          turn: 1,
          notBefore: null,
        });
        return retour;
      };
      const settled = async (
        to: 'unmatched' | 'duplicate' | 'unreadable',
        transmission: Transmission | null,
        recuLe: Instant = NOW,
      ): Promise<string> => {
        const retour = await arrived(recuLe);
        const collectiviteId = transmission?.collectiviteId ?? null;
        expect(
          await parts.retours.settle({
            retour,
            to,
            flux: '1-2',
            collectiviteId,
            transmissionId: transmission?.id ?? null,
            code: 'essai/raison',
            detail: 'Une raison.',
            audit: auditOf({
              collectiviteId,
              sujetId: retour.id,
              evenement: `retour-${to}`,
              etatAvant: 'received',
              etatApres: to,
            }),
          }),
        ).toBe(true);
        return retour.id;
      };

      it('rendent ce qu’une personne doit regarder, du plus ancien au plus récent, et le comptent', async () => {
        const unread = (await arrived(PLACE(1))).id;
        const one = await settled('unmatched', null, PLACE(2));
        await settled('duplicate', null);
        const two = await settled('unreadable', null);
        const three = await settled('unmatched', null, PLACE(1));
        const page = await parts.readings.tray(null, 2);
        expect(page.items.map(({ id }) => id)).toEqual([one, two]);
        const rest = await parts.readings.tray(page.next, 2);
        expect(rest).toEqual({ items: [expect.objectContaining({ id: three })], next: null });
        expect([...(await parts.readings.trayCounts())].sort((a, b) => (a.state < b.state ? -1 : 1))).toEqual(
          [
            { state: 'received', count: 1, oldestRecuLe: PLACE(1) },
            { state: 'unmatched', count: 2, oldestRecuLe: PLACE(1) },
            { state: 'unreadable', count: 1, oldestRecuLe: NOW },
          ],
        );
        expect(await parts.readings.retour(unread as never)).toMatchObject({ state: 'received', flux: null });
      });

      it('rendent d’un retour ce que sa lecture a établi, chez son acte aussi', async () => {
        const act = await deposited('RETOURS');
        const id = await settled('unmatched', act.transmission, PLACE(3));
        const earlier = await settled('duplicate', act.transmission);
        const view = {
          id,
          transmissionId: act.transmission.id,
          nom: 'TACT--SPREF0343-213402761-20221102-57.tar.gz',
          empreinte: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          tailleOctets: 12,
          recuLe: PLACE(3),
          state: 'unmatched',
          flux: '1-2',
          code: 'essai/raison',
          detail: 'Une raison.',
          remarques: [],
          isDecisionPending: false,
        };
        expect(await parts.readings.retour(id as never)).toEqual(view);
        expect((await parts.readings.retours(act.id)).map((retour) => retour.id)).toEqual([earlier, id]);
        expect(await parts.readings.deliberationOf(id)).toBe(act.id);
      });

      it('donnent à qui traite un retour sa collectivité et son acte, état par état, page par page', async () => {
        const act = await deposited('BAC');
        const mine = await settled('unmatched', act.transmission);
        const nobodys = await settled('unmatched', null);
        const unreadable = await settled('unreadable', null);
        const ids = async (criteria: Parameters<typeof parts.tray.list>[0]): Promise<readonly string[]> =>
          (await parts.tray.list(criteria, null, 10)).items.map(({ id }) => id);
        expect(await ids({ collectiviteId: null })).toEqual([mine, nobodys, unreadable]);
        expect(await ids({ collectiviteId: null, etat: 'unmatched' })).toEqual([mine, nobodys]);
        expect(await ids({ collectiviteId: parts.collectivite.id })).toEqual([mine]);
        expect(await parts.tray.find(mine as never)).toMatchObject({
          id: mine,
          collectiviteId: parts.collectivite.id,
          transmissionId: act.transmission.id,
        });
        expect(await parts.tray.find(nobodys as never)).toMatchObject({ collectiviteId: null });
        expect(await parts.tray.find(parts.id() as never)).toBeNull();
        const page = await parts.tray.list({ collectiviteId: null }, null, 2);
        const rest = await parts.tray.list({ collectiviteId: null }, page.next, 2);
        expect(rest).toEqual({ items: [expect.objectContaining({ id: unreadable })], next: null });
        for (const after of FORGED)
          await expect(parts.tray.list({ collectiviteId: null }, after, 2)).rejects.toThrow(MalformedCursor);
      });
    });

    it('disent les travaux demandés pour un acte, et de quel acte traite un travail', async () => {
      const act = await deposited('TRAVAUX');
      await sealedOf(parts, act.transmission);
      expect(await parts.readings.travaux(act.id)).toEqual([
        {
          job: 'seal-enveloppe',
          targetId: act.transmission.id,
          turn: 1,
          demandeLe: expect.stringMatching(/^\d{4}-/) as string,
          notBefore: null,
          porteLe: null,
        },
      ]);
      expect(await parts.readings.deliberationOf(act.transmission.id)).toBe(act.id);
      expect(await parts.readings.deliberationOf(act.id)).toBe(act.id);
    });

    it('rendent l’histoire d’un acte et celle de sa collectivité, enchaînées par leur empreinte', async () => {
      const one = await deposited('HISTOIRE_1');
      const two = await deposited('HISTOIRE_2');
      await sealedOf(parts, one.transmission);
      const own = await parts.readings.historyOf(one.id, null, 10);
      expect(
        own.items.map(({ evenement, etatAvant, etatApres }) => [evenement, etatAvant, etatApres]),
      ).toEqual([
        ['deposited', null, 'queued'],
        ['enveloppe-sealed', 'queued', 'sealed'],
      ]);
      const whole: HistoryEntry[] = [];
      let after: string | null = null;
      do {
        const page: Page<HistoryEntry> = await parts.readings.historyOfCollectivite(
          parts.collectivite.id,
          after,
          1,
        );
        whole.push(...page.items);
        after = page.next;
      } while (after !== null);
      expect(whole.map(({ deliberationId }) => deliberationId)).toEqual([one.id, two.id, one.id]);
      for (const [rang, entry] of whole.entries()) {
        expect(entry.rang).toBe(rang + 1);
        expect(entry.empreintePrecedente).toBe(whole[rang - 1]?.empreinte ?? entry.empreintePrecedente);
        expect(JSON.parse(entry.preuveTexte)).toEqual(entry.preuve);
      }
      expect(own.items).toEqual(whole.filter(({ deliberationId }) => deliberationId === one.id));
    });
  });
}
