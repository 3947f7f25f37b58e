import type {
  ActeDit,
  AuditEntry,
  Correspondance,
  Retour,
  RetourId,
  Transmission,
  TransmissionId,
} from '@teletransmission/teletransmission';
import { addMs, civilDate } from '@teletransmission/kernel';
import { aTransmission } from '../builders/a-transmission';
import type { LedgerParts } from './ledger-contract';
import { aCourrier, aDeposit, aRetour, auditOf, changed, deposited, sendingOf } from './ledger-contract';

async function received(parts: LedgerParts): Promise<Retour> {
  const retour = aRetour(parts);
  const travail = { job: 'apply-retour', targetId: retour.id, turn: 1, notBefore: null } as const;
  expect(await parts.retours.receive(retour, auditOf({ sujetId: retour.id }), travail)).toBe(true);
  return retour;
}

/** Un autre dépôt du même acte, une fois le premier retiré. */
async function depositedAgain(
  parts: LedgerParts,
  former: Transmission,
  numero: string,
): Promise<Transmission> {
  const actor = { kind: 'service' } as const;
  const rejected = await parts.transmissions.record(
    changed(former, { event: 'anomalie-received', at: former.since, actor }),
  );
  if (!rejected.moved) throw new Error('non refusée');
  await parts.transmissions.record(
    changed(rejected.transmission, { event: 'withdrawn', at: former.since, actor, reason: 'erreur' }),
  );
  const deposit = aDeposit(parts, numero);
  expect(await parts.deliberations.deposit(deposit)).toEqual({ kind: 'deposited' });
  return deposit.transmission;
}

/** Ce que les livres tiennent des retours, en mémoire comme en base. */
export function describeRetoursContract(name: string, open: () => Promise<LedgerParts>): void {
  describe(`les retours (${name})`, () => {
    let parts: LedgerParts;
    beforeAll(async () => {
      parts = await open();
    });

    it('savent si le même message était déjà parti sous une autre transmission', async () => {
      const deposit = aDeposit(parts, 'AVANT_1');
      await parts.deliberations.deposit(deposit);
      const first = await sendingOf(parts, deposit.transmission);
      expect(await parts.envois.wasSentAsAnother(first)).toBe(false);
      const second = await depositedAgain(parts, first, 'AVANT_1');
      expect(await parts.envois.wasSentAsAnother(second)).toBe(true);
      expect(await parts.envois.wasSentAsAnother({ ...second, flux: '6-1' })).toBe(false);
      expect(await parts.envois.wasSentAsAnother(await deposited(parts))).toBe(false);
      const demande = aTransmission({
        id: parts.id() as TransmissionId,
        deliberationId: null,
        identifiantActe: null,
        flux: '7-1',
      });
      expect(await parts.envois.wasSentAsAnother(demande)).toBe(false);
    });

    it('retrouvent un acte par ce qu’un message en dit, à la casse et aux séparateurs du numéro près, dans sa seule collectivité', async () => {
      const deposit = aDeposit(parts, 'DIT-A_1');
      await parts.deliberations.deposit(deposit);
      const { dateDecision, nature } = deposit.deliberation;
      const { siren } = parts.collectivite;
      const dit: ActeDit = { siren, dateDecision, nature, numero: 'dit a1', departement: null };
      const found = async (
        changes: Partial<ActeDit>,
        flux: '1-1' | '6-1' = '1-1',
      ): Promise<readonly string[]> =>
        (await parts.transmissions.findByActe({ ...dit, ...changes }, flux)).map(({ id }) => id);
      expect(await found({})).toEqual([deposit.transmission.id]);
      expect(await found({ numero: 'DITA2' })).toEqual([]);
      expect(await found({ siren: '213400518' })).toEqual([]);
      expect(await found({ nature: 'AR' })).toEqual([]);
      expect(await found({ dateDecision: civilDate('0001-01-01') })).toEqual([]);
      expect(await found({}, '6-1')).toEqual([]);
    });

    it('savent à quoi les mêmes octets ont déjà été appliqués', async () => {
      const retour = await received(parts);
      expect(await parts.retours.findTwin({ ...retour, id: parts.id() as RetourId })).toBeNull();
      const acte = await deposited(parts);
      await parts.retours.settle({
        retour,
        to: 'applied',
        flux: '3-5',
        collectiviteId: acte.collectiviteId,
        transmissionId: acte.id,
        code: null,
        detail: null,
        audit: auditOf({
          sujetId: retour.id,
          evenement: 'retour-applied',
          etatAvant: 'received',
          etatApres: 'applied',
        }),
      });
      expect(await parts.retours.findTwin({ ...retour, id: parts.id() as RetourId })).toBe(acte.id);
      expect(await parts.retours.findTwin(retour)).toBeNull();
    });

    it('terminent une demande de nomenclature et font naître la suivante ensemble, et ne retirent jamais un acte parti', async () => {
      const collectiviteId = parts.collectivite.id;
      const demande = (): Transmission =>
        aTransmission({
          id: parts.id() as TransmissionId,
          deliberationId: null,
          identifiantActe: null,
          collectiviteId,
          flux: '7-1',
        });
      const born = ({ id: sujetId }: Transmission): AuditEntry =>
        auditOf({
          collectiviteId,
          sujet: 'transmission',
          sujetId,
          evenement: 'deposited',
          etatApres: 'queued',
        });
      const [first, next] = [demande(), demande()];
      const travail = { job: 'seal-enveloppe', targetId: first.id, turn: 1, notBefore: null } as const;
      expect(await parts.classifications.findPending(collectiviteId)).toBeNull();
      expect(await parts.transmissions.create(first, born(first), travail)).toBe(true);
      expect((await parts.classifications.findPending(collectiviteId))?.id).toBe(first.id);
      const sent = await sendingOf(parts, first);
      const lost = await parts.transmissions.record(
        changed(sent, { event: 'envoi-lost', at: sent.since, actor: { kind: 'service' } }),
      );
      if (!lost.moved) throw new Error('non perdue');
      const { since } = lost.transmission;
      expect(await parts.classifications.findUnanswered(addMs(since, -1), 10)).toEqual([]);
      expect((await parts.classifications.findUnanswered(since, 10)).map(({ id }) => id)).toEqual([first.id]);
      const ended = await parts.transmissions.record(
        changed(lost.transmission, {
          event: 'request-ended',
          at: since,
          actor: { kind: 'service' },
          reason: 'sans réponse',
          effects: [
            { kind: 'close-envoi', outcome: 'lost', code: 'demande/ended', detail: null },
            { kind: 'create-transmission', transmission: next, audit: born(next) },
          ],
          outbox: [{ job: 'seal-enveloppe', targetId: next.id, turn: 1, notBefore: null }],
        }),
      );
      expect(ended.moved).toBe(true);
      expect((await parts.classifications.findPending(collectiviteId))?.id).toBe(next.id);
    });

    it('gardent la plus récente des nomenclatures, dans quelque ordre qu’elles viennent', async () => {
      const adopt = async (date: string): Promise<void> => {
        const retour = await received(parts);
        await parts.classifications.adopt({
          classification: {
            collectiviteId: parts.collectivite.id,
            dateVersion: civilDate(date),
            natures: [],
            matieres: [],
            recueLe: retour.recuLe,
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
            sujetId: retour.id,
            evenement: 'retour-applied',
            etatAvant: 'received',
            etatApres: 'applied',
          }),
          outbox: [],
        });
      };
      await adopt('2022-10-15');
      await adopt('2022-09-01');
      const { id, siren } = parts.collectivite;
      expect((await parts.classifications.current(id))?.dateVersion).toBe('2022-10-15');
      expect((await parts.collectivites.findBySiren(siren))?.classificationDateVersion).toBe('2022-10-15');
    });

    it('donnent un déféré à qui le prend en charge, une fois', async () => {
      const courrier = await aCourrier(parts);
      const defere: Correspondance = {
        ...courrier.correspondance,
        flux: '5-1',
        state: 'noted',
        echeance: null,
      };
      const { collectiviteId, deliberationId, id } = defere;
      const about = { collectiviteId, deliberationId, sujet: 'correspondance', sujetId: id } as const;
      const audit = auditOf({ ...about, evenement: 'defere-received', etatApres: 'noted' });
      expect(
        await parts.correspondances.receive({ ...courrier, correspondance: defere, audit, accuse: null }),
      ).toBe(true);
      const taken = auditOf({ ...about, evenement: 'defere-taken', etatAvant: 'noted', etatApres: 'taken' });
      expect(await parts.correspondances.take(defere, 'taken', taken)).toBe(true);
      expect(await parts.correspondances.take(defere, 'taken', taken)).toBe(false);
      expect(await parts.correspondances.find(id)).toMatchObject({ state: 'taken' });
    });

    it('gardent, d’un retour appliqué, ce qui s’en remarque', async () => {
      const sending = await sendingOf(parts, await deposited(parts));
      const retour = await received(parts);
      const audit = auditOf({
        collectiviteId: sending.collectiviteId,
        deliberationId: sending.deliberationId,
        sujetId: retour.id,
        evenement: 'retour-applied',
        etatAvant: 'received',
        etatApres: 'applied',
      });
      const remarque = { code: 'retour/accuse-veille', detail: 'Daté de la veille.' };
      await parts.transmissions.record(
        changed(sending, {
          event: 'ar-received',
          at: sending.since,
          actor: { kind: 'prefecture' },
          patch: { dateReception: civilDate('2022-11-01') },
          effects: [{ kind: 'apply-retour', retourId: retour.id, flux: '1-2', remarque, audit }],
        }),
      );
      expect(await parts.tray.find(retour.id)).toMatchObject({ state: 'applied', ...remarque });
    });
  });
}
