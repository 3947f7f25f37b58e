import type { Result } from '@teletransmission/kernel';
import {
  aCollectivite,
  aCompte,
  aDossier,
  aPdf,
  InMemoryService,
  referenceFiles,
} from '@teletransmission/testkit';
import type { CollectiviteId } from '../../ids';

const REFERENCE = '034-213402761-20221020-2022-10-062-DE';

function faultsOf(answer: Result<unknown>): readonly string[] {
  return answer.ok ? [] : (answer.problem.violations ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('déposer une délibération', () => {
  it('la met en file avec son audit et son travail, ensemble', async () => {
    const service = new InMemoryService();
    const answer = await service.depositReference();
    expect(answer).toMatchObject({
      ok: true,
      value: { isReplay: false, receipt: { identifiantActe: REFERENCE } },
    });
    expect(service.transmission()).toMatchObject({
      state: 'queued',
      identifiantActe: REFERENCE,
      version: 1,
      cycle: 1,
    });
    expect(service.ledger.audit).toMatchObject([
      { evenement: 'deposited', etatAvant: null, etatApres: 'queued', preuve: { pour: 24 } },
    ]);
    expect(service.ledger.outbox).toEqual([
      { job: 'seal-enveloppe', targetId: service.transmission().id, turn: 1, notBefore: null },
    ]);
  });

  it('ne garde rien d’un dossier fautif', async () => {
    const service = new InMemoryService();
    const answer = await service.depositReference({
      vote: { votants: 24, pour: 0, contre: 24, abstentions: 0 },
    });
    expect(answer).toMatchObject({ ok: false, problem: { code: 'deliberation/invalid' } });
    expect(
      service.ledger.deliberations.size + service.ledger.audit.length + service.ledger.outbox.length,
    ).toBe(0);
  });

  it('rend la première réponse à une demande répétée sous la même clé', async () => {
    const service = new InMemoryService();
    const first = await service.depositReference({}, 'cle-1');
    const second = await service.depositReference({}, 'cle-1');
    expect(second).toEqual({ ok: true, value: { receipt: first.ok && first.value.receipt, isReplay: true } });
    expect(service.ledger.deliberations.size).toBe(1);
  });

  it('refuse une clé qui a servi à une autre demande', async () => {
    const service = new InMemoryService();
    await service.depositReference({}, 'cle-1');
    expect(await service.depositReference({ matiere: '8.9' }, 'cle-1')).toMatchObject({
      ok: false,
      problem: { code: 'idempotency/other-request' },
    });
  });

  it('refuse un acte qui a déjà une transmission vivante, et dit où elle en est', async () => {
    const service = new InMemoryService();
    await service.depositReference();
    expect(await service.depositReference()).toMatchObject({
      ok: false,
      problem: {
        code: 'deliberation/already-deposited',
        facts: { identifiantActe: REFERENCE, state: 'queued' },
      },
    });
  });

  it('juge la date de décision au jour de la collectivité, pas à celui de Greenwich', async () => {
    const reunion = new InMemoryService(aCollectivite({ fuseau: 'Indian/Reunion' }));
    reunion.clock.set('2022-12-31T21:00:00.000Z');
    expect((await reunion.depositReference({ dateDecision: '2023-01-01' })).ok).toBe(true);
    const paris = new InMemoryService();
    paris.clock.set('2022-12-31T21:00:00.000Z');
    expect((await paris.depositReference({ dateDecision: '2023-01-01' })).ok).toBe(false);
  });

  it.each([
    ['2022-12-29', '20221229'],
    ['2022-12-31', '20221231'],
    ['2023-01-01', '20230101'],
    ['2024-02-29', '20240229'],
  ])('du %s, porte l’année de la décision dans l’identifiant', async (dateDecision, compact) => {
    const service = new InMemoryService();
    service.clock.set('2024-03-05T09:00:00.000Z');
    await service.depositReference({ dateDecision });
    expect(service.transmission().identifiantActe).toBe(`034-213402761-${compact}-2022-10-062-DE`);
  });

  it('refuse le compte d’une autre collectivité, inscrite ou non, de la même façon', async () => {
    const service = new InMemoryService();
    const compte = aCompte({
      role: 'deposant',
      collectiviteId: 'c0000000-0000-7000-8000-000000000099' as CollectiviteId,
    });
    const command = { compte, fichiers: referenceFiles(), idempotency: null };
    const known = await service.deposit.execute({ ...command, dossier: aDossier() });
    const unknown = await service.deposit.execute({
      ...command,
      dossier: aDossier({ collectivite: '213401722' }),
    });
    expect(known).toEqual(unknown);
    expect(known).toMatchObject({ ok: false, problem: { code: 'compte/other-collectivite' } });
  });

  it('refuse une collectivité que personne n’a inscrite, avec les autres fautes du dossier', async () => {
    const service = new InMemoryService();
    const answer = await service.depositReference({ collectivite: '213401722', objet: 'une\ndeux' });
    expect(faultsOf(answer)).toEqual(['/collectivite collectivite/unknown', '/objet objet/several-lines']);
  });

  it.each<[string, Record<string, unknown>, readonly string[]]>([
    [
      'manque',
      { collectivite: undefined, objet: '' },
      ['/collectivite dossier/missing', '/objet dossier/not-a-text'],
    ],
    [
      'n’est pas un SIREN',
      { collectivite: '12', matiere: '42' },
      ['/collectivite siren/malformed', '/matiere matiere/malformed'],
    ],
  ])('quand la collectivité %s, dit aussi toutes les autres fautes', async (_, changes, expected) => {
    const service = new InMemoryService();
    expect(faultsOf(await service.depositReference(changes))).toEqual(expected);
  });

  it('d’un dossier vide, dit tout ce qui manque', async () => {
    const service = new InMemoryService();
    const command = { compte: aCompte({ role: 'deposant' }), fichiers: [], idempotency: null };
    const faults = faultsOf(await service.deposit.execute({ ...command, dossier: {} }));
    expect(faults).toEqual(
      ['collectivite', 'numeroInterne', 'dateDecision', 'objet', 'matiere']
        .map((field) => `/${field} dossier/missing`)
        .concat(['/vote dossier/not-an-object', '/document dossier/not-an-object']),
    );
    expect(faultsOf(await service.deposit.execute({ ...command, dossier: null }))).toEqual([
      ' dossier/not-an-object',
    ]);
  });

  it('tient aux règles de la collectivité du compte un dossier qui oublie de la nommer', async () => {
    const commune = aCollectivite({ tiretsPermis: false });
    const service = new InMemoryService(commune);
    const compte = aCompte({ role: 'deposant', collectiviteId: commune.id });
    const dossier = aDossier({ collectivite: undefined });
    const fichiers = referenceFiles().map(({ nomFichier }) => ({
      nomFichier,
      ...service.documents.keep(aPdf(nomFichier)),
    }));
    const command = { compte, dossier, fichiers, idempotency: null };
    expect(faultsOf(await service.deposit.execute(command))).toEqual([
      '/collectivite dossier/missing',
      '/numeroInterne numero-interne/malformed',
    ]);
  });
});
