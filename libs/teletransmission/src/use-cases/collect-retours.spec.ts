import { InMemoryService } from '@teletransmission/testkit';

const BYTES = Buffer.from('<a/>');

function delivered(count: number): InMemoryService {
  const service = new InMemoryService();
  for (let index = 0; index < count; index += 1)
    service.prefecture.deliver(`r-${index}`, `r-${index}.xml`, Buffer.from(`<a n="${index}"/>`));
  return service;
}

describe('la relève', () => {
  it('prend tout, page après page, et chaque retour une fois', async () => {
    const service = delivered(123);
    expect(await service.collect.execute()).toEqual({ collected: 123, alreadyKnown: 0 });
    expect(service.ledger.retours.size).toBe(123);
    expect(new Set(service.prefecture.acknowledged).size).toBe(123);
    expect(await service.collect.execute()).toEqual({ collected: 0, alreadyKnown: 0 });
  });

  it('n’acquitte aucun retour avant de l’avoir inscrit', async () => {
    const service = delivered(20);
    const acknowledge = service.prefecture.acknowledgeRetour.bind(service.prefecture);
    const early: string[] = [];
    service.prefecture.acknowledgeRetour = (sourceId) => {
      const isKept = [...service.ledger.retours.values()].some((retour) => retour.sourceId === sourceId);
      if (!isKept) early.push(sourceId);
      return acknowledge(sourceId);
    };
    await service.collect.execute();
    expect(service.prefecture.acknowledged).toHaveLength(20);
    expect(early).toEqual([]);
  });

  it('dit celui qui ne vient pas, et relève quand même les autres de la page', async () => {
    const service = delivered(30);
    const fetch = service.prefecture.fetchRetour.bind(service.prefecture);
    service.prefecture.fetchRetour = (sourceId) =>
      sourceId === 'r-0' ? Promise.reject(new Error('illisible en amont')) : fetch(sourceId);
    await expect(service.collect.execute()).rejects.toThrow('illisible en amont');
    expect(service.ledger.retours.size).toBe(29);
    expect(service.prefecture.acknowledged).not.toContain('r-0');
    service.prefecture.fetchRetour = fetch;
    expect(await service.collect.execute()).toEqual({ collected: 1, alreadyKnown: 0 });
  });

  it('sur une liaison coupée, n’insiste pas jusqu’au bout de la page', async () => {
    const service = delivered(50);
    let asked = 0;
    service.prefecture.fetchRetour = () => {
      asked += 1;
      return Promise.reject(new Error('coupée'));
    };
    await expect(service.collect.execute()).rejects.toThrow('coupée');
    expect(asked).toBeLessThan(20);
    expect(service.prefecture.acknowledged).toEqual([]);
  });

  it('de deux remises des mêmes octets, fait deux retours et les acquitte chacun', async () => {
    const service = new InMemoryService();
    for (const id of ['a', 'b']) service.prefecture.deliver(id, `${id}.xml`, BYTES);
    expect(await service.collect.execute()).toEqual({ collected: 2, alreadyKnown: 0 });
    expect(service.prefecture.acknowledged.sort()).toEqual(['a', 'b']);
  });

  it('d’une identité qui ressert à d’autres octets, ou à un autre nom, ne perd rien', async () => {
    const service = new InMemoryService();
    const deliveries = [
      ['a.xml', '<a/>'],
      ['a.xml', '<b/>'],
      ['b.xml', '<b/>'],
      ['b.xml', '<b/>'],
    ] as const;
    for (const [nom, octets] of deliveries) {
      service.prefecture.acknowledged.length = 0;
      service.prefecture.deliver('1', nom, Buffer.from(octets));
      await service.collect.execute();
      expect(service.prefecture.acknowledged).toEqual(['1']);
    }
    expect([...service.ledger.retours.values()].map(({ nom }) => nom)).toEqual(['a.xml', 'a.xml', 'b.xml']);
  });
});
