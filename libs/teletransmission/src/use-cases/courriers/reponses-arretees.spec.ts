import { civilDate } from '@teletransmission/kernel';
import type { InMemoryService } from '@teletransmission/testkit';
import {
  aCompte,
  aGuichet,
  anAccuseReponse,
  anAnomalieEnveloppe,
  answerLettre,
  fluxStates,
  lettreOf,
  NOM_RETOUR,
  serviceWithLettre,
  TIMINGS,
} from '@teletransmission/testkit';
import type { Compte } from '../../compte/compte';
import type { CompteId } from '../../ids';
import { newPrefecture } from '../../prefecture/prefecture';
import { guichetKey } from '../../liaison/guichet';

const HERAULT = aGuichet('034');

const operateur = (nom: string): Compte => aCompte({ id: nom as CompteId, nom, role: 'operateur' });
const ALICE = operateur('Alice');
const BRUNO = operateur('Bruno');
const MOTIF = 'Le quota de la préfecture a été relevé';

const command = (
  service: InMemoryService,
  compte = ALICE,
): Parameters<InMemoryService['reponses']['resume']>[0] => ({
  compte,
  correspondanceId: lettreOf(service).id,
  motif: MOTIF,
});

const budget = (service: InMemoryService, octetsParHeure: number | null): void => {
  service.ledger.prefectures.set(guichetKey(HERAULT), {
    ...newPrefecture(HERAULT),
    version: 1,
    octetsParHeure,
  });
};

/** Une réponse 3-4 que le budget d'octets de la préfecture ne laissera jamais partir. */
async function heldAnswer(): Promise<InMemoryService> {
  const service = await serviceWithLettre('3-1');
  await answerLettre(service, '3-4');
  const reponse = [...service.ledger.transmissions.values()].at(-1);
  if (reponse) await service.seal.execute(reponse.id);
  budget(service, 100);
  await service.runJobs();
  expect(fluxStates(service).at(-1)).toBe('3-4 held');
  return service;
}

describe('une réponse que le budget de la préfecture retient', () => {
  it('rend la lettre à qui doit y répondre, et le journal le dit', async () => {
    const service = await heldAnswer();
    expect(lettreOf(service).state).toBe('received');
    expect(service.ledger.eventsOf(lettreOf(service).id)).toEqual([
      'courrier-received',
      'answer-deposited',
      'answer-held',
    ]);
  });

  it('arrêtée avant même d’être sous enveloppe, la rend aussi', async () => {
    const service = await serviceWithLettre('3-1');
    budget(service, 100);
    await answerLettre(service, '3-4');
    await service.runJobs();
    expect(fluxStates(service).at(-1)).toBe('3-4 held');
    expect(lettreOf(service).state).toBe('received');
    expect(service.ledger.eventsOf(lettreOf(service).id).at(-1)).toBe('answer-failed');
  });

  it('repart quand une personne la remet en file, et se clôt par son accusé', async () => {
    const service = await heldAnswer();
    budget(service, null);
    expect(await service.reponses.resume(command(service))).toMatchObject({
      ok: true,
      value: { state: 'answering' },
    });
    await service.runJobs();
    await service.receive('3-5', NOM_RETOUR, await anAccuseReponse('3-5'));
    expect(lettreOf(service).state).toBe('answered');
  });

  it('laisse déposer une autre réponse ; la première ne reprend plus une lettre à laquelle on répond', async () => {
    const service = await heldAnswer();
    budget(service, null);
    expect(await answerLettre(service, '3-4')).toMatchObject({ ok: true });
    expect(await service.reponses.resume(command(service))).toMatchObject({
      problem: { code: 'correspondance/event-refused' },
    });
    await service.runJobs();
    expect(fluxStates(service).slice(-2)).toEqual(['3-4 held', '3-4 awaiting-ack']);
  });

  it('et une autre déposée ensemble ne prennent la lettre qu’une fois', async () => {
    const service = await heldAnswer();
    budget(service, null);
    const outcomes = await Promise.all([
      service.reponses.resume(command(service)),
      answerLettre(service, '3-3'),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    await service.runJobs();
    expect(fluxStates(service).filter((one) => one.endsWith('awaiting-ack'))).toHaveLength(1);
  });

  it('se retire sans reprendre la lettre à une autre réponse déjà en route', async () => {
    const service = await heldAnswer();
    budget(service, null);
    await answerLettre(service, '3-4');
    await service.runJobs();
    expect(await service.reponses.withdraw(command(service))).toMatchObject({
      ok: true,
      value: { state: 'answering' },
    });
    expect(fluxStates(service).slice(-2)).toEqual(['3-4 withdrawn', '3-4 awaiting-ack']);
    expect(await answerLettre(service, '3-3')).toMatchObject({
      problem: { code: 'correspondance/event-refused' },
    });
  });

  it('se retire, et la lettre attend toujours', async () => {
    const service = await heldAnswer();
    expect(await service.reponses.withdraw(command(service))).toMatchObject({
      ok: true,
      value: { state: 'received' },
    });
    expect(fluxStates(service).at(-1)).toBe('3-4 withdrawn');
  });
});

describe('une réponse', () => {
  it('retirée avant de partir rend la lettre', async () => {
    const service = await serviceWithLettre('3-1');
    await answerLettre(service, '3-4');
    expect(await service.reponses.withdraw(command(service))).toMatchObject({
      ok: true,
      value: { state: 'received' },
    });
    expect(service.ledger.eventsOf(lettreOf(service).id).at(-1)).toBe('answer-withdrawn');
  });

  it('à un courrier simple, rejetée après sa remise, rouvre la lettre', async () => {
    const service = await serviceWithLettre('2-1');
    await answerLettre(service, '2-2');
    await service.runJobs();
    expect(lettreOf(service).state).toBe('answered');
    const nom = service.prefecture.taken.at(-1)?.nom.replace('TLT-', 'ANO_').replace('.tar.gz', '.xml') ?? '';
    await service.receive('ano', nom, anAnomalieEnveloppe());
    expect(fluxStates(service).at(-1)).toBe('2-2 rejected');
    expect(lettreOf(service).state).toBe('received');
  });

  it('incertaine se tranche à deux, comme un acte', async () => {
    const service = await serviceWithLettre('3-1');
    service.prefecture.answer({ kind: 'lost', code: 'prefecture/answer-lost', detail: 'Réponse perdue.' });
    service.prefecture.lookUpAnswer = 'unknown';
    await answerLettre(service, '3-4');
    await service.runJobs();
    expect(fluxStates(service).at(-1)).toBe('3-4 uncertain');
    const constat = 'presente';
    expect(await service.reponses.settle({ ...command(service), constat })).toMatchObject({
      value: { state: 'uncertain', attendu: expect.stringContaining('second opérateur') as string },
    });
    service.clock.advance(60_000);
    expect(await service.reponses.settle({ ...command(service, BRUNO), constat })).toMatchObject({
      value: { state: 'awaiting-ack', attendu: null },
    });
  });

  it('jamais déposée ne se reprend ni ne se retire', async () => {
    const service = await serviceWithLettre('3-1');
    for (const act of ['resume', 'withdraw'] as const)
      expect(await service.reponses[act](command(service))).toMatchObject({
        problem: { code: 'correspondance/unanswered' },
      });
  });

  it.each([
    ['un déposant', aCompte({ role: 'deposant' }), 'compte/forbidden'],
    ['un auditeur', aCompte({ role: 'auditeur' }), 'compte/forbidden'],
    ['un opérateur d’une autre collectivité', operateur('Eve'), 'correspondance/unknown'],
  ])('ne se reprend pas par %s', async (qui, compte, code) => {
    const service = await heldAnswer();
    const autre = { ...compte, collectiviteId: 'ailleurs' as Compte['collectiviteId'] };
    const who = qui.includes('autre') ? autre : compte;
    expect(await service.reponses.resume(command(service, who))).toMatchObject({ problem: { code } });
  });
});

describe('un accusé qui ne vient jamais', () => {
  async function overdue(): Promise<InMemoryService> {
    const service = await serviceWithLettre('3-1');
    await answerLettre(service, '3-4');
    await service.runJobs();
    service.clock.advance(TIMINGS.ackDeadlineMs + 60_000);
    await service.sweep.execute();
    return service;
  }

  it('se tranche à deux : absente, la réponse repart sous son archive, et l’envoi se dédit', async () => {
    const service = await overdue();
    const constat = 'absente';
    await service.reponses.settle({ ...command(service), constat });
    service.clock.advance(60_000);
    expect(await service.reponses.settle({ ...command(service, BRUNO), constat })).toMatchObject({
      value: { state: 'sealed' },
    });
    const transmission = [...service.ledger.transmissions.values()].at(-1);
    expect(transmission).toMatchObject({ isOverdue: false, ackDueAt: null, teletransmiseLe: null });
    expect(service.ledger.envois.at(-1)?.closed?.outcome).toBe('absent');
    service.clock.advance(86_400_000);
    await service.runJobs();
    const [first, second] = service.prefecture.taken.slice(-2);
    expect(second?.nom).toBe(first?.nom);
    await service.receive('3-5', NOM_RETOUR, await anAccuseReponse('3-5'));
    expect(lettreOf(service).state).toBe('answered');
  });

  it('présente, la réponse attend de nouveau son accusé, et les constats d’avant ne comptent plus', async () => {
    const service = await overdue();
    await service.reponses.settle({ ...command(service), constat: 'presente' });
    service.clock.advance(60_000);
    await service.reponses.settle({ ...command(service, BRUNO), constat: 'presente' });
    expect(fluxStates(service).at(-1)).toBe('3-4 awaiting-ack');
    service.clock.advance(TIMINGS.ackDeadlineMs + 60_000);
    await service.sweep.execute();
    await service.reponses.settle({ ...command(service), constat: 'absente' });
    service.clock.advance(60_000);
    expect(await service.reponses.settle({ ...command(service, BRUNO), constat: 'absente' })).toMatchObject({
      value: { state: 'sealed' },
    });
  });

  it('ne se tranche pas avant son échéance', async () => {
    const service = await serviceWithLettre('3-1');
    await answerLettre(service, '3-4');
    await service.runJobs();
    expect(await service.reponses.settle({ ...command(service), constat: 'absente' })).toMatchObject({
      problem: { code: 'transmission/event-refused' },
    });
  });
});

describe('un courrier simple', () => {
  it('se classe sans suite, avec son motif, et n’admet plus de réponse', async () => {
    const service = await serviceWithLettre('2-1');
    const { id } = lettreOf(service);
    expect(await service.file.execute(ALICE, id, 'Simple information, rien à répondre')).toMatchObject({
      ok: true,
      value: { state: 'filed' },
    });
    expect(service.ledger.audit.at(-1)).toMatchObject({
      evenement: 'closed-without-answer',
      motif: 'Simple information, rien à répondre',
      acteur: { nom: 'Alice' },
    });
    expect(await answerLettre(service, '2-2')).toMatchObject({
      problem: { code: 'correspondance/event-refused' },
    });
  });

  it.each(['3-1', '4-1', '5-1'] as const)('lui seul : pas une lettre %s', async (flux) => {
    const service = await serviceWithLettre(flux);
    const refused = await service.file.execute(ALICE, lettreOf(service).id, 'Rien à répondre ici');
    expect(refused).toMatchObject({ problem: { code: 'correspondance/event-refused' } });
    expect(refused.ok ? [] : refused.problem.facts?.['allowedEvents']).not.toContain('closed-without-answer');
  });
});

it('une annulation refusée rend l’acte à sa publication', async () => {
  const service = await serviceWithLettre('3-1');
  const acte = service.transmission();
  expect(acte.dateReception).toEqual(civilDate('2022-11-02'));
  await service.annulation.execute({ compte: ALICE, transmissionId: acte.id, motif: MOTIF });
  await service.steer.execute({
    compte: ALICE,
    transmissionId: acte.id,
    steering: 'withdrawn',
    motif: MOTIF,
  });
  expect(service.transmission().state).toBe('acknowledged');
  expect(service.ledger.outbox.at(-1)).toMatchObject({
    job: 'track-publication',
    targetId: acte.deliberationId,
  });
});
