import type { CivilDate, Instant } from '@teletransmission/kernel';
import { addMs, civilDate } from '@teletransmission/kernel';
import type { Siren } from '@teletransmission/actes';
import type {
  EnveloppeId,
  OutboxMessage,
  Publication,
  StateChange,
  Transmission,
  TransmissionId,
} from '@teletransmission/teletransmission';
import { aTransmission } from '../builders/a-transmission';
import type { LedgerParts } from './ledger-contract';
import { auditOf, changed, deposited, sendingOf } from './ledger-contract';

/** Les livres, et de quoi les mener au bord : les numéros d'un jour, pris jusqu'à l'avant-dernier. */
export interface WaitingParts extends LedgerParts {
  takeNumbers(siren: Siren, jour: CivilDate, dernier: number): Promise<void>;
}

const NOW = '2022-11-02T09:00:00.000Z' as Instant;
const SERVICE = { kind: 'service' } as const;
const ADRESSE = 'https://commune.example/actes/{identifiant}';
const later = (minutes: number): Instant => addMs(NOW, minutes * 60_000);

/** La suite de ce qui attend, et dans quel ordre : le plus ancien d'abord, quel que soit celui où c'est né. */
export function describeWaitingContract(name: string, open: () => Promise<WaitingParts>): void {
  describe(`ce qui attend (${name})`, () => {
    let parts: WaitingParts;
    beforeEach(async () => {
      parts = await open();
    });

    const record = async (change: StateChange): Promise<Transmission> => {
      const recorded = await parts.transmissions.record(change);
      if (!recorded.moved) throw new Error('état changé entre-temps');
      return recorded.transmission;
    };
    const happen = (
      transmission: Transmission,
      happening: Omit<Parameters<typeof changed>[1], 'actor'>,
    ): Promise<Transmission> => record(changed(transmission, { ...happening, actor: SERVICE }));
    const waiting = async (at: Instant): Promise<readonly OutboxMessage[]> =>
      (await parts.transmissions.findWaiting(at, at, null, 100)).items;

    const accepted = async (at: Instant): Promise<Transmission> =>
      happen(await sendingOf(parts, await deposited(parts)), {
        event: 'envoi-accepted',
        at,
        patch: { teletransmiseLe: at, ackDueAt: at },
        effects: [{ kind: 'close-envoi', outcome: 'accepted', code: 'prefecture/http-201', detail: null }],
      });
    const acknowledged = async (at: Instant): Promise<Transmission> =>
      happen(await accepted(NOW), {
        event: 'ar-received',
        at,
        patch: { dateReception: civilDate('2022-11-02') },
      });
    const publicationOf = async ({ deliberationId }: Transmission): Promise<Publication> => {
      const found = deliberationId && (await parts.publications.find(deliberationId));
      if (!found) throw new Error('sans publication');
      return found;
    };
    const publishesItself = (adresseDesActes: string | null): Promise<unknown> =>
      parts.collectivites.save({ ...parts.collectivite, publicationAutomatique: true, adresseDesActes });

    it('est aussi la publication d’un acte acquitté, quand la collectivité publie d’elle-même', async () => {
      const { deliberationId, version } = await acknowledged(later(1));
      expect(await waiting(later(9))).toEqual([]);
      await publishesItself(ADRESSE);
      expect(await waiting(later(9))).toEqual([
        { job: 'track-publication', targetId: deliberationId, turn: version, notBefore: null },
      ]);
      expect(await waiting(NOW)).toEqual([]);
    });

    it('n’est pas la publication de qui n’a pas d’adresse où publier, ni celle qui est faite', async () => {
      const publication = await publicationOf(await acknowledged(later(1)));
      await publishesItself(null);
      expect(await waiting(later(9))).toEqual([]);
      await publishesItself(ADRESSE);
      await parts.publications.record({
        publication,
        to: 'published',
        datePublication: civilDate('2022-11-03'),
        adresse: 'https://commune.example/actes/62',
        declaration: null,
        audit: auditOf({
          collectiviteId: publication.collectiviteId,
          deliberationId: publication.deliberationId,
          sujet: 'publication',
          sujetId: publication.deliberationId,
          evenement: 'publication-declared',
          etatAvant: 'unpublished',
          etatApres: 'published',
        }),
      });
      expect(await waiting(later(9))).toEqual([]);
    });

    it('vient par ancienneté, actes, envois et publications mêlés, et se lit page par page', async () => {
      await publishesItself(ADRESSE);
      const published = await acknowledged(later(2));
      const first = await deposited(parts);
      const held = await happen(await deposited(parts), { event: 'put-on-hold', at: NOW });
      const last = await happen(held, { event: 'resubmitted', at: later(3), patch: { cycle: 2 } });
      const expected = [first.id, published.deliberationId, last.id];
      expect((await waiting(later(9))).map(({ targetId }) => targetId)).toEqual(expected);
      const page = await parts.transmissions.findWaiting(later(9), later(9), null, 2);
      expect(page.items.map(({ targetId }) => targetId)).toEqual(expected.slice(0, 2));
      const rest = await parts.transmissions.findWaiting(later(9), later(9), page.next, 2);
      expect(rest.items.map(({ targetId }) => targetId)).toEqual(expected.slice(2));
      expect(rest.next).toBeNull();
    });

    it('d’un accusé en retard se signale de la plus ancienne échéance à la plus récente', async () => {
      const made = [await accepted(later(3)), await accepted(later(1)), await accepted(later(2))];
      const [third, first, second] = made.map(({ id }) => id);
      const found = await parts.transmissions.findOverdue(later(9), 100);
      expect(found.map(({ id }) => id)).toEqual([first, second, third]);
      const bounded = await parts.transmissions.findOverdue(later(9), 2);
      expect(bounded.map(({ id }) => id)).toEqual([first, second]);
    });

    it('d’un bail fini se reprend du plus ancien envoi au plus récent', async () => {
      const sentAt = async (at: Instant): Promise<TransmissionId> => {
        const transmission = await sendingOf(parts, await deposited(parts));
        const back = await happen(transmission, {
          event: 'envoi-deferred',
          at: NOW,
          patch: { nextTurnAt: NOW },
          effects: [{ kind: 'close-envoi', outcome: 'deferred', code: 'prefecture/http-503', detail: null }],
        });
        const { id } = await happen(back, {
          event: 'envoi-opened',
          at,
          patch: { turn: 2, nextTurnAt: null },
          effects: [
            {
              kind: 'open-envoi',
              envoiId: parts.id() as never,
              enveloppeId: transmission.enveloppeId ?? ('' as EnveloppeId),
              turn: 2,
              leaseUntil: later(5),
            },
          ],
        });
        return id;
      };
      const [third, first, second] = [await sentAt(later(3)), await sentAt(later(1)), await sentAt(later(2))];
      const found = await parts.transmissions.findExpiredLeases(later(9), 100);
      expect(found.map(({ id }) => id)).toEqual([first, second, third]);
      const bounded = await parts.transmissions.findExpiredLeases(later(9), 1);
      expect(bounded.map(({ id }) => id)).toEqual([first]);
      expect(await parts.transmissions.findExpiredLeases(later(4), 100)).toEqual([]);
    });

    it('d’une nomenclature sans réponse se relance par ancienneté, et seulement ce qui est parti', async () => {
      const demandee = async (at: Instant): Promise<Transmission> => {
        const id = parts.id() as TransmissionId;
        const { id: collectiviteId } = parts.collectivite;
        const transmission = aTransmission({
          id,
          collectiviteId,
          deliberationId: null,
          identifiantActe: null,
          flux: '7-1',
        });
        const entry = auditOf({
          collectiviteId,
          sujet: 'transmission',
          sujetId: id,
          evenement: 'deposited',
          etatApres: 'queued',
        });
        expect(
          await parts.transmissions.create(transmission, entry, {
            job: 'seal-enveloppe',
            targetId: id,
            turn: 1,
            notBefore: null,
          }),
        ).toBe(true);
        return happen(await sendingOf(parts, transmission), {
          event: 'envoi-accepted',
          at,
          patch: { teletransmiseLe: at, ackDueAt: later(60) },
          effects: [{ kind: 'close-envoi', outcome: 'accepted', code: 'prefecture/http-201', detail: null }],
        });
      };
      const sent = await demandee(later(1));
      expect((await parts.classifications.findUnanswered(later(1), 10)).map(({ id }) => id)).toEqual([
        sent.id,
      ]);
      expect(await parts.classifications.findUnanswered(NOW, 10)).toEqual([]);
      expect(await parts.classifications.findStale(NOW, 10)).toEqual([]);
      expect(await parts.classifications.findStale(later(1), 10)).toEqual([parts.collectivite.id]);
    });

    it('d’un numéro d’enveloppe quand les 9 999 du jour sont pris est le lendemain, et rien n’est perdu', async () => {
      const jour = civilDate('2022-12-31');
      const { siren } = parts.collectivite;
      await parts.takeNumbers(siren, jour, 9_998);
      const [one, two] = [await deposited(parts), await deposited(parts)];
      const allocate = (
        transmission: Transmission,
        le: CivilDate,
      ): ReturnType<typeof parts.transmissions.allocateEnveloppe> =>
        parts.transmissions.allocateEnveloppe(transmission, siren, le, parts.id() as EnveloppeId);
      expect((await allocate(one, jour)).numero).toBe(9_999);
      await expect(allocate(two, jour)).rejects.toMatchObject({
        code: 'enveloppe/numbers-exhausted',
        retry: 'later',
      });
      expect((await allocate(one, jour)).numero).toBe(9_999);
      expect((await allocate(two, civilDate('2023-01-01'))).numero).toBe(1);
    });
  });
}
