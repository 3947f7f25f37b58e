import type { CivilDate, Instant } from '@teletransmission/kernel';
import { addMs, civilDate } from '@teletransmission/kernel';
import type {
  AlerteRepository,
  AlerteSeuils,
  EnveloppeId,
  EnvoiId,
  Pouls,
  RaiseAlertes,
  ReleveRepository,
  StopReason,
  Transmission,
  TransmissionEvent,
  TransmissionRepository,
} from '@teletransmission/teletransmission';
import {
  ALERTE_WATCHES,
  assembleAlertes,
  boundsOf,
  changeState,
  LIAISON_DIRECTE,
} from '@teletransmission/teletransmission';
import { FakeClock, SequentialIds } from '../fake-clock';

/** De quoi éprouver les alertes : elles, et de quoi faire naître ce qu'elles surveillent. */
export interface AlerteParts {
  readonly alertes: AlerteRepository;
  readonly pouls: Pouls;
  readonly releves: ReleveRepository;
  readonly transmissions: Pick<TransmissionRepository, 'record' | 'allocateEnveloppe'>;
  /** Une transmission déposée à `NOW`. */
  deposited(): Promise<Transmission>;
  /** Un retour reçu à `NOW`, jamais lu. */
  receivedRetour(): Promise<string>;
  /** Une lettre qui attend une réponse avant ce jour. */
  waitingCourrier(echeance: CivilDate): Promise<string>;
  /** Un déféré reçu à `NOW`, et de quoi le dire pris en charge. */
  defere(): Promise<{ readonly id: string; readonly take: () => Promise<void> }>;
  /** Un déféré reçu à `NOW`, que rien n'a joint à son acte, et de quoi le mettre de côté. */
  defereAuBac(): Promise<{ readonly id: string; readonly setAside: () => Promise<void> }>;
  /** Les alertes ouvertes, en « genre sujet ». */
  open(): Promise<readonly string[]>;
  /** Le détail des alertes ouvertes. */
  details(): Promise<readonly string[]>;
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Des seuils d'essai, ceux du service par défaut. */
export const SEUILS: AlerteSeuils = {
  miseSousEnveloppeMs: 30 * MINUTE_MS,
  envoiMs: 30 * MINUTE_MS,
  interruptionMs: MINUTE_MS,
  incertitudeMs: HOUR_MS,
  accuseMs: 4 * HOUR_MS,
  annulationMs: DAY_MS,
  decisionMs: DAY_MS,
  applicationMs: 30 * MINUTE_MS,
  bacMs: DAY_MS,
  courrierMs: 15 * DAY_MS,
  courrierUrgentMs: 3 * DAY_MS,
  releveMs: 10 * MINUTE_MS,
  travailleursMs: 2 * MINUTE_MS,
  prefectureMs: 5 * MINUTE_MS,
  horlogeMs: 5_000,
};

/** La suite que passent les alertes en mémoire et celles de PostgreSQL. @param now l'heure où naît ce qu'elles surveillent. */
export function describeAlerteContract(name: string, now: Instant, start: () => Promise<AlerteParts>): void {
  describe(`les alertes (${name})`, () => {
    let parts: AlerteParts;
    let clock: FakeClock;
    let raise: RaiseAlertes;
    let ids: SequentialIds;
    beforeEach(async () => {
      parts = await start();
      clock = new FakeClock();
      clock.set(now);
      ids = new SequentialIds();
      raise = assembleAlertes(parts, SEUILS, { clock, ids }).raise;
    });
    afterEach(() => parts.close());

    const after = (ms: number): ReturnType<RaiseAlertes['execute']> => {
      clock.set(addMs(now, ms));
      return raise.execute();
    };
    const happen = async (
      transmission: Transmission,
      event: TransmissionEvent,
      at: Instant,
    ): Promise<Transmission> => {
      const change = changeState(transmission, { event, at, actor: { kind: 'service' }, reason: 'essai' });
      if (!change.ok) throw new Error(change.problem.code);
      const recorded = await parts.transmissions.record(change.value);
      if (!recorded.moved) throw new Error('pas bougé');
      return recorded.transmission;
    };

    it('signalent un silence à son seuil, une seule fois, et le lèvent quand il cesse', async () => {
      const transmission = await parts.deposited();
      const line = `mise-sous-enveloppe-en-attente ${transmission.id}`;
      expect(await after(30 * MINUTE_MS - 1)).toEqual({ opened: 0, closed: 0 });
      expect(await after(30 * MINUTE_MS)).toEqual({ opened: 1, closed: 0 });
      expect(await after(31 * MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
      expect(await parts.open()).toEqual([line]);
      await happen(transmission, 'put-on-hold', addMs(now, 32 * MINUTE_MS));
      expect(await after(33 * MINUTE_MS)).toEqual({ opened: 0, closed: 1 });
      expect(await parts.open()).toEqual([]);
      expect(await after(34 * MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
    });

    const record = async (
      transmission: Transmission,
      happening: Omit<Parameters<typeof changeState>[1], 'actor'>,
    ): Promise<Transmission> => {
      const change = changeState(transmission, { actor: { kind: 'service' }, ...happening });
      if (!change.ok) throw new Error(change.problem.detail);
      const recorded = await parts.transmissions.record(change.value);
      if (!recorded.moved) throw new Error('état changé entre-temps');
      return recorded.transmission;
    };
    /** Sous enveloppe depuis `NOW`, et ce qui l'y fait attendre. */
    const sealed = async (stopReason: StopReason | null = null): Promise<Transmission> => {
      const acte = await parts.deposited();
      const enveloppeId = ids.next() as EnveloppeId;
      await parts.transmissions.allocateEnveloppe(acte, '213402761', civilDate('2022-11-02'), enveloppeId);
      return record(acte, {
        event: 'enveloppe-sealed',
        at: now,
        patch: { enveloppeId, liaisonId: LIAISON_DIRECTE, nextTurnAt: addMs(now, HOUR_MS), stopReason },
      });
    };
    const sentAt = async (acte: Transmission, at: Instant): Promise<Transmission> => {
      const { enveloppeId, turn } = acte;
      if (enveloppeId === null) throw new Error('sans enveloppe');
      const envoiId = ids.next() as EnvoiId;
      const leaseUntil = addMs(at, HOUR_MS);
      return record(acte, {
        event: 'envoi-opened',
        at,
        patch: { turn: turn + 1, nextTurnAt: null },
        effects: [{ kind: 'open-envoi', envoiId, enveloppeId, turn: turn + 1, leaseUntil }],
      });
    };
    /** Un acte, neuf ou donné, dont l'envoi vient d'être répondu 503. */
    const deferredAt = async (at: Instant, acte?: Transmission): Promise<Transmission> => {
      const sending = await sentAt(acte ?? (await sealed()), at);
      const reason = { code: 'prefecture/http-503', detail: 'La préfecture répond 503.' };
      return record(sending, {
        event: 'envoi-deferred',
        at,
        patch: { nextTurnAt: addMs(at, HOUR_MS), stopReason: reason },
        effects: [{ kind: 'close-envoi', outcome: 'deferred', ...reason }],
      });
    };

    it('signalent de nouveau un second silence du même acte', async () => {
      const held = await happen(await parts.deposited(), 'put-on-hold', now);
      expect(await after(DAY_MS)).toEqual({ opened: 1, closed: 0 });
      expect(await parts.open()).toEqual([`retenue-sans-decision ${held.id}`]);
      await happen(held, 'resubmitted', addMs(now, DAY_MS));
      expect(await after(DAY_MS + 30 * MINUTE_MS)).toEqual({ opened: 1, closed: 1 });
      expect(await parts.open()).toEqual([`mise-sous-enveloppe-en-attente ${held.id}`]);
    });

    it('rouvrent par deux mains à la fois n’en font qu’une', async () => {
      const { id: sujetId, collectiviteId, deliberationId } = await parts.deposited();
      const alerte = (id: string): Parameters<AlerteRepository['open']>[0][number] => ({
        id,
        genre: 'envoi-incertain',
        sujet: 'transmission',
        sujetId,
        collectiviteId,
        deliberationId,
        depuis: now,
        ouverteLe: now,
        detail: 'essai',
      });
      const ids = new SequentialIds();
      const opened = await Promise.all([
        parts.alertes.open([alerte(ids.next())]),
        parts.alertes.open([alerte(ids.next())]),
      ]);
      expect(opened.sort()).toEqual([0, 1]);
      expect(await parts.alertes.close('envoi-incertain', sujetId, now)).toBe(1);
      expect(await parts.alertes.close('envoi-incertain', sujetId, now)).toBe(0);
    });

    it('signalent un retour que rien n’a lu', async () => {
      const id = await parts.receivedRetour();
      expect(await after(29 * MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
      expect(await after(30 * MINUTE_MS)).toEqual({ opened: 1, closed: 0 });
      expect(await parts.open()).toEqual([`retour-non-applique ${id}`]);
    });

    it('suivent une lettre jusqu’à son échéance, une alerte prenant la suite de l’autre, à travers le Nouvel An', async () => {
      const id = await parts.waitingCourrier(civilDate('2023-01-02'));
      const at = async (instant: string): Promise<readonly string[]> => {
        clock.set(instant);
        await raise.execute();
        return parts.open();
      };
      expect(await at('2022-12-17T12:00:00.000Z')).toEqual([]);
      expect(await at('2022-12-18T12:00:00.000Z')).toEqual([`courrier-bientot-echu ${id}`]);
      expect(await at('2022-12-29T12:00:00.000Z')).toEqual([`courrier-bientot-echu ${id}`]);
      // 23 h 30 à Londres est déjà le 30 à Paris : à trois jours.
      expect(await at('2022-12-29T23:30:00.000Z')).toEqual([`courrier-presque-echu ${id}`]);
      expect(await at('2023-01-02T22:30:00.000Z')).toEqual([`courrier-presque-echu ${id}`]);
      expect(await at('2023-01-02T23:30:00.000Z')).toEqual([`courrier-echu ${id}`]);
    });

    it('signalent un déféré au premier balayage, avant tout le reste, et le lèvent quand il est pris en charge', async () => {
      const { id, take } = await parts.defere();
      expect(await after(0)).toEqual({ opened: 1, closed: 0 });
      expect(await parts.open()).toEqual([`defere ${id}`]);
      await take();
      expect(await after(MINUTE_MS)).toEqual({ opened: 0, closed: 1 });
    });

    it('signalent un déféré au bac, et le lèvent quand une personne en a décidé', async () => {
      const { id, setAside } = await parts.defereAuBac();
      expect(await after(0)).toEqual({ opened: 1, closed: 0 });
      expect(await parts.open()).toEqual([`defere-au-bac ${id}`]);
      await setAside();
      expect(await after(MINUTE_MS)).toEqual({ opened: 0, closed: 1 });
    });

    it('se lisent lot après lot, chaque silence une fois', async () => {
      const born = [];
      for (let n = 0; n < 7; n += 1) born.push((await parts.deposited()).id);
      const [watch] = ALERTE_WATCHES;
      if (!watch) throw new Error('aucune surveillance');
      const bounds = boundsOf(watch, SEUILS, addMs(now, HOUR_MS));
      const seen: string[] = [];
      let last: Awaited<ReturnType<AlerteRepository['findSilences']>>[number] | null = null;
      do {
        const batch: Awaited<ReturnType<AlerteRepository['findSilences']>> = await parts.alertes.findSilences(
          watch,
          bounds,
          last,
          3,
        );
        seen.push(...batch.map(({ sujetId }) => sujetId));
        last = batch.at(-1) ?? null;
      } while (last !== null);
      expect(seen.sort()).toEqual(born.sort());
    });

    it('signalent une relève qui ne réussit plus, et la lèvent quand elle reprend', async () => {
      expect(await after(0)).toEqual({ opened: 0, closed: 0 });
      await parts.pouls.succeeded('collect-retours', now);
      await parts.pouls.failed('collect-retours', addMs(now, 9 * MINUTE_MS), 'prefecture/unreachable');
      expect(await after(10 * MINUTE_MS - 1)).toEqual({ opened: 0, closed: 0 });
      expect(await after(10 * MINUTE_MS)).toEqual({ opened: 1, closed: 0 });
      expect(await after(11 * MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
      expect(await parts.open()).toEqual(['releve-absente collect-retours']);
      await parts.pouls.succeeded('collect-retours', addMs(now, 12 * MINUTE_MS));
      expect(await after(12 * MINUTE_MS)).toEqual({ opened: 0, closed: 1 });
    });

    it('signalent une relève qui n’a jamais réussi', async () => {
      await parts.pouls.failed('collect-retours', now, 'prefecture/unreachable');
      await parts.pouls.failed('collect-retours', addMs(now, 9 * MINUTE_MS), 'prefecture/unreachable');
      expect(await after(10 * MINUTE_MS)).toEqual({ opened: 1, closed: 0 });
    });

    it('disent d’une préfecture qui ne prend rien, en une alerte, combien d’actes elle fait attendre', async () => {
      const first = await deferredAt(now);
      expect(await after(5 * MINUTE_MS - 1)).toEqual({ opened: 0, closed: 0 });
      // Chaque nouvel essai manqué rajeunit l'état, non le silence.
      const again = await deferredAt(addMs(now, 4 * MINUTE_MS), first);
      await deferredAt(addMs(now, 4 * MINUTE_MS));
      expect(await after(5 * MINUTE_MS)).toEqual({ opened: 1, closed: 0 });
      expect(await parts.open()).toEqual(['envois-non-pris 034']);
      expect(await parts.details()).toMatchObject([
        expect.stringMatching(/ne prend plus d’envoi : 2 actes attendent depuis .*503/),
      ]);
      await deferredAt(addMs(now, 6 * MINUTE_MS));
      expect(await after(7 * MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
      expect(await parts.details()).toMatchObject([expect.stringContaining('3 actes attendent')]);
      // D'autres passent : ce n'est plus la préfecture, ce sont ces actes.
      const other = await sentAt(await sealed(), addMs(now, 8 * MINUTE_MS));
      await record(other, {
        event: 'envoi-accepted',
        at: addMs(now, 8 * MINUTE_MS),
        effects: [{ kind: 'close-envoi', outcome: 'accepted', code: 'prefecture/http-201', detail: null }],
      });
      expect(await after(8 * MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
      expect(await parts.details()).toMatchObject([
        expect.stringContaining('alors qu’elle en prend d’autres : 3 actes'),
      ]);
      expect(again.turn).toBe(2);
    });

    it('lèvent d’elles-mêmes celle d’une préfecture qui prend de nouveau', async () => {
      const acte = await deferredAt(now);
      expect(await after(5 * MINUTE_MS)).toEqual({ opened: 1, closed: 0 });
      await sentAt(acte, addMs(now, 6 * MINUTE_MS));
      expect(await after(6 * MINUTE_MS)).toEqual({ opened: 0, closed: 1 });
      expect(await parts.open()).toEqual([]);
    });

    it('ne disent rien d’un acte qui attend son heure ou son tour, ni d’une suspension qu’on a voulue', async () => {
      for (const code of ['prefecture/closed', 'prefecture/budget-spent', 'prefecture/paused'])
        await sealed({ code, detail: 'Attente.' });
      expect(await after(10 * MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
      const found = await parts.alertes.envoisNonPris(null, addMs(now, 10 * MINUTE_MS));
      expect(found).toMatchObject([{ departement: '034', nombre: 1, cause: 'suspension' }]);
    });

    it('signalent un retour annoncé qui ne se relève pas, et le lèvent quand il vient', async () => {
      const entree = {
        liaisonId: LIAISON_DIRECTE,
        source: 'directe',
        cle: 'identité 12',
        sourceId: '12',
        nom: 'a.xml',
        extrait: null,
      };
      await parts.releves.fail({
        ...entree,
        id: new SequentialIds('00000001').next(),
        premierEchecLe: now,
        dernierEchecLe: addMs(now, 9 * MINUTE_MS),
        echecs: 5,
        code: 'prefecture/unexpected-answer',
        detail: 'HTTP 404',
        prochaineLe: addMs(now, 12 * MINUTE_MS),
      });
      expect(await after(10 * MINUTE_MS - 1)).toEqual({ opened: 0, closed: 0 });
      expect(await after(10 * MINUTE_MS)).toEqual({ opened: 1, closed: 0 });
      expect(await after(11 * MINUTE_MS)).toEqual({ opened: 0, closed: 0 });
      expect(await parts.open()).toEqual(['retour-non-releve releves-en-echec']);
      await parts.releves.settle(entree, entree.cle);
      expect(await after(12 * MINUTE_MS)).toEqual({ opened: 0, closed: 1 });
    });

    it('tiennent le pouls des travailleurs', async () => {
      const { pouls } = parts;
      expect(await pouls.lastSeen()).toBeNull();
      const id = '0190e000-0000-7000-8000-000000000001';
      await pouls.seen({ id, depuis: now, vuLe: now, version: '1.0.0' });
      await pouls.seen({ id, depuis: now, vuLe: addMs(now, MINUTE_MS), version: '1.0.0' });
      expect(await pouls.lastSeen()).toBe(addMs(now, MINUTE_MS));
      expect(await pouls.travailleurs(addMs(now, MINUTE_MS))).toEqual([
        { id, depuis: now, vuLe: addMs(now, MINUTE_MS), version: '1.0.0' },
      ]);
      expect(await pouls.travailleurs(addMs(now, MINUTE_MS + 1))).toEqual([]);
      await pouls.gone(id);
      expect(await pouls.lastSeen()).toBeNull();
    });

    it('disent l’horloge d’un processus qui s’écarte de celle de la base, et se ferment quand elle revient ou qu’il s’arrête', async () => {
      const { now: vueLe } = await parts.pouls.baseClock();
      const seen = (processus: string, ecartMs: number, ageMs = 0): Promise<void> =>
        parts.pouls.clockSeen({ processus, vueLe: addMs(vueLe, -ageMs), ecartMs, recul: null });
      await seen('api@a', 5_001);
      await seen('worker@a', -5_001);
      await seen('bureau@a', 5_000);
      expect(await raise.execute()).toEqual({ opened: 2, closed: 0 });
      expect(await raise.execute()).toEqual({ opened: 0, closed: 0 });
      expect(await parts.open()).toEqual(['horloge-ecartee api@a', 'horloge-ecartee worker@a']);
      await seen('api@a', 0);
      await seen('worker@a', -5_001, 11 * MINUTE_MS);
      expect(await raise.execute()).toEqual({ opened: 0, closed: 2 });
    });

    it('disent une horloge qui a reculé, un jour durant', async () => {
      const { now: vueLe } = await parts.pouls.baseClock();
      const wentBack = (ageMs: number): Promise<void> =>
        parts.pouls.clockSeen({
          processus: 'api@a',
          vueLe,
          ecartMs: 0,
          recul: { le: addMs(vueLe, -ageMs), ms: 60_000 },
        });
      await wentBack(DAY_MS - 1);
      await parts.pouls.clockSeen({ processus: 'api@a', vueLe, ecartMs: 0, recul: null });
      expect(await raise.execute()).toEqual({ opened: 1, closed: 0 });
      expect(await parts.open()).toEqual(['horloge-reculee api@a']);
      await wentBack(DAY_MS);
      expect(await raise.execute()).toEqual({ opened: 0, closed: 1 });
    });

    it('ne redisent pas un recul à chaque regard : les heures d’avant lui sont rappelées', async () => {
      const { now: vueLe } = await parts.pouls.baseClock();
      const ahead = addMs(vueLe, HOUR_MS);
      await parts.pouls.clockSeen({ processus: 'worker@a', vueLe: ahead, ecartMs: 0, recul: null });
      expect((await parts.pouls.baseClock()).latest).toBe(ahead);
      const recul = { le: vueLe, ms: HOUR_MS };
      await parts.pouls.clockSeen({ processus: 'api@a', vueLe, ecartMs: 0, recul });
      expect((await parts.pouls.baseClock()).latest).toBe(vueLe);
    });
  });
}
