import { anAccuseXml, InMemoryService } from '@teletransmission/testkit';
import { LIAISON_DIRECTE } from '../../liaison/liaison';

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
    expect(await service.collect.execute()).toMatchObject({ collected: 123, alreadyKnown: 0 });
    expect(service.ledger.retours.size).toBe(123);
    expect(new Set(service.prefecture.acknowledged).size).toBe(123);
    expect(await service.collect.execute()).toMatchObject({ collected: 0, alreadyKnown: 0 });
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

  it('sur un disque plein, n’en accuse aucun retour : la relève est manquée, et les reprendra tous', async () => {
    const service = delivered(3);
    service.documents.failNext = new Error('disque plein');
    await expect(service.collect.execute()).rejects.toThrow('disque plein');
    expect(service.ledger.releves).toEqual([]);
    await service.collect.execute();
    expect(service.ledger.retours.size).toBe(3);
  });

  it('de deux remises des mêmes octets, fait deux retours et les acquitte chacun', async () => {
    const service = new InMemoryService();
    for (const id of ['a', 'b']) service.prefecture.deliver(id, `${id}.xml`, BYTES);
    expect(await service.collect.execute()).toMatchObject({ collected: 2, alreadyKnown: 0 });
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

/** Une préfecture qui répond mal de ces retours-là, et bien des autres. */
function refusing(
  service: InMemoryService,
  refused: (sourceId: string) => boolean,
): { readonly asked: string[] } {
  const fetch = service.prefecture.fetchRetour.bind(service.prefecture);
  const asked: string[] = [];
  service.prefecture.fetchRetour = (sourceId) => {
    asked.push(sourceId);
    return refused(sourceId)
      ? Promise.reject(
          Object.assign(new Error('réponse'), {
            code: 'prefecture/unexpected-answer',
            cause: new Error('HTTP 404'),
          }),
        )
      : fetch(sourceId);
  };
  return { asked };
}

describe('une entrée qui ne se relève pas', () => {
  it('est passée avec sa raison, n’en retient aucune autre, et revient après des délais croissants', async () => {
    const service = delivered(30);
    const { asked } = refusing(service, (id) => id === 'r-0');
    const report = await service.collect.execute();
    expect([report.collected, report.failed.length, report.waiting]).toEqual([29, 1, 0]);
    expect(service.ledger.releves).toMatchObject([
      {
        sourceId: 'r-0',
        nom: 'r-0.xml',
        echecs: 1,
        code: 'prefecture/unexpected-answer',
        detail: expect.stringContaining('HTTP 404') as string,
      },
    ]);
    const gaps: number[] = [];
    const first = service.clock.now();
    for (let echecs = 2; echecs <= 9; echecs += 1) {
      asked.length = 0;
      const waited = await service.collect.execute();
      expect([asked, waited.waiting]).toEqual([[], 1]);
      const { prochaineLe } = service.ledger.releves[0] ?? { prochaineLe: first };
      gaps.push(Date.parse(prochaineLe) - Date.parse(service.clock.now()));
      service.clock.set(prochaineLe);
      await service.collect.execute();
      expect(asked).toEqual(['r-0']);
      expect(service.ledger.releves).toMatchObject([{ echecs, premierEchecLe: first }]);
    }
    expect(gaps[0]).toBeLessThan(60_000);
    for (let i = 1; i < 7; i += 1) expect(gaps[i]).toBeGreaterThan(gaps[i - 1] ?? 0);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3_600_000 * 1.25);
  });

  it('une fois venue, n’est plus en échec ; ni celle que la préfecture n’annonce plus', async () => {
    const service = delivered(2);
    let isRefused = true;
    refusing(service, () => isRefused);
    await service.collect.execute();
    expect(service.ledger.releves).toHaveLength(2);
    isRefused = false;
    service.prefecture.acknowledged.push('r-1');
    service.clock.advance(60_000);
    expect(await service.collect.execute()).toMatchObject({ collected: 1, failed: [] });
    expect(service.ledger.releves).toEqual([]);
    expect(service.ledger.retours.size).toBe(1);
  });

  it('dont seul l’acquittement manque est chez nous, une fois, et s’acquitte plus tard', async () => {
    const service = delivered(1);
    service.prefecture.failAcknowledge = new Error('coupé');
    expect(await service.collect.execute()).toMatchObject({ collected: 1, failed: [{ sourceId: 'r-0' }] });
    expect(service.ledger.releves[0]?.detail).toContain('est chez nous');
    service.clock.advance(60_000);
    expect(await service.collect.execute()).toMatchObject({ collected: 0, alreadyKnown: 1 });
    expect([service.ledger.retours.size, service.ledger.releves.length]).toEqual([1, 0]);
    expect(service.prefecture.acknowledged).toEqual(['r-0']);
  });

  it.each([true, false])(
    'une page pleine d’entre elles ne cache pas la suivante (curseur : %s)',
    async (hasCursor) => {
      const service = delivered(170);
      service.prefecture.hasCursor = hasCursor;
      refusing(service, (id) => id.startsWith('r-') && Number(id.slice(2)) < 120);
      expect(await service.collect.execute()).toMatchObject({ collected: 50, waiting: 0 });
      expect(service.ledger.releves).toHaveLength(120);
      // Et quand aucune n'est due non plus.
      for (const id of ['s-1', 's-2']) service.prefecture.deliver(id, `${id}.xml`, Buffer.from(id));
      expect(await service.collect.execute()).toMatchObject({ collected: 2, waiting: 120, failed: [] });
    },
  );

  it('à une liaison sans curseur, qui refuse une page plus longue, n’en demande pas davantage', async () => {
    const service = delivered(60);
    service.prefecture.hasCursor = false;
    refusing(service, (id) => Number(id.slice(2)) < 55);
    const list = service.prefecture.pendingRetours.bind(service.prefecture);
    service.prefecture.pendingRetours = (limit, after) =>
      limit > 50
        ? Promise.reject(Object.assign(new Error('400'), { code: 'prefecture/unexpected-answer' }))
        : list(limit, after);
    expect(await service.collect.execute()).toMatchObject({ collected: 0, waiting: 0 });
    expect(service.ledger.releves).toHaveLength(50);
  });

  it('sans identité, est gardée avec son extrait, reconnue d’une relève à l’autre, et les autres sont relevées', async () => {
    const service = delivered(3);
    service.prefecture.unusable.push({
      kind: 'unusable',
      empreinte: 'a'.repeat(64),
      nom: 'ANO_sans_identite.xml',
      extrait: '{"nom":"ANO_sans_identite.xml"}',
      detail: 'La préfecture annonce un retour sans identité.',
    });
    expect(await service.collect.execute()).toMatchObject({ collected: 3, failed: [{ echecs: 1 }] });
    service.clock.advance(60_000);
    expect(await service.collect.execute()).toMatchObject({ collected: 0, failed: [{ echecs: 2 }] });
    expect(service.ledger.releves).toMatchObject([
      { sourceId: null, nom: 'ANO_sans_identite.xml', extrait: '{"nom":"ANO_sans_identite.xml"}' },
    ]);
  });

  it('des dizaines de retours qui coupent la liaison n’empêchent pas toujours les suivants', async () => {
    const service = delivered(60);
    const fetch = service.prefecture.fetchRetour.bind(service.prefecture);
    service.prefecture.fetchRetour = (id) =>
      Number(id.slice(2)) < 55 ? Promise.reject(new Error('coupée')) : fetch(id);
    for (let pass = 0; pass < 10; pass += 1) {
      await service.collect.execute().catch(() => undefined);
      service.clock.advance(60_000);
    }
    expect(service.ledger.retours.size).toBe(5);
    expect(service.ledger.releves).toHaveLength(55);
  });
});

describe('un retour sans nom', () => {
  it('est relevé quand même, se nomme « sans-nom », et sa remarque demeure', async () => {
    const service = new InMemoryService();
    service.prefecture.deliver('1', null, BYTES);
    const { nameless } = await service.collect.execute();
    const [retour] = service.ledger.retours.values();
    expect(nameless).toEqual([{ retourId: retour?.id, sourceId: '1' }]);
    expect(retour).toMatchObject({ nom: 'sans-nom', remarques: [{ regle: 'releve/sans-nom' }] });
  });

  it('s’applique quand ce qu’il dit suffit', async () => {
    const service = new InMemoryService();
    await service.depositReference();
    await service.runJobs();
    service.prefecture.deliver('1', null, anAccuseXml());
    await service.collect.execute();
    await service.runJobs();
    expect(service.transmission().state).toBe('acknowledged');
    const [retour] = service.ledger.retours.values();
    expect(retour?.remarques.map(({ regle }) => regle)).toContain('releve/sans-nom');
  });
});

describe('une liste qui ne finit pas', () => {
  it('qui se répète sous un curseur neuf à chaque fois termine la relève', async () => {
    const service = delivered(60);
    const page = await service.prefecture.pendingRetours(50, null);
    let pages = 0;
    service.prefecture.pendingRetours = () => {
      pages += 1;
      return Promise.resolve({ ...page, next: `curseur-${pages}` });
    };
    expect(await service.collect.execute()).toMatchObject({ collected: 50 });
    expect(pages).toBe(2);
  });

  it('qui annonce sans cesse du neuf termine aussi, et ce qui échouait n’est pas oublié', async () => {
    const service = new InMemoryService();
    service.ledger.releves.push({
      id: '1',
      liaisonId: LIAISON_DIRECTE,
      source: 'directe',
      cle: 'identité ancienne',
      sourceId: 'ancienne',
      nom: null,
      extrait: null,
      premierEchecLe: service.clock.now(),
      dernierEchecLe: service.clock.now(),
      echecs: 1,
      code: 'prefecture/unreachable',
      detail: 'coupée',
      prochaineLe: service.clock.now(),
    });
    let last = 0;
    service.prefecture.pendingRetours = () => {
      last += 1;
      const sourceId = `n-${last}`;
      service.prefecture.deliver(sourceId, `${sourceId}.xml`, Buffer.from(sourceId));
      return Promise.resolve({ entries: [{ kind: 'retour', sourceId, nom: null }], next: sourceId });
    };
    expect((await service.collect.execute()).collected).toBe(last);
    expect(service.ledger.releves.map(({ sourceId }) => sourceId)).toEqual(['ancienne']);
  });
});
