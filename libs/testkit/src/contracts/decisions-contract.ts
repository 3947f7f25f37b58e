import { civilDate } from '@teletransmission/kernel';
import type {
  AuditEntry,
  ContenuLu,
  Decision,
  DecisionId,
  Retour,
  Signature,
  Transmission,
} from '@teletransmission/teletransmission';
import type { LedgerParts } from './ledger-contract';
import { aRetour, auditOf, changed, deposited, sendingOf } from './ledger-contract';

const NOW = '2022-11-02T09:00:00.000Z' as Signature['le'];
const ACCUSE: ContenuLu = { nature: 'accuse', dateReception: civilDate('2022-11-02'), identifiant: null };

const CONTENUS: readonly ContenuLu[] = [
  { nature: 'accuse-annulation', dateReception: civilDate('2022-11-02'), identifiant: 'un identifiant' },
  { nature: 'anomalie', code: '007', detail: 'Fichier illisible' },
  { nature: 'lettre', flux: '3-1', dateCourrier: civilDate('2022-11-01'), texte: null },
  { nature: 'information' },
];

/** Un retour illisible au bac. */
async function trayed(parts: LedgerParts): Promise<Retour> {
  const retour = aRetour(parts);
  const about = { sujetId: retour.id };
  const travail = { job: 'apply-retour', targetId: retour.id, turn: 1, notBefore: null } as const;
  await parts.retours.receive(retour, auditOf(about), travail);
  const to = 'unreadable' as const;
  const nothing = { flux: null, collectiviteId: null, transmissionId: null, code: null, detail: null };
  const audit = auditOf({ ...about, evenement: 'retour-unreadable', etatAvant: 'received', etatApres: to });
  expect(await parts.retours.settle({ retour, to, ...nothing, audit })).toBe(true);
  return { ...retour, state: to };
}

/** Ce que les livres tiennent des décisions prises sur les retours, en mémoire comme en base. */
export function describeDecisionsContract(name: string, open: () => Promise<LedgerParts>): void {
  describe(`les décisions (${name})`, () => {
    let parts: LedgerParts;
    beforeAll(async () => {
      parts = await open();
    });

    const signature = (nom: string, id = parts.compte.id): Signature => ({ id, nom, le: NOW, motif: 'lu' });
    const decisionOn = (retour: Retour, acte: Transmission, changes: Partial<Decision> = {}): Decision => ({
      id: parts.id() as DecisionId,
      retourId: retour.id,
      retourState: retour.state,
      lecture: retour.lecture,
      transmissionId: acte.id,
      collectiviteId: acte.collectiviteId,
      deliberationId: acte.deliberationId,
      contenu: ACCUSE,
      lu: 'AR du 2 novembre',
      auteur: signature('Anne'),
      state: 'proposed',
      cloture: null,
      ...changes,
    });
    const confirmed = (decision: Decision): Decision => ({
      ...decision,
      state: 'applied',
      cloture: signature('Basile', parts.autreCompte.id),
    });
    const said = (decision: Decision, evenement: string): AuditEntry =>
      auditOf({
        collectiviteId: decision.collectiviteId,
        deliberationId: decision.deliberationId,
        sujetId: decision.retourId,
        evenement,
        etatApres: null,
      });
    const changesOf = (retour: Retour, acte: Transmission) =>
      ({
        kind: 'changes',
        changes: [
          changed(acte, {
            event: 'ar-received',
            at: NOW,
            actor: { kind: 'compte', id: parts.compte.id, nom: 'Anne' },
            patch: { dateReception: civilDate('2022-11-02') },
            effects: [
              {
                kind: 'apply-retour',
                retourId: retour.id,
                from: retour.state,
                flux: '1-2',
                remarque: { code: 'retour/decided', detail: 'Lu.' },
                audit: auditOf({
                  collectiviteId: acte.collectiviteId,
                  deliberationId: acte.deliberationId,
                  sujetId: retour.id,
                  evenement: 'retour-decided',
                  etatAvant: retour.state,
                  etatApres: 'applied',
                }),
              },
            ],
          }),
        ],
      }) as const;
    const proposed = async (): Promise<readonly [Retour, Transmission, Decision]> => {
      const retour = await trayed(parts);
      const acte = await sendingOf(parts, await deposited(parts));
      const decision = decisionOn(retour, acte);
      expect(await parts.decisions.propose(decision, retour, said(decision, 'decision-proposed'))).toBe(true);
      return [retour, acte, decision];
    };

    it('se proposent une à la fois sur un retour, et se relisent telles quelles', async () => {
      const [retour, acte, decision] = await proposed();
      expect(await parts.decisions.find(decision.id)).toEqual(decision);
      expect(await parts.decisions.findProposed(retour.id)).toEqual(decision);
      const other = decisionOn(retour, acte);
      expect(await parts.decisions.propose(other, retour, said(other, 'decision-proposed'))).toBe(false);
      expect(await parts.tray.find(retour.id)).toMatchObject({ isDecisionPending: true });
    });

    it('gardent chacune ce que leur nature demande', async () => {
      for (const contenu of CONTENUS) {
        const retour = await trayed(parts);
        const decision = decisionOn(retour, await deposited(parts), { contenu });
        await parts.decisions.propose(decision, retour, said(decision, 'decision-proposed'));
        expect(await parts.decisions.find(decision.id)).toEqual(decision);
      }
    });

    it('proposées, tiennent leur retour ; closes, elles le rendent', async () => {
      const [retour, , decision] = await proposed();
      const aside = {
        retour,
        to: 'set-aside',
        rattacheA: null,
        audit: auditOf({
          sujetId: retour.id,
          evenement: 'retour-set-aside',
          etatAvant: retour.state,
          etatApres: 'set-aside',
        }),
        outbox: null,
      } as const;
      expect(await parts.retours.handle(aside)).toBe(false);
      const withdrawn: Decision = { ...decision, state: 'withdrawn', cloture: signature('Anne') };
      expect(await parts.decisions.close(withdrawn, said(withdrawn, 'decision-withdrawn'))).toBe(true);
      expect(await parts.decisions.close(withdrawn, said(withdrawn, 'decision-withdrawn'))).toBe(false);
      expect(await parts.decisions.find(decision.id)).toEqual(withdrawn);
      expect(await parts.tray.find(retour.id)).toMatchObject({ isDecisionPending: false });
      expect(await parts.retours.handle(aside)).toBe(true);
    });

    it('s’appliquent avec l’acte et le retour, une seule fois, fût-ce à deux en même temps', async () => {
      const [retour, acte, decision] = await proposed();
      const applied = confirmed(decision);
      const outcomes = await Promise.all(
        [1, 2, 3].map(() => parts.decisions.apply(applied, retour, changesOf(retour, acte))),
      );
      expect([...outcomes].sort()).toEqual(['applied', 'moved', 'moved']);
      expect(await parts.decisions.find(decision.id)).toEqual(applied);
      expect(await parts.tray.find(retour.id)).toMatchObject({
        state: 'applied',
        transmissionId: acte.id,
        code: 'retour/decided',
        isDecisionPending: false,
      });
      expect(await parts.transmissions.find(acte.id)).toMatchObject({
        state: 'acknowledged',
        dateReception: '2022-11-02',
        version: acte.version + 1,
      });
    });

    it('dont l’acte a bougé n’écrivent rien, et restent proposées', async () => {
      const [retour, acte, decision] = await proposed();
      await parts.transmissions.record(
        changed(acte, { event: 'envoi-accepted', at: NOW, actor: { kind: 'service' } }),
      );
      expect(await parts.decisions.apply(confirmed(decision), retour, changesOf(retour, acte))).toBe('moved');
      expect(await parts.decisions.findProposed(retour.id)).toEqual(decision);
      expect(await parts.tray.find(retour.id)).toMatchObject({
        state: 'unreadable',
        isDecisionPending: true,
      });
    });

    it('refusées pendant qu’on les confirme, ne s’appliquent pas : l’une des deux passe, jamais les deux', async () => {
      const [retour, acte, decision] = await proposed();
      const refused: Decision = { ...confirmed(decision), state: 'refused' };
      const [outcome, isClosed] = await Promise.all([
        parts.decisions.apply(confirmed(decision), retour, changesOf(retour, acte)),
        parts.decisions.close(refused, said(refused, 'decision-refused')),
      ]);
      expect(isClosed).toBe(outcome !== 'applied');
      const { state } = (await parts.decisions.find(decision.id)) ?? {};
      const { state: ofActe } = (await parts.transmissions.find(acte.id)) ?? {};
      expect([state, ofActe]).toEqual(isClosed ? ['refused', 'sending'] : ['applied', 'acknowledged']);
    });

    it('se listent par retour, par état, par collectivité et par page', async () => {
      const [retour, , first] = await proposed();
      const withdrawn: Decision = { ...first, state: 'withdrawn', cloture: signature('Anne') };
      await parts.decisions.close(withdrawn, said(withdrawn, 'decision-withdrawn'));
      const second = decisionOn(retour, await deposited(parts));
      await parts.decisions.propose(second, retour, said(second, 'decision-proposed'));
      const { id: collectiviteId } = parts.collectivite;
      const about = { retourId: retour.id, collectiviteId };
      const page = await parts.decisions.list(about, null, 1);
      expect(page.items).toEqual([withdrawn]);
      expect((await parts.decisions.list(about, page.next, 1)).items).toEqual([second]);
      expect((await parts.decisions.list({ ...about, etat: 'proposed' }, null, 10)).items).toEqual([second]);
      const elsewhere = { ...about, collectiviteId: parts.id() as typeof collectiviteId };
      expect((await parts.decisions.list(elsewhere, null, 10)).items).toEqual([]);
    });
  });
}
