import type { Instant } from '@teletransmission/kernel';
import { addMs, civilDate } from '@teletransmission/kernel';
import type {
  Mesure,
  Mesures,
  MesureSujet,
  Pouls,
  Prefecture,
  PrefectureRepository,
  Transmission,
} from '@teletransmission/teletransmission';
import { newPrefecture } from '@teletransmission/teletransmission';
import { aGuichet } from '../builders/a-guichet';
import type { LedgerParts } from './ledger-contract';
import { aDeposit, aRetour, auditOf, changed, deposited, sendingOf } from './ledger-contract';

/** Les livres, le pouls et les préfectures où le service écrit, et ce qui le compte. */
export interface MesuresParts extends LedgerParts {
  readonly mesures: Mesures;
  readonly pouls: Pouls;
  readonly prefectures: PrefectureRepository;
  /** Le silence au-delà duquel un travailleur n'est plus compté. */
  readonly aliveForMs: number;
}

const NOW = '2022-11-02T09:00:00.000Z' as Instant;
const HOUR_MS = 3_600_000;

/** La suite que passent les mesures en mémoire et celles de PostgreSQL. */
export function describeMesuresContract(name: string, open: () => Promise<MesuresParts>): void {
  describe(`les mesures (${name})`, () => {
    let parts: MesuresParts;
    beforeEach(async () => {
      parts = await open();
    });

    /** « clé nombre état » de chaque mesure d'un sujet. */
    const said = (found: readonly Mesure[], sujet: MesureSujet): readonly string[] =>
      found
        .filter((mesure) => mesure.sujet === sujet)
        .map(({ cle, nombre, etat }) =>
          [cle, nombre, etat].filter((part) => part !== '' && part !== null).join(' '),
        )
        .sort();
    const ongoing = async (sujet: MesureSujet, at: Instant = NOW): Promise<readonly string[]> =>
      said(await parts.mesures.ongoing(at), sujet);
    const total = async (sujet: MesureSujet): Promise<readonly string[]> =>
      said((await parts.mesures.totals()).mesures, sujet);
    const accepted = async (queued: Transmission, at: Instant = NOW): Promise<Transmission> => {
      const sent = await sendingOf(parts, queued);
      const recorded = await parts.transmissions.record(
        changed(sent, {
          event: 'envoi-accepted',
          at,
          actor: { kind: 'service' },
          patch: { teletransmiseLe: at, ackDueAt: addMs(at, 1_000) },
          effects: [{ kind: 'close-envoi', outcome: 'accepted', code: 'prefecture/http-201', detail: null }],
        }),
      );
      if (!recorded.moved) throw new Error('état changé entre-temps');
      return recorded.transmission;
    };
    const acknowledged = async (at: Instant): Promise<void> => {
      const transmission = await accepted(await deposited(parts));
      const retour = { ...aRetour(parts), recuLe: at };
      await parts.retours.receive(retour, auditOf({ sujetId: retour.id }), {
        job: 'apply-retour',
        targetId: retour.id,
        turn: 1,
        notBefore: null,
      });
      const { collectiviteId, deliberationId } = transmission;
      const audit = auditOf({
        collectiviteId,
        deliberationId,
        sujetId: retour.id,
        evenement: 'retour-applied',
        etatAvant: 'received',
        etatApres: 'applied',
      });
      const recorded = await parts.transmissions.record(
        changed(transmission, {
          event: 'ar-received',
          at,
          actor: { kind: 'prefecture' },
          patch: { dateReception: civilDate('2022-11-02') },
          effects: [{ kind: 'apply-retour', retourId: retour.id, flux: '1-2', remarque: null, audit }],
        }),
      );
      if (!recorded.moved) throw new Error('accusé non appliqué');
    };

    it('d’un service vide ne comptent rien, et disent quand même ce qui se dit toujours', async () => {
      const found = await parts.mesures.ongoing(NOW);
      expect(found.filter(({ nombre }) => nombre !== 0)).toMatchObject([
        { sujet: 'disjoncteur', cle: '034', nombre: 1, etat: 'closed' },
      ]);
      expect(
        found
          .filter(({ nombre }) => nombre === 0)
          .map(({ sujet }) => sujet)
          .sort(),
      ).toEqual(['envoi-ouvert', 'message', 'sauvegarde', 'travailleur']);
      const { mesures, delaisAccuse } = await parts.mesures.totals();
      expect(mesures.map(({ sujet, nombre }) => `${sujet} ${nombre}`).sort()).toEqual([
        'depot 0',
        'stockage 0',
      ]);
      expect(delaisAccuse).toMatchObject({ nombre: 0, sommeSecondes: 0 });
      expect(delaisAccuse.parBorne.every(({ nombre }) => nombre === 0)).toBe(true);
    });

    it('comptent une vie par état, avec l’âge de la plus ancienne, et ce qui s’est accumulé', async () => {
      await deposited(parts);
      await accepted(await deposited(parts), addMs(NOW, 60_000));
      await accepted(await deposited(parts));
      await acknowledged(addMs(NOW, 90_000));
      expect(await ongoing('transmission')).toEqual(['awaiting-ack 2', 'queued 1']);
      const found = await parts.mesures.ongoing(NOW);
      expect(found.find(({ cle }) => cle === 'awaiting-ack')?.depuis).toBe(NOW);
      expect(await ongoing('envoi-ouvert')).toEqual(['0']);
      expect(await total('transmission')).toEqual(['acknowledged 1']);
      expect(await total('envoi')).toEqual(['accepted 3']);
      expect(await total('retour')).toEqual(['applied 1']);
      expect(await total('depot')).toEqual(['4']);
    });

    it('comptent un envoi ouvert, et depuis quand', async () => {
      await sendingOf(parts, await deposited(parts));
      const open = (await parts.mesures.ongoing(NOW)).find(({ sujet }) => sujet === 'envoi-ouvert');
      expect(open).toMatchObject({ nombre: 1, depuis: NOW });
      expect(await total('envoi')).toEqual([]);
    });

    it('comptent les départs de l’heure passée, la borne exclue', async () => {
      await accepted(await deposited(parts));
      expect(await ongoing('departs-actes')).toEqual(['034 1']);
      expect(await ongoing('departs-octets')).toEqual(['034 9']);
      expect(await ongoing('departs-actes', addMs(NOW, HOUR_MS - 1))).toEqual(['034 1']);
      expect(await ongoing('departs-actes', addMs(NOW, HOUR_MS))).toEqual([]);
    });

    it('disent le budget réglé d’une préfecture, et rien de celui qui ne l’est pas', async () => {
      const prefecture: Prefecture = {
        ...newPrefecture(aGuichet(parts.collectivite.departement)),
        actesParHeure: 600,
        version: 1,
      };
      const audit = auditOf({
        sujet: 'prefecture',
        sujetId: '034',
        evenement: 'prefecture-settings-changed',
        etatApres: null,
      });
      expect(await parts.prefectures.save(prefecture, audit)).toBe(true);
      expect(await ongoing('budget-actes')).toEqual(['034 600']);
      expect(await ongoing('budget-octets')).toEqual([]);
    });

    it('disent le bac, le pouls et les travailleurs vivants, la borne exclue', async () => {
      const retour = { ...aRetour(parts), recuLe: addMs(NOW, 5) };
      await parts.retours.receive(retour, auditOf({ sujetId: retour.id }), {
        job: 'apply-retour',
        targetId: retour.id,
        turn: 1,
        notBefore: null,
      });
      await parts.pouls.succeeded('collect-retours', NOW);
      await parts.pouls.failed('raise-alertes', addMs(NOW, 1), 'essai');
      await parts.pouls.seen({ id: parts.id(), depuis: NOW, vuLe: NOW, version: '1' });
      expect(await ongoing('retour')).toEqual(['received 1']);
      const found = await parts.mesures.ongoing(NOW);
      const travaux = found.filter(({ sujet }) => sujet === 'travail-regulier');
      expect(travaux.map(({ cle, depuis }) => `${cle} ${depuis ?? ''}`).sort()).toEqual([
        `collect-retours ${NOW}`,
        `raise-alertes ${addMs(NOW, 1)}`,
      ]);
      expect(await ongoing('travailleur', addMs(NOW, parts.aliveForMs - 1))).toEqual(['1']);
      expect(await ongoing('travailleur', addMs(NOW, parts.aliveForMs))).toEqual(['0']);
    });

    it('pèsent les documents, signatures comprises, et disent qui approche ou atteint son quota', async () => {
      const { deliberation } = aDeposit(parts, 'POIDS');
      const weight = deliberation.pieces.reduce(
        (sum, { tailleOctets, signature }) => sum + tailleOctets + (signature?.tailleOctets ?? 0),
        0,
      );
      await deposited(parts);
      expect(await total('stockage')).toEqual([String(weight)]);
      expect(await total('quota')).toEqual([]);
      const settled = (quotaOctets: number): Promise<unknown> =>
        parts.collectivites.save({ ...parts.collectivite, quotaOctets });
      await settled(2 * weight);
      expect(await total('quota')).toEqual([]);
      await settled(weight + 1);
      expect(await total('quota')).toEqual(['proche 1']);
      await settled(weight);
      expect(await total('quota')).toEqual(['atteint 1']);
    });

    it('répartissent les délais d’accusé, la borne comprise', async () => {
      for (const secondes of [60, 61, 90_000]) await acknowledged(addMs(NOW, secondes * 1_000));
      const { delaisAccuse } = await parts.mesures.totals();
      expect(delaisAccuse).toMatchObject({ nombre: 3, sommeSecondes: 90_121 });
      expect(delaisAccuse.parBorne.map(({ borneSecondes, nombre }) => `${borneSecondes}:${nombre}`)).toEqual([
        '60:1',
        '300:2',
        '900:2',
        '3600:2',
        '14400:2',
        '43200:2',
        '86400:2',
        '172800:3',
        '604800:3',
      ]);
    });
  });
}
