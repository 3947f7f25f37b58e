import type {
  LiaisonTraits,
  OpenTransaction,
  Outgoing,
  PendingRetour,
  PrefectureGateway,
  SubmitAnswer,
  TransmissionId,
} from '@teletransmission/teletransmission';
import { buffer } from 'node:stream/consumers';

/** Un envoi prêt, qui se présente autant de fois qu'on veut. */
export interface Parcel {
  readonly nom: string;
  outgoing(): Outgoing;
}

/** Ce qui peut arriver au prochain envoi. */
export type Mishap = 'deferred' | 'refused' | 'lost-before' | 'lost-after';

/** Une liaison, et la main sur l'autre bout. */
export interface GatewayParts {
  readonly gateway: PrefectureGateway;
  readonly traits: LiaisonTraits;
  /** @param answers combien de fois l'autre bout y répondra, le moment venu ; une sauf mention. */
  parcel(answers?: number): Promise<Parcel>;
  /** Dicte le sort du prochain envoi de ce colis. */
  befall(mishap: Mishap, parcel: Parcel): Promise<void>;
  /** L'autre bout répond à ce colis, pris. @returns les octets de ses réponses. */
  answer(parcel: Parcel): Promise<readonly Buffer[]>;
  /** Le prochain retour demandé se coupe au milieu. */
  cutNext(): void;
  /** La même liaison, quand l'autre bout ne sait pas répondre à une recherche. */
  deaf(): PrefectureGateway;
}

/** Le contrat d'une liaison : ce que le domaine suppose de toutes, quel que soit leur protocole. */
export function describeGatewayContract(name: string, open: () => Promise<GatewayParts>): void {
  describe(`une liaison (${name})`, () => {
    let parts: GatewayParts;
    const taken: (OpenTransaction & { readonly nom: string })[] = [];
    beforeEach(async () => {
      taken.length = 0;
      parts = await open();
    });

    const submit = async (parcel: Parcel): Promise<SubmitAnswer> => {
      const answer = await parts.gateway.submit(parcel.outgoing(), new AbortController().signal);
      const reference = answer.kind === 'accepted' ? (answer.reference ?? null) : null;
      taken.push({
        transmissionId: `t-${taken.length}` as TransmissionId,
        nom: parcel.nom,
        reference,
        teletransmiseLe: null,
      });
      return answer;
    };
    /** Ce qui attend en amont, par le mode de relève de cette liaison. */
    const waiting = async (): Promise<readonly PendingRetour[]> => {
      const entries =
        parts.traits.releve === 'boite'
          ? (await parts.gateway.pendingRetours(50, null)).entries
          : (await Promise.all(taken.map((one) => parts.gateway.retoursOf(one)))).flat();
      return entries.flatMap((entry) => (entry.kind === 'retour' ? [entry] : []));
    };
    const bytesOf = async ({ sourceId }: PendingRetour): Promise<Buffer> =>
      buffer(await parts.gateway.fetchRetour(sourceId));
    const accepted = async (answers = 1): Promise<Parcel> => {
      const parcel = await parts.parcel(answers);
      expect((await submit(parcel)).kind).toBe('accepted');
      return parcel;
    };
    const found = async (nom: string): Promise<string> => {
      const answer = await parts.gateway.lookUp(nom);
      return typeof answer === 'object' ? 'present' : answer;
    };

    it('prend un envoi, et le retrouve ; ne trouve pas ce qu’elle n’a jamais eu', async () => {
      const other = await parts.parcel();
      expect(await found(other.nom)).toBe('absent');
      const parcel = await accepted();
      expect(await found(parcel.nom)).toBe('present');
      expect(await found(other.nom)).toBe('absent');
    });

    it('dit remis un envoi qu’elle n’a prouvablement pas pris, avec sa raison', async () => {
      const parcel = await parts.parcel();
      await parts.befall('deferred', parcel);
      const answer = await submit(parcel);
      expect(answer).toMatchObject({ kind: 'deferred', detail: expect.stringMatching(/\S/) as string });
      expect(await found(parcel.nom)).toBe('absent');
      expect((await submit(parcel)).kind).toBe('accepted');
    });

    it('dit refusé un envoi refusé, avec sa raison', async () => {
      const parcel = await parts.parcel();
      await parts.befall('refused', parcel);
      expect(await submit(parcel)).toMatchObject({
        kind: 'refused',
        detail: expect.stringMatching(/\S/) as string,
      });
    });

    it.each([
      ['avant', 'lost-before', 'absent'],
      ['après', 'lost-after', 'present'],
    ] as const)(
      'perdue %s la prise, sa réponse n’est jamais un refus ni une remise : seule la recherche la tranche',
      async (_when, mishap, expected) => {
        const parcel = await parts.parcel();
        await parts.befall(mishap, parcel);
        expect((await submit(parcel)).kind).toBe('lost');
        expect(await found(parcel.nom)).toBe(expected);
      },
    );

    it('qui ne sait pas répondre à une recherche ne dit ni oui ni non', async () => {
      const parcel = await accepted();
      expect(await parts.deaf().lookUp(parcel.nom)).toBe('unknown');
    });

    it('annonce un retour, le rend à l’octet près, et n’en parle plus une fois acquitté, deux fois valant une', async () => {
      const parcel = await accepted();
      expect(await waiting()).toEqual([]);
      const [expected] = await parts.answer(parcel);
      const [entry, ...others] = await waiting();
      if (!entry) throw new Error('rien n’attend');
      expect(others).toEqual([]);
      expect(await bytesOf(entry)).toEqual(expected);
      expect(await waiting()).toHaveLength(1);
      await parts.gateway.acknowledgeRetour(entry.sourceId);
      await parts.gateway.acknowledgeRetour(entry.sourceId);
      expect(await waiting()).toEqual([]);
    });

    it('d’une réponse doublée, fait deux retours, chacun le sien', async () => {
      const expected = await parts.answer(await accepted(2));
      const entries = await waiting();
      expect(new Set(entries.map(({ sourceId }) => sourceId)).size).toBe(2);
      const read = await Promise.all(entries.map(bytesOf));
      expect(new Set(read.map(String))).toEqual(new Set(expected.map(String)));
      const [first, second] = entries;
      if (!first || !second) throw new Error('il en manque un');
      await parts.gateway.acknowledgeRetour(first.sourceId);
      expect((await waiting()).map(({ sourceId }) => sourceId)).toEqual([second.sourceId]);
    });

    it('venus tard et dans le désordre, les retours se relèvent dans l’ordre qu’on veut', async () => {
      const [early, late] = [await accepted(), await accepted()];
      const [ofLate] = await parts.answer(late);
      const [ahead] = await waiting();
      if (!ahead) throw new Error('rien n’attend');
      const [ofEarly] = await parts.answer(early);
      const behind = (await waiting()).find(({ sourceId }) => sourceId !== ahead.sourceId);
      if (!behind) throw new Error('le tardif manque');
      expect(await bytesOf(behind)).toEqual(ofEarly);
      await parts.gateway.acknowledgeRetour(behind.sourceId);
      expect(await waiting()).toEqual([ahead]);
      expect(await bytesOf(ahead)).toEqual(ofLate);
    });

    it('coupé au milieu, un retour ne passe jamais pour entier : il attend toujours, et revient entier', async () => {
      const [expected] = await parts.answer(await accepted());
      const [entry] = await waiting();
      if (!entry) throw new Error('rien n’attend');
      parts.cutNext();
      await expect(bytesOf(entry)).rejects.toThrow();
      expect(await waiting()).toEqual([entry]);
      expect(await bytesOf(entry)).toEqual(expected);
    });
  });
}
