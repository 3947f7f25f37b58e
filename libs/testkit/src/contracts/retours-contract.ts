import type { Retour, Transmission, TransmissionId } from '@teletransmission/teletransmission';
import { civilDate } from '@teletransmission/kernel';
import { aTransmission } from '../builders/a-transmission';
import type { LedgerParts } from './ledger-contract';
import { aDeposit, aRetour, auditOf, changed, deposited, sendingOf } from './ledger-contract';

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
