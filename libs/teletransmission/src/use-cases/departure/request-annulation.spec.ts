import {
  aCompte,
  anAccuse,
  anAccuseAnnulation,
  anAnomalieEnveloppe,
  InMemoryService,
} from '@teletransmission/testkit';
import { readArchive, readXml } from '@teletransmission/actes';
import { Readable } from 'node:stream';

const NOM = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';

async function acknowledged(): Promise<InMemoryService> {
  const service = new InMemoryService();
  await service.depositReference();
  await service.runJobs();
  await service.receive('ar', NOM, await anAccuse());
  expect(service.transmission().state).toBe('acknowledged');
  return service;
}

const request = (service: InMemoryService, motif = 'erreur de pièce'): Promise<unknown> =>
  service.annulation.execute({ compte: aCompte(), transmissionId: service.transmission().id, motif });

async function cancelling(): Promise<InMemoryService> {
  const service = await acknowledged();
  expect(await request(service)).toEqual({ ok: true, value: 'cancelling' });
  await service.runJobs();
  expect(service.transmission(1)).toMatchObject({ flux: '6-1', state: 'awaiting-ack' });
  return service;
}

describe('demander une annulation', () => {
  it('part sous sa propre enveloppe, avec le seul identifiant de l’acte', async () => {
    const service = await cancelling();
    const sent = service.prefecture.taken.at(-1);
    expect(sent?.nom).toBe('TLT-TACT--213402761--20221102-2.tar.gz');
    const found = new Map<string, unknown>();
    await readArchive(
      Readable.from([sent?.bytes ?? Buffer.alloc(0)], { objectMode: false }),
      async (nom, _taille, contenu) => {
        const chunks: Buffer[] = [];
        for await (const chunk of contenu as AsyncIterable<Buffer>) chunks.push(chunk);
        const lecture = readXml(Buffer.concat(chunks));
        found.set(nom, lecture.ok ? lecture.value.message : lecture.problem);
      },
    );
    expect([...found.keys()]).toEqual([
      'TACT--213402761--20221102-2.xml',
      '034-213402761-20221020-2022-10-062-DE-6-1_0.xml',
    ]);
    expect(found.get('034-213402761-20221020-2022-10-062-DE-6-1_0.xml')).toMatchObject({
      flux: '6-1',
      identifiantActe: '034-213402761-20221020-2022-10-062-DE',
    });
  });

  it('acquittée : l’acte est annulé, l’annulation close, ensemble', async () => {
    const service = await cancelling();
    await service.receive('6-2', NOM, await anAccuseAnnulation());
    expect(service.transmission(0)).toMatchObject({ state: 'cancelled', dateReception: '2022-11-02' });
    expect(service.transmission(1)).toMatchObject({ state: 'acknowledged', dateReception: '2022-11-02' });
    expect(service.retourStates()).toEqual(['applied', 'applied']);
  });

  it('acquittée trois fois, vaut une fois', async () => {
    const service = await cancelling();
    for (const source of ['a', 'b', 'c']) await service.receive(source, NOM, await anAccuseAnnulation());
    expect(service.transmission(0).version).toBe(service.ledger.eventsOf(service.transmission(0).id).length);
    expect(service.retourStates().filter((state) => state === 'applied')).toHaveLength(2);
  });

  it('rejetée avec son enveloppe : l’acte garde son accusé', async () => {
    const service = await cancelling();
    await service.receive('ano', 'ANO_TACT--213402761--20221102-2.xml', anAnomalieEnveloppe());
    expect(service.transmission(0)).toMatchObject({ state: 'acknowledged', dateReception: '2022-11-02' });
    expect(service.transmission(1).state).toBe('rejected');
  });

  it('un accusé d’annulation que personne n’a demandée ne se rattache pas', async () => {
    const service = await acknowledged();
    await service.receive('6-2', NOM, await anAccuseAnnulation());
    expect(service.transmission().state).toBe('acknowledged');
    expect(service.retourStates()).toEqual(['applied', 'unmatched']);
  });

  it('redemandée pendant qu’elle court, est refusée en disant l’état', async () => {
    const service = await cancelling();
    expect(await request(service)).toMatchObject({
      ok: false,
      problem: { code: 'transmission/event-refused', facts: { state: 'cancelling' } },
    });
  });

  it('avant l’accusé de l’acte, est refusée : un acte non acquitté se retire, il ne s’annule pas', async () => {
    const service = new InMemoryService();
    await service.depositReference();
    expect(await request(service)).toMatchObject({ ok: false, problem: { facts: { state: 'queued' } } });
  });

  it('exige un motif', async () => {
    expect(await request(await acknowledged(), '  ')).toMatchObject({
      ok: false,
      problem: { code: 'transmission/reason-missing' },
    });
  });

  it('retenue puis abandonnée avant son départ, rend l’acte à son accusé', async () => {
    const service = await acknowledged();
    await request(service);
    const decide = (steering: 'put-on-hold' | 'withdrawn'): Promise<unknown> =>
      service.steer.execute({
        compte: aCompte(),
        transmissionId: service.transmission(0).id,
        steering,
        motif: 'on renonce',
      });
    await decide('put-on-hold');
    expect(service.transmission(1).state).toBe('held');
    expect(await decide('withdrawn')).toEqual({ ok: true, value: 'acknowledged' });
    expect(service.transmission(0).state).toBe('acknowledged');
    expect(service.transmission(1).state).toBe('withdrawn');
    expect(await request(service)).toEqual({ ok: true, value: 'cancelling' });
  });

  it('le numéro d’un acte annulé ne se reprend pas par mégarde', async () => {
    const service = await cancelling();
    await service.receive('6-2', NOM, await anAccuseAnnulation());
    expect(await service.depositReference()).toMatchObject({
      ok: false,
      problem: { code: 'deliberation/number-cancelled' },
    });
    expect((await service.depositReference({ reprendNumeroAnnule: true })).ok).toBe(true);
  });
});
