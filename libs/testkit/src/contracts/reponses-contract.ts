import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type {
  Correspondance,
  EnvoiId,
  FluxReponse,
  PieceSignature,
  Transmission,
  TransmissionId,
} from '@teletransmission/teletransmission';
import { aStoredFile } from '../builders/a-dossier';
import { aTransmission } from '../builders/a-transmission';
import type { LedgerParts } from './ledger-contract';
import { aCourrier, auditOf, changed, deposited, sealedOf, sendingOf } from './ledger-contract';

const NOW = '2022-11-02T09:00:00.000Z' as Instant;
const MOMENT = { at: NOW, actor: { kind: 'service' } } as const;

/** Une lettre reçue, avec l'accusé que nous en rendons d'office. */
export async function received(parts: LedgerParts): Promise<Correspondance> {
  const courrier = await aCourrier(parts);
  expect(await parts.correspondances.receive(courrier)).toBe(true);
  return courrier.correspondance;
}

/** Dépose une réponse à une lettre qui l'attend. */
export async function answered(
  parts: LedgerParts,
  correspondance: Correspondance,
  flux: FluxReponse = '3-4',
  signature: PieceSignature | null = null,
): Promise<Transmission> {
  const { collectiviteId, deliberationId, identifiantActe, id: correspondanceId } = correspondance;
  const id = parts.id() as TransmissionId;
  const common = { collectiviteId, deliberationId };
  const transmission = aTransmission({ id, ...common, identifiantActe, correspondanceId, flux });
  const answer = await parts.correspondances.answer({
    correspondance,
    to: 'answering',
    audit: auditOf({
      ...common,
      sujet: 'correspondance',
      sujetId: correspondanceId,
      evenement: 'answer-deposited',
      etatAvant: 'received',
      etatApres: 'answering',
    }),
    transmission,
    transmissionAudit: auditOf({
      ...common,
      sujet: 'transmission',
      sujetId: id,
      evenement: 'deposited',
      etatApres: 'queued',
    }),
    pieces: [
      {
        rang: 0,
        typePiece: '99_DE',
        ...aStoredFile('piece.pdf'),
        format: 'pdf',
        remarques: [],
        signature,
      },
    ],
    outbox: { job: 'seal-enveloppe', targetId: id, turn: 1, notBefore: null },
  });
  expect(answer).toBe(true);
  return transmission;
}

async function moved(
  parts: LedgerParts,
  transmission: Transmission,
  happening: Omit<Parameters<typeof changed>[1], 'at' | 'actor'>,
): Promise<Transmission> {
  const recorded = await parts.transmissions.record(changed(transmission, { ...MOMENT, ...happening }));
  if (!recorded.moved) throw new Error('État changé entre-temps');
  return recorded.transmission;
}

const closing = (
  outcome: 'accepted' | 'deferred' | 'found',
): Pick<Parameters<typeof changed>[1], 'effects'> => ({
  effects: [{ kind: 'close-envoi', outcome, code: `essai/${outcome}`, detail: null }],
});
const DISPROVED = {
  event: 'proven-absent',
  effects: [{ kind: 'disprove-envoi', code: 'prefecture/absent', detail: null }],
} as const;
const resumed = (transmission: Transmission): Parameters<typeof changed>[1] => ({
  ...MOMENT,
  event: 'resubmitted',
  patch: { cycle: transmission.cycle + 1, turn: 0, enveloppeId: null },
});

/** Un tour de plus de la même enveloppe. */
function sentAgain(parts: LedgerParts, sealed: Transmission): Promise<Transmission> {
  const { enveloppeId, turn } = sealed;
  if (enveloppeId === null) throw new Error('sans enveloppe');
  return moved(parts, sealed, {
    event: 'envoi-opened',
    patch: { turn: turn + 1 },
    effects: [
      {
        kind: 'open-envoi',
        envoiId: parts.id() as EnvoiId,
        enveloppeId,
        turn: turn + 1,
        leaseUntil: addMs(NOW, 60_000),
      },
    ],
  });
}

/** Ce que les livres tiennent des réponses arrêtées, et d'un envoi qu'on croyait pris, en mémoire comme en base. */
export function describeReponsesContract(name: string, open: () => Promise<LedgerParts>): void {
  describe(`les suites d’une réponse (${name})`, () => {
    let parts: LedgerParts;
    beforeAll(async () => {
      parts = await open();
    });

    const stateOf = async ({ id }: Correspondance): Promise<string | undefined> =>
      (await parts.correspondances.find(id))?.state;
    /** Une réponse retenue ; sa lettre attend de nouveau. */
    const held = async (lettre: Correspondance): Promise<Transmission> =>
      moved(parts, await sealedOf(parts, await answered(parts, lettre)), { event: 'put-on-hold' });

    it('les rendent dans l’ordre de leur dépôt, telles qu’elles sont, accusé d’office et autres lettres exclus', async () => {
      const lettre = await received(parts);
      const other = await received(parts);
      expect(await parts.correspondances.listReponses(lettre.id)).toEqual([]);
      const first = await held(lettre);
      const second = await answered(parts, lettre, '3-3');
      const elsewhere = await answered(parts, other);
      expect(await parts.correspondances.listReponses(lettre.id)).toEqual([first, second]);
      expect(await parts.correspondances.listReponses(other.id)).toEqual([elsewhere]);
    });

    it('rendent la lettre d’une réponse retenue, et la reprennent avec elle', async () => {
      const lettre = await received(parts);
      const reponse = await held(lettre);
      expect(await stateOf(lettre)).toBe('received');
      expect(await parts.transmissions.record(changed(reponse, resumed(reponse)))).toMatchObject({
        moved: true,
        transmission: { state: 'queued' },
      });
      expect(await stateOf(lettre)).toBe('answering');
    });

    it('ne changent rien d’une réponse qui reprendrait une lettre à laquelle une autre répond', async () => {
      const lettre = await received(parts);
      const first = await held(lettre);
      const second = await answered(parts, lettre);
      const change = changed(first, resumed(first));
      expect(await parts.transmissions.record(change)).toEqual({ moved: false });
      expect(await parts.transmissions.recordTogether([change])).toBe(false);
      expect(await parts.correspondances.listReponses(lettre.id)).toEqual([first, second]);
      expect(await stateOf(lettre)).toBe('answering');
      await moved(parts, second, { event: 'withdrawn' });
      expect(await parts.transmissions.record(change)).toMatchObject({ moved: true });
      expect(await stateOf(lettre)).toBe('answering');
    });

    it('retirent une réponse arrêtée sans toucher à la lettre qu’une autre tient', async () => {
      const lettre = await received(parts);
      const first = await held(lettre);
      await answered(parts, lettre);
      expect(await moved(parts, first, { event: 'withdrawn' })).toMatchObject({ state: 'withdrawn' });
      expect(await stateOf(lettre)).toBe('answering');
    });

    it('de deux réponses arrêtées reprises ensemble, une seule prend la lettre', async () => {
      const lettre = await received(parts);
      const first = await held(lettre);
      const second = await held(lettre);
      const outcomes = await Promise.all(
        [first, second].map((reponse) => parts.transmissions.record(changed(reponse, resumed(reponse)))),
      );
      expect(outcomes.filter((outcome) => outcome.moved)).toHaveLength(1);
      const states = (await parts.correspondances.listReponses(lettre.id)).map(({ state }) => state);
      expect(states.sort()).toEqual(['held', 'queued']);
      expect(await stateOf(lettre)).toBe('answering');
    });

    it.each(['accepted', 'found'] as const)(
      'dédisent l’envoi cru pris (%s), lui seul : ni ceux d’avant, ni ceux des autres',
      async (outcome) => {
        const other = await moved(parts, await sendingOf(parts, await deposited(parts)), {
          event: 'envoi-accepted',
          ...closing('accepted'),
        });
        const before = await moved(parts, await sendingOf(parts, await deposited(parts)), {
          event: 'envoi-accepted',
          ...closing('accepted'),
        });
        const rejected = await moved(parts, before, { event: 'anomalie-received' });
        const again = await moved(parts, rejected, resumed(rejected));
        const deferred = await moved(parts, await sendingOf(parts, again), {
          event: 'envoi-deferred',
          ...closing('deferred'),
        });
        const taken = await moved(parts, await sentAgain(parts, deferred), {
          event: 'envoi-accepted',
          ...closing(outcome),
        });
        expect(await parts.outcomesOf(taken.id)).toEqual(['accepted', 'deferred', outcome]);
        expect(await moved(parts, taken, DISPROVED)).toMatchObject({ state: 'sealed' });
        expect(await parts.outcomesOf(taken.id)).toEqual(['accepted', 'deferred', 'absent']);
        expect(await parts.outcomesOf(other.id)).toEqual(['accepted']);
      },
    );

    it('ne dédisent rien quand l’état a changé depuis la lecture', async () => {
      const sent = await moved(parts, await sendingOf(parts, await deposited(parts)), {
        event: 'envoi-accepted',
        ...closing('accepted'),
      });
      await moved(parts, sent, { event: 'anomalie-received' });
      const late = await parts.transmissions.record(changed(sent, { ...MOMENT, ...DISPROVED }));
      expect(late).toEqual({ moved: false });
      expect(await parts.outcomesOf(sent.id)).toEqual(['accepted']);
    });
  });
}
