import { aCompte, anAnomalie, InMemoryService } from '@teletransmission/testkit';
import type { Steering } from './steer-transmission';

const steer = (service: InMemoryService, steering: Steering, motif = 'erreur de pièce'): Promise<unknown> =>
  service.steer.execute({ compte: aCompte(), transmissionId: service.transmission().id, steering, motif });

async function deposited(): Promise<InMemoryService> {
  const service = new InMemoryService();
  await service.depositReference();
  return service;
}

describe('décider d’une transmission', () => {
  it('retenue, puis remise en file : un cycle neuf, une enveloppe neuve', async () => {
    const service = await deposited();
    await service.seal.execute(service.transmission().id);
    expect(await steer(service, 'put-on-hold')).toEqual({ ok: true, value: 'held' });
    expect(await steer(service, 'resubmitted')).toEqual({ ok: true, value: 'queued' });
    expect(service.transmission()).toMatchObject({ cycle: 2, turn: 0, enveloppeId: null, stopReason: null });
    await service.runJobs();
    const noms = [...service.ledger.enveloppes.values()].map((enveloppe) => enveloppe.archive?.nom);
    expect(noms).toEqual([
      'TLT-TACT--213402761--20221102-1.tar.gz',
      'TLT-TACT--213402761--20221102-2.tar.gz',
    ]);
    expect(service.prefecture.taken.map(({ nom }) => nom)).toEqual([
      'TLT-TACT--213402761--20221102-2.tar.gz',
    ]);
  });

  it('après une anomalie, repart sous une enveloppe neuve', async () => {
    const service = await deposited();
    await service.runJobs();
    await service.receive('m1', 'TACT--SPREF0343-213402761-20221102-57.tar.gz', await anAnomalie());
    await steer(service, 'resubmitted');
    await service.runJobs();
    expect(service.transmission().state).toBe('awaiting-ack');
    expect(service.prefecture.taken).toHaveLength(2);
  });

  it('ne retire jamais ce que la préfecture a', async () => {
    const service = await deposited();
    await service.runJobs();
    expect(await steer(service, 'withdrawn')).toMatchObject({
      ok: false,
      problem: { code: 'transmission/event-refused', facts: { state: 'awaiting-ack' } },
    });
  });

  it('retirée, laisse son identifiant à un nouveau dépôt', async () => {
    const service = await deposited();
    await steer(service, 'withdrawn');
    expect((await service.depositReference()).ok).toBe(true);
  });

  it.each([
    ['', 'missing', 'Indiquez le motif'],
    ['  ', 'missing', 'Indiquez le motif'],
    [' ok ', 'too-short', 'trop court'],
    ['x'.repeat(501), 'too-long', '501 caractères'],
  ])('exige un motif, et « %s » ne va pas (%s)', async (motif, what, text) => {
    expect(await steer(await deposited(), 'put-on-hold', motif)).toMatchObject({
      ok: false,
      problem: {
        code: `transmission/reason-${what}`,
        detail: expect.stringContaining(text) as string,
        violations: [{ pointer: '/motif' }],
      },
    });
  });
});
