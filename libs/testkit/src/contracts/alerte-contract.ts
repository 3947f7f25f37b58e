import type { CivilDate, Instant } from '@teletransmission/kernel';
import { addMs, civilDate } from '@teletransmission/kernel';
import type {
  AlerteRepository,
  AlerteSeuils,
  Pouls,
  Transmission,
  TransmissionEvent,
  TransmissionRepository,
} from '@teletransmission/teletransmission';
import { ALERTE_WATCHES, boundsOf, changeState, RaiseAlertes } from '@teletransmission/teletransmission';
import { FakeClock, SequentialIds } from '../fake-clock';

/** De quoi éprouver les alertes : elles, et de quoi faire naître ce qu'elles surveillent. */
export interface AlerteParts {
  readonly alertes: AlerteRepository;
  readonly pouls: Pouls;
  readonly transmissions: Pick<TransmissionRepository, 'record'>;
  /** Une transmission déposée à `NOW`. */
  deposited(): Promise<Transmission>;
  /** Un retour reçu à `NOW`, jamais lu. */
  receivedRetour(): Promise<string>;
  /** Une lettre qui attend une réponse avant ce jour. */
  waitingCourrier(echeance: CivilDate): Promise<string>;
  /** Les alertes ouvertes, en « genre sujet ». */
  open(): Promise<readonly string[]>;
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
};

/** La suite que passent les alertes en mémoire et celles de PostgreSQL. @param now l'heure où naît ce qu'elles surveillent. */
export function describeAlerteContract(name: string, now: Instant, start: () => Promise<AlerteParts>): void {
  describe(`les alertes (${name})`, () => {
    let parts: AlerteParts;
    let clock: FakeClock;
    let raise: RaiseAlertes;
    beforeEach(async () => {
      parts = await start();
      clock = new FakeClock();
      clock.set(now);
      const ids = new SequentialIds();
      raise = new RaiseAlertes(parts.alertes, parts.pouls, SEUILS, clock, ids);
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
  });
}
