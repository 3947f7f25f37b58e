import type { Instant } from '@teletransmission/kernel';
import type {
  DeliberationId,
  Dossiers,
  PrefectureRepository,
  TransmissionId,
} from '@teletransmission/teletransmission';
import { LIAISON_DIRECTE } from '@teletransmission/teletransmission';
import type { LedgerParts } from './ledger-contract';
import { aDeposit, deposited, sealedOf, sendingOf } from './ledger-contract';

const NOW = '2022-11-02T09:00:00.000Z' as Instant;

/** Les livres, leurs lectures groupées, et l'autre bout lu à part. */
export interface DossiersParts extends LedgerParts {
  readonly dossiers: Dossiers;
  readonly prefectures: Pick<PrefectureRepository, 'routeOf' | 'destinationOf'>;
}

/** La suite que passent les lectures groupées : elles rendent ce que chaque livre rendrait, lu un à un. */
export function describeDossiersContract(name: string, open: () => Promise<DossiersParts>): void {
  describe(`les dossiers du chemin d’un acte (${name})`, () => {
    let parts: DossiersParts;
    beforeAll(async () => {
      parts = await open();
    });

    it('à déposer : la collectivité de ce SIREN et sa nomenclature', async () => {
      expect(await parts.dossiers.toDeposit(parts.collectivite.siren)).toEqual({
        collectivite: await parts.collectivites.find(parts.collectivite.id),
        classification: await parts.classifications.current(parts.collectivite.id),
      });
      expect(await parts.dossiers.toDeposit('999999999')).toBeNull();
    });

    it('à sceller : l’acte et ses pièces dans l’ordre, sa collectivité, et ni enveloppe ni nomenclature tant qu’il n’y en a pas', async () => {
      const deposit = aDeposit(parts, 'DOSSIER_1');
      await parts.deliberations.deposit(deposit);
      const dossier = await parts.dossiers.toSeal(deposit.transmission.id, NOW);
      expect(dossier).toEqual({
        transmission: await parts.transmissions.find(deposit.transmission.id),
        deliberation: await parts.deliberations.find(deposit.deliberation.id),
        collectivite: await parts.collectivites.find(parts.collectivite.id),
        classification: await parts.classifications.current(parts.collectivite.id),
        enveloppe: null,
        route: await parts.prefectures.routeOf(parts.collectivite.id, NOW),
      });
      expect(dossier?.deliberation?.pieces.map(({ rang }) => rang)).toEqual([0, 1]);
    });

    it('à sceller : l’enveloppe déjà prise pour ce cycle', async () => {
      const { id, enveloppeId } = await sealedOf(parts, await deposited(parts));
      if (enveloppeId === null) throw new Error('non scellée');
      expect((await parts.dossiers.toSeal(id, NOW))?.enveloppe).toEqual(
        await parts.transmissions.findEnveloppe(enveloppeId),
      );
    });

    it('à envoyer : l’archive scellée et l’autre bout', async () => {
      const queued = await deposited(parts);
      expect((await parts.dossiers.toSubmit(queued.id))?.archive).toBeNull();
      const { id, enveloppeId } = await sealedOf(parts, queued);
      expect(await parts.dossiers.toSubmit(id)).toEqual({
        transmission: await parts.transmissions.find(id),
        archive: enveloppeId && (await parts.transmissions.findEnveloppe(enveloppeId))?.archive,
        destination: await parts.prefectures.destinationOf(parts.collectivite.id, LIAISON_DIRECTE),
      });
    });

    it('à publier : l’acte, sa publication, et s’il est acquitté', async () => {
      const { deliberationId } = await deposited(parts);
      if (deliberationId === null) throw new Error('sans acte');
      expect(await parts.dossiers.toPublish(deliberationId)).toEqual({
        deliberation: await parts.deliberations.find(deliberationId),
        collectivite: await parts.collectivites.find(parts.collectivite.id),
        publication: await parts.publications.find(deliberationId),
        isAcknowledged: false,
      });
    });

    it('autour d’un retour : la collectivité, et le dernier envoi s’il y en a un', async () => {
      const queued = await deposited(parts);
      const collectivite = await parts.collectivites.find(parts.collectivite.id);
      expect(await parts.dossiers.around(queued.id)).toEqual({ collectivite, sent: null });
      await sendingOf(parts, queued);
      const sent = await parts.envois.lastOf(queued.id);
      expect(sent).not.toBeNull();
      expect(await parts.dossiers.around(queued.id)).toEqual({ collectivite, sent });
    });

    it('d’un acte qui n’est pas là : rien', async () => {
      const id = parts.id();
      expect(await parts.dossiers.toSeal(id as TransmissionId, NOW)).toBeNull();
      expect(await parts.dossiers.toSubmit(id as TransmissionId)).toBeNull();
      expect(await parts.dossiers.toPublish(id as DeliberationId)).toBeNull();
      await expect(parts.dossiers.around(id as TransmissionId)).rejects.toThrow('sans collectivité');
    });
  });
}
