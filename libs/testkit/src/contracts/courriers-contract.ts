import { civilDate } from '@teletransmission/kernel';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import type {
  Correspondance,
  CorrespondanceId,
  CourrierReadings,
  CourrierView,
  Empreinte,
  Page,
} from '@teletransmission/teletransmission';
import { MalformedCursor } from '@teletransmission/teletransmission';
import type { LedgerParts } from './ledger-contract';
import { aCourrier, auditOf, changed, sealedOf, signatureOf } from './ledger-contract';
import { answered, received } from './reponses-contract';

/** Les livres où les lettres s'écrivent, et ce qui les relit. */
export interface CourriersParts extends LedgerParts {
  readonly courriers: CourrierReadings;
}

const NOW = '2022-11-02T09:00:00.000Z' as Instant;
const FORGED = ['', 'faux', 'WzAsMSwiMSJd'.slice(0, 6), 'WyJhIiwxLCJiIl0'];

/** La suite que passent les lectures des lettres en mémoire et celles de PostgreSQL. */
export function describeCourriersContract(name: string, open: () => Promise<CourriersParts>): void {
  describe(`les lettres, relues (${name})`, () => {
    let parts: CourriersParts;
    beforeEach(async () => {
      parts = await open();
    });

    const arrived = async (changes: Partial<Correspondance> = {}): Promise<Correspondance> => {
      const courrier = await aCourrier(parts);
      const correspondance = { ...courrier.correspondance, ...changes };
      const audit = { ...courrier.audit, etatApres: correspondance.state };
      expect(await parts.correspondances.receive({ ...courrier, correspondance, audit, accuse: null })).toBe(
        true,
      );
      return correspondance;
    };
    const waitingUntil = (echeance: CivilDate | null): Promise<Correspondance> => arrived({ echeance });
    const walk = async (limit: number): Promise<readonly string[]> => {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Page<CourrierView> = await parts.courriers.list({}, after, limit);
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items.map(({ id }) => id));
        after = page.next;
      } while (after !== null);
      return seen;
    };

    it('se montrent avec leur acte et leur collectivité', async () => {
      const lettre = await received(parts);
      const acte = await parts.deliberations.find(lettre.deliberationId);
      const { id, siren, nom, fuseau } = parts.collectivite;
      const view = {
        id: lettre.id,
        flux: '3-1',
        state: 'received',
        dateCourrier: lettre.dateCourrier,
        recueLe: lettre.recueLe,
        echeance: lettre.echeance,
        identifiantActe: lettre.identifiantActe,
        deliberation: { id: acte?.id, numeroInterne: acte?.numeroInterne, objet: acte?.objet },
        collectivite: { id, siren, nom, fuseau },
      };
      expect(await parts.courriers.courrier(lettre.id)).toEqual(view);
      expect(await parts.courriers.ofDeliberation(lettre.deliberationId)).toEqual([view]);
      expect((await parts.courriers.list({}, null, 10)).items).toEqual([view]);
      expect(await parts.courriers.courrier(parts.id() as CorrespondanceId)).toBeNull();
    });

    it('disent l’archive qui les a apportées', async () => {
      const lettre = await received(parts);
      expect(await parts.courriers.source(lettre.id)).toEqual({
        nom: 'TACT--SPREF0343-213402761-20221102-57.tar.gz',
        empreinte: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        tailleOctets: 12,
      });
      expect(await parts.courriers.source(parts.id() as CorrespondanceId)).toBeNull();
    });

    it('vont de la plus pressante à la moins pressante, page après page, sans trou ni double', async () => {
      const noted = await arrived({ flux: '5-1', state: 'noted', echeance: null });
      const simple = await waitingUntil(null);
      const january = await waitingUntil(civilDate('2023-01-03'));
      const december = await waitingUntil(civilDate('2022-12-31'));
      const onTheWay = await waitingUntil(civilDate('2022-11-05'));
      await answered(parts, onTheWay);
      const older = await arrived({
        flux: '5-1',
        state: 'noted',
        echeance: null,
        recueLe: '2022-10-01T09:00:00.000Z' as Instant,
      });
      const expected = [december, january, simple, onTheWay, noted, older].map(({ id }) => id);
      expect(await walk(2)).toEqual(expected);
      expect(await walk(6)).toEqual(expected);
    });

    it('se filtrent par état, par collectivité et par SIREN', async () => {
      const [one, two] = [await received(parts), await received(parts)];
      await answered(parts, two);
      const ids = async (criteria: Parameters<CourrierReadings['list']>[0]): Promise<readonly string[]> =>
        (await parts.courriers.list(criteria, null, 10)).items.map(({ id }) => id);
      expect(await ids({ etat: 'received' })).toEqual([one.id]);
      expect(await ids({ etat: 'answering' })).toEqual([two.id]);
      expect(await ids({ etat: 'answered' })).toEqual([]);
      expect(await ids({ siren: parts.collectivite.siren })).toEqual([one.id, two.id]);
      expect(await ids({ siren: '999999999' })).toEqual([]);
      expect(await ids({ collectiviteId: parts.collectivite.id, etat: 'received' })).toEqual([one.id]);
      expect(await ids({ collectiviteId: parts.id() as never })).toEqual([]);
    });

    it.each(FORGED)('ne se parcourent pas depuis le curseur « %s »', async (after) => {
      await expect(parts.courriers.list({}, after, 10)).rejects.toThrow(MalformedCursor);
    });

    it('comptent celles qui attendent, et la plus proche de leurs échéances', async () => {
      expect(await parts.courriers.waiting(null)).toEqual({ count: 0, echeance: null });
      await waitingUntil(civilDate('2023-01-03'));
      await waitingUntil(civilDate('2022-12-31'));
      await answered(parts, await waitingUntil(civilDate('2022-11-05')));
      expect(await parts.courriers.waiting(null)).toEqual({ count: 2, echeance: '2022-12-31' });
      expect(await parts.courriers.waiting(parts.collectivite.id)).toEqual({
        count: 2,
        echeance: '2022-12-31',
      });
      expect(await parts.courriers.waiting(parts.id() as never)).toEqual({ count: 0, echeance: null });
    });

    it('montrent ce que nous y avons rendu, chaque pièce avec sa signature ou son absence', async () => {
      const lettre = await received(parts);
      const signature = signatureOf('e'.repeat(64) as Empreinte);
      const first = await answered(parts, lettre, '3-3', signature);
      const held = changed(first, { event: 'put-on-hold', at: NOW, actor: { kind: 'service' } });
      expect((await parts.transmissions.record(held)).moved).toBe(true);
      const second = await answered(parts, { ...lettre, state: 'received' }, '3-4');
      const reponses = await parts.courriers.reponses(lettre.id);
      expect(reponses.map(({ flux, state, pieces }) => ({ flux, state, pieces: pieces.length }))).toEqual([
        { flux: '3-2', state: 'queued', pieces: 0 },
        { flux: '3-3', state: 'held', pieces: 1 },
        { flux: '3-4', state: 'queued', pieces: 1 },
      ]);
      const [, signed, plain] = reponses;
      expect(signed?.pieces[0]).toEqual({
        rang: 0,
        typePiece: '99_DE',
        nomFichier: 'piece.pdf',
        empreinte: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        tailleOctets: expect.any(Number) as number,
        format: 'pdf',
        remarques: [],
        signature,
      });
      expect(plain).toMatchObject({ transmissionId: second.id, pieces: [{ signature: null }] });
    });

    it('ont leur histoire, ligne par ligne enchaînée, chaque preuve telle que gardée', async () => {
      const lettre = await received(parts);
      await sealedOf(parts, await answered(parts, lettre));
      // L'histoire d'une autre lettre n'y est pas.
      await received(parts);
      const history = await parts.courriers.history(lettre.id);
      const said = history.map(({ sujet, evenement }) => `${sujet} ${evenement}`);
      // Deux lignes d'un même geste n'ont pas d'ordre entre elles.
      expect([said.slice(0, 2).sort(), said.slice(2, 4).sort(), said.slice(4)]).toEqual([
        ['correspondance courrier-received', 'transmission deposited'],
        ['correspondance answer-deposited', 'transmission deposited'],
        ['transmission enveloppe-sealed'],
      ]);
      for (const entry of history) {
        expect(JSON.parse(entry.preuveTexte)).toEqual(entry.preuve);
        expect(entry.chaine).toBe(parts.collectivite.id);
        expect(entry.deliberationId).toBe(lettre.deliberationId);
      }
      const rangs = history.map(({ rang }) => rang);
      expect(rangs).toEqual([...rangs].sort((a, b) => a - b));
      expect(await parts.courriers.history(parts.id() as CorrespondanceId)).toEqual([]);
    });

    it('gardent la preuve au mot près dans leur histoire', async () => {
      const courrier = await aCourrier(parts);
      const audit = auditOf({
        ...courrier.audit,
        preuve: { flux: '3-1', octets: 12, signee: false, date: null },
      });
      expect(await parts.correspondances.receive({ ...courrier, audit })).toBe(true);
      const history = await parts.courriers.history(courrier.correspondance.id);
      const first = history.find(({ evenement }) => evenement === 'courrier-received');
      expect(first?.preuve).toEqual({ flux: '3-1', octets: 12, signee: false, date: null });
      expect(JSON.parse(first?.preuveTexte ?? '')).toEqual(first?.preuve);
    });
  });
}
