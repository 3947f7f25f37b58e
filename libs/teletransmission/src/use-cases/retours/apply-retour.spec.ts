import { packArchive } from '@teletransmission/actes';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import {
  aCollectivite,
  aCompte,
  anAccuse,
  anAccuseXml,
  anAnomalie,
  anAnomalieEnveloppe,
  InMemoryService,
} from '@teletransmission/testkit';

const NOM = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';

async function awaiting(collectivite = aCollectivite()): Promise<InMemoryService> {
  const service = new InMemoryService(collectivite);
  await service.depositReference();
  await service.runJobs();
  expect(service.transmission().state).toBe('awaiting-ack');
  return service;
}

describe('relever et appliquer un retour', () => {
  it('accusé : acquittée à la date que porte l’accusé, pas à celle de la relève', async () => {
    const service = await awaiting();
    service.clock.set('2022-11-04T08:00:00.000Z');
    await service.receive('m1', NOM, await anAccuse({ dateReception: '2022-11-02' }));
    expect(service.transmission()).toMatchObject({
      state: 'acknowledged',
      dateReception: '2022-11-02',
      ackDueAt: null,
    });
    expect(service.retourStates()).toEqual(['applied']);
  });

  it('n’acquitte en amont qu’après avoir rangé et inscrit le retour', async () => {
    const service = await awaiting();
    service.prefecture.deliver('m1', NOM, await anAccuse());
    service.documents.failNext = new Error('disque plein');
    await expect(service.collect.execute()).rejects.toThrow('disque plein');
    expect(service.prefecture.acknowledged).toEqual([]);
    await service.collect.execute();
    expect(service.prefecture.acknowledged).toEqual(['m1']);
    expect(service.retourStates()).toEqual(['received']);
  });

  it('relevé deux fois (acquittement amont perdu), n’est inscrit qu’une', async () => {
    const service = await awaiting();
    service.prefecture.deliver('m1', NOM, await anAccuse());
    service.prefecture.failAcknowledge = new Error('coupé');
    await service.collect.execute();
    service.clock.advance(60_000);
    expect(await service.collect.execute()).toMatchObject({ collected: 0, alreadyKnown: 1 });
    await service.runJobs();
    expect(service.retourStates()).toEqual(['applied']);
  });

  it('le même accusé, venu sous un autre compteur, est un doublon', async () => {
    const service = await awaiting();
    await service.receive('m1', NOM, await anAccuse());
    const before = service.transmission();
    await service.receive('m2', NOM, await anAccuse({ compteur: 5280 }));
    expect(service.retourStates()).toEqual(['applied', 'duplicate']);
    expect(service.transmission()).toEqual(before);
  });

  it('un second accusé d’une autre date est contradictoire : le premier reste', async () => {
    const service = await awaiting();
    await service.receive('m1', NOM, await anAccuse());
    await service.receive('m2', NOM, await anAccuse({ dateReception: '2022-11-03' }));
    expect(service.retourStates()).toEqual(['applied', 'contradictory']);
    expect(service.transmission()).toMatchObject({ state: 'acknowledged', dateReception: '2022-11-02' });
  });

  describe('un accusé qu’il faut lire avec indulgence', () => {
    const utf16 = Buffer.from(
      anAccuseXml({ declaration: '<?xml version="1.0" encoding="UTF-16"?>' }).toString('latin1'),
      'utf16le',
    );
    it.each<[string, Buffer, readonly string[]]>([
      ['daté avec un fuseau', anAccuseXml({ dateReception: '2022-11-02+01:00' }), []],
      ['daté en temps universel', anAccuseXml({ dateReception: '2022-11-02Z' }), []],
      [
        'en Latin-9',
        anAccuseXml({ declaration: '<?xml version="1.0" encoding="ISO-8859-15"?>', objet: '45 \u00a4' }),
        ['xml/encodage-inattendu'],
      ],
      ['en UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), ['xml/encodage-inattendu']],
      [
        'd’un encodage inconnu',
        anAccuseXml({ declaration: '<?xml version="1.0" encoding="zoulou"?>', objet: 'École' }),
        ['xml/encodage-inconnu'],
      ],
      ['compressé seul', gzipSync(anAccuseXml()), ['archive/xml-compresse']],
    ])('%s : appliqué à sa date', async (_cas, octets, remarques) => {
      const service = await awaiting();
      await service.receive('m1', NOM, octets);
      expect(service.transmission()).toMatchObject({ state: 'acknowledged', dateReception: '2022-11-02' });
      const [retour] = service.ledger.retours.values();
      const regles = retour?.remarques.map(({ regle }) => regle) ?? [];
      expect(regles).toEqual(expect.arrayContaining([...remarques]));
    });

    it('daté d’une heure : au bac, et c’est la date qui est dite illisible', async () => {
      const service = await awaiting();
      await service.receive('m1', NOM, anAccuseXml({ dateReception: '2022-11-02T00:00:00.000+01:00' }));
      expect(service.transmission()).toMatchObject({ state: 'awaiting-ack', dateReception: null });
      const [settlement] = service.ledger.settlements.values();
      expect(settlement?.code).toBe('retour/date-illisible');
      expect(settlement?.detail).toContain('La date de ce message ne se lit pas');
      expect(settlement?.detail).toContain('« 2022-11-02T00:00:00.000+01:00 »');
    });
  });

  it('garde avec le retour ce que son message enfreint du schéma, et le refait à chaque lecture', async () => {
    const service = await awaiting();
    await service.receive(
      'm1',
      NOM,
      await anAccuse({ identifiantActe: '034-213402761-20211020-2022-10-062-DE' }),
    );
    const remarques = (): unknown => [...service.ledger.retours.values()][0]?.remarques;
    const kept = remarques();
    expect(kept).toContainEqual(
      expect.objectContaining({
        regle: 'xml/valeur-invalide',
        fichier: '034-213402761-20211020-2022-10-062-DE-1-2_5279.xml',
      }),
    );
    const [retour] = service.ledger.retours.values();
    await service.handle.execute({
      compte: aCompte({ role: 'operateur' }),
      id: retour?.id ?? '',
      handling: { kind: 'relire' },
      motif: 'essai de relecture',
    });
    await service.runJobs();
    expect(remarques()).toEqual(kept);
  });

  it('anomalie : refusée, avec le texte de la préfecture et ce qu’il faut faire', async () => {
    const service = await awaiting();
    await service.receive('m1', NOM, await anAnomalie('007', 'Fichier illisible'));
    expect(service.transmission()).toMatchObject({ state: 'rejected', stopReason: { code: 'anomalie/007' } });
    expect(service.transmission().stopReason?.detail).toContain('« Fichier illisible »');
    expect(service.ledger.audit).toContainEqual(
      expect.objectContaining({
        evenement: 'anomalie-received',
        preuve: expect.objectContaining({ nature: '007', detail: 'Fichier illisible' }) as unknown,
      }),
    );
  });

  it('une anomalie dont les mots contredisent le code donne les mots d’abord, et dit l’écart', async () => {
    const service = await awaiting();
    await service.receive('m1', NOM, await anAnomalie('002', 'la pièce est illisible'));
    const { stopReason } = service.transmission();
    expect(stopReason?.detail).toMatch(
      /^La préfecture écrit : « la pièce est illisible ».*ne disent pas la même chose/,
    );
    expect(stopReason?.detail).not.toContain('7-1');
  });

  it('deux anomalies « autre » aux mots différents sont deux anomalies', async () => {
    const service = await awaiting();
    await service.receive('m1', NOM, await anAnomalie('999', 'la délibération n’est pas signée'));
    await service.receive('m2', NOM, await anAnomalie('999', 'la séance est introuvable'));
    await service.receive(
      'm3',
      NOM,
      await anAnomalie('999', 'la délibération n’est pas signée', '2019-08-30'),
    );
    expect(service.retourStates()).toEqual(['applied', 'contradictory', 'duplicate']);
  });

  it('une anomalie après l’accusé ne le défait jamais', async () => {
    const service = await awaiting();
    await service.receive('m1', NOM, await anAccuse());
    await service.receive('m2', NOM, await anAnomalie());
    expect(service.transmission().state).toBe('acknowledged');
    expect(service.retourStates()).toEqual(['applied', 'contradictory']);
  });

  it('une anomalie d’enveloppe se rattache par le nom entier de l’enveloppe', async () => {
    const service = await awaiting();
    await service.receive('m0', 'ANO_TACT--213402761--20221102-12.xml', anAnomalieEnveloppe());
    expect(service.retourStates()).toEqual(['unmatched']);
    const other = await awaiting();
    await other.receive('m1', 'ANO_TACT--213402761--20221102-1.xml', anAnomalieEnveloppe());
    expect(other.transmission()).toMatchObject({ state: 'rejected' });
    expect(other.retourStates()).toEqual(['applied']);
  });

  it('une anomalie d’enveloppe rangée dans une archive se rattache par le nom qu’elle y porte', async () => {
    const service = await awaiting();
    const octets = anAnomalieEnveloppe();
    const archive = packArchive([
      {
        nom: 'ANO_TACT--213402761--20221102-1.xml',
        tailleOctets: octets.byteLength,
        open: () => Readable.from([octets]),
        compresser: true,
      },
    ]);
    await service.receive('m1', 'retour.tar.gz', await buffer(archive));
    expect(service.transmission()).toMatchObject({ state: 'rejected' });
    expect(service.retourStates()).toEqual(['applied']);
  });

  it('dont l’acte change sans cesse pendant qu’on le juge se refait plus tard, et ne se relit pas sans fin', async () => {
    const service = await awaiting();
    service.prefecture.deliver('m1', NOM, await anAccuse());
    await service.collect.execute();
    const record = jest.spyOn(service.transmissions, 'recordTogether').mockResolvedValue(false);
    const [retour] = service.ledger.retours.values();
    if (!retour) throw new Error('aucun retour');
    expect(await service.apply.execute(retour.id)).toMatchObject({ kind: 'later' });
    expect(record.mock.calls.length).toBeLessThan(10);
    record.mockRestore();
    expect(await service.apply.execute(retour.id)).toMatchObject({ kind: 'done', state: 'applied' });
    expect(service.transmission()).toMatchObject({ state: 'acknowledged' });
  });

  describe('un second envoi refusé comme le premier', () => {
    const ANO = (numero: number): string => `ANO_TACT--213402761--20221102-${numero}.xml`;
    async function sentAgain(service: InMemoryService): Promise<void> {
      await service.steer.execute({
        compte: aCompte({ role: 'operateur' }),
        transmissionId: service.transmission().id,
        steering: 'resubmitted',
        motif: 'corrigé chez nous',
      });
      await service.runJobs();
      expect(service.transmission().state).toBe('awaiting-ack');
    }

    it('par les mêmes octets, sous le nom de sa propre enveloppe, l’est lui aussi', async () => {
      const service = await awaiting();
      await service.receive('m1', ANO(1), anAnomalieEnveloppe());
      await sentAgain(service);
      await service.receive('m2', ANO(2), anAnomalieEnveloppe());
      expect(service.transmission()).toMatchObject({ state: 'rejected' });
      expect(service.retourStates()).toEqual(['applied', 'applied']);
      expect(service.prefecture.acknowledged).toEqual(['m1', 'm2']);
    });

    it('ne l’est pas par le refus du premier, rendu une fois de plus', async () => {
      const service = await awaiting();
      await service.receive('m1', ANO(1), anAnomalieEnveloppe());
      await service.receive('m2', ANO(1), anAnomalieEnveloppe());
      await sentAgain(service);
      await service.receive('m3', ANO(1), anAnomalieEnveloppe());
      expect(service.transmission()).toMatchObject({ state: 'awaiting-ack' });
      expect(service.retourStates()).toEqual(['applied', 'duplicate', 'contradictory']);
    });

    it('par une anomalie d’acte, l’est sous un autre nom, et non par la copie de la première', async () => {
      const service = await awaiting();
      await service.receive('m1', NOM, await anAnomalie());
      await sentAgain(service);
      await service.receive('m2', NOM, await anAnomalie());
      expect(service.transmission()).toMatchObject({ state: 'awaiting-ack' });
      await service.receive('m3', NOM.replace('-57', '-58'), await anAnomalie());
      expect(service.transmission()).toMatchObject({ state: 'rejected' });
      expect(service.retourStates()).toEqual(['applied', 'contradictory', 'applied']);
    });

    it('ne l’est pas par un travailleur attardé, quand un autre a appliqué le retour entre-temps', async () => {
      const service = await awaiting();
      service.prefecture.deliver('m1', NOM, await anAnomalie());
      await service.collect.execute();
      const [retour] = service.ledger.retours.values();
      if (!retour) throw new Error('aucun retour');
      const open = service.documents.open.bind(service.documents);
      service.documents.open = async (empreinte) => {
        service.documents.open = open;
        await service.apply.execute(retour.id);
        await sentAgain(service);
        return open(empreinte);
      };
      expect(await service.apply.execute(retour.id)).toEqual({ kind: 'done' });
      expect(service.transmission()).toMatchObject({ state: 'awaiting-ack' });
      expect(service.retourStates()).toEqual(['applied']);
    });
  });

  it.each([
    ['une autre année', '034-213402761-20211020-2022-10-062-DE'],
    ['une autre commune', '034-213401722-20221020-2022-10-062-DE'],
    ['un numéro qui commence pareil', '034-213402761-20221020-2022-10-0621-DE'],
    ['une autre nature', '034-213402761-20221020-2022-10-062-AR'],
  ])('un accusé de %s ne se rattache pas', async (_cas, identifiantActe) => {
    const service = await awaiting();
    await service.receive('m1', NOM, await anAccuse({ identifiantActe }));
    expect(service.transmission().state).toBe('awaiting-ack');
    expect(service.retourStates()).toEqual(['unmatched']);
  });

  it.each([
    ['vide', Buffer.alloc(0)],
    ['du texte', Buffer.from('bonjour')],
    ['une archive tronquée', Buffer.from('1f8b0800000000000003', 'hex')],
    ['un XML à DOCTYPE', Buffer.from('<?xml version="1.0"?><!DOCTYPE a><a/>')],
  ])('%s : illisible, gardé, et le suivant passe', async (_cas, bytes) => {
    const service = await awaiting();
    await service.receive('m1', NOM, bytes);
    await service.receive('m2', NOM, await anAccuse());
    expect(service.retourStates()).toEqual(['unreadable', 'applied']);
    expect(service.transmission().state).toBe('acknowledged');
  });

  it('un accusé arrivé avant la réponse à l’envoi l’emporte sur elle', async () => {
    const service = new InMemoryService();
    await service.depositReference();
    await service.seal.execute(service.transmission().id);
    const accuse = await anAccuse();
    service.prefecture.duringSubmit = async () => {
      service.prefecture.duringSubmit = () => Promise.resolve();
      service.prefecture.deliver('m1', NOM, accuse);
      await service.collect.execute();
      const [retour] = service.ledger.retours.values();
      if (retour) await service.apply.execute(retour.id);
    };
    await service.submit.execute(service.transmission().id);
    expect(service.transmission()).toMatchObject({ state: 'acknowledged', dateReception: '2022-11-02' });
    expect(service.ledger.envois).toMatchObject([{ closed: { outcome: 'answered' } }]);
  });

  it('appliqué trois fois, vaut une fois', async () => {
    const service = await awaiting();
    await service.receive('m1', NOM, await anAccuse());
    const [retour] = service.ledger.retours.values();
    const before = { ...service.transmission() };
    const entries = service.ledger.audit.length;
    for (let again = 0; again < 2; again += 1) if (retour) await service.apply.execute(retour.id);
    expect(service.transmission()).toEqual(before);
    expect(service.ledger.audit).toHaveLength(entries);
  });

  it('publie d’elle-même dès l’accusé quand la collectivité l’a réglé ainsi', async () => {
    const adresseDesActes = 'https://commune.example/actes/{identifiant}';
    const service = await awaiting(aCollectivite({ publicationAutomatique: true, adresseDesActes }));
    await service.receive('m1', NOM, await anAccuse());
    const [publication] = service.ledger.publications.values();
    expect(publication).toMatchObject({
      state: 'published',
      datePublication: '2022-11-02',
      adresse: 'https://commune.example/actes/034-213402761-20221020-2022-10-062-DE',
      declaration: null,
    });
  });

  it('ne publie rien d’elle-même sans l’adresse de son site : personne ne pourrait lire l’acte', async () => {
    const service = await awaiting(aCollectivite({ publicationAutomatique: true }));
    await service.receive('m1', NOM, await anAccuse());
    const [publication] = service.ledger.publications.values();
    expect(publication).toMatchObject({ state: 'unpublished', datePublication: null });
  });

  it('ne publie rien d’elle-même sans ce réglage', async () => {
    const service = await awaiting();
    await service.receive('m1', NOM, await anAccuse());
    const [publication] = service.ledger.publications.values();
    expect(publication).toMatchObject({ state: 'unpublished' });
  });
});
