import { readArchive, readXml } from '@teletransmission/actes';
import { aCollectivite, aPdf, InMemoryService } from '@teletransmission/testkit';
import { Readable } from 'node:stream';
import type { TransmissionId } from '../../ids';

async function entriesOf(bytes: Buffer): Promise<Map<string, Buffer>> {
  const entries = new Map<string, Buffer>();
  const read = await readArchive(
    Readable.from([bytes], { objectMode: false }),
    async (nom, _taille, contenu) => {
      const chunks: Buffer[] = [];
      for await (const chunk of contenu as AsyncIterable<Buffer>) chunks.push(chunk);
      entries.set(nom, Buffer.concat(chunks));
    },
  );
  if (!read.ok) throw new Error(read.problem.detail);
  return entries;
}

async function deposited(): Promise<InMemoryService> {
  const service = new InMemoryService();
  await service.depositReference();
  return service;
}

async function sealedArchive(service: InMemoryService): Promise<{ nom: string; bytes: Buffer }> {
  await service.seal.execute(service.transmission().id);
  const { enveloppeId } = service.transmission();
  const archive = enveloppeId && service.ledger.enveloppes.get(enveloppeId)?.archive;
  if (!archive) throw new Error('non scellée');
  return { nom: archive.nom, bytes: service.documents.bytesOf(archive.empreinte) };
}

describe('mettre sous enveloppe', () => {
  it('range une archive dont l’enveloppe, le message et les documents se suivent', async () => {
    const service = await deposited();
    const { nom, bytes } = await sealedArchive(service);
    expect(nom).toBe('TLT-TACT--213402761--20221102-1.tar.gz');
    const entries = await entriesOf(bytes);
    expect([...entries.keys()]).toEqual([
      'TACT--213402761--20221102-1.xml',
      '034-213402761-20221020-2022-10-062-DE-1-1_0.xml',
      '99_DE-034-213402761-20221020-2022-10-062-DE-1-1_1.pdf',
      '99_DE-034-213402761-20221020-2022-10-062-DE-1-1_2.pdf',
    ]);
    expect(entries.get('99_DE-034-213402761-20221020-2022-10-062-DE-1-1_2.pdf')).toEqual(
      aPdf('convention.pdf'),
    );
    const message = readXml(
      entries.get('034-213402761-20221020-2022-10-062-DE-1-1_0.xml') ?? Buffer.alloc(0),
    );
    expect(message).toMatchObject({
      ok: true,
      value: { type: '1-1', message: { numeroInterne: '2022-10-062', matiere: [8, 1] } },
    });
  });

  it('passe à « sous enveloppe » avec l’empreinte en preuve et l’envoi en file', async () => {
    const service = await deposited();
    await sealedArchive(service);
    const transmission = service.transmission();
    expect(transmission).toMatchObject({ state: 'sealed', version: 2 });
    expect(service.ledger.audit.at(-1)).toMatchObject({
      evenement: 'enveloppe-sealed',
      preuve: { archive: 'TLT-TACT--213402761--20221102-1.tar.gz' },
    });
    expect(service.ledger.outbox.at(-1)).toEqual({
      job: 'submit-enveloppe',
      targetId: transmission.id,
      turn: 2,
      notBefore: null,
    });
  });

  it('refaite, ne change plus rien', async () => {
    const service = await deposited();
    await sealedArchive(service);
    const before = service.transmission();
    expect(await service.seal.execute(before.id)).toEqual({ kind: 'done' });
    expect(service.transmission()).toEqual(before);
    expect(service.ledger.enveloppes.size).toBe(1);
  });

  it('tuée après avoir pris son numéro, reprend le même et les mêmes octets', async () => {
    const service = await deposited();
    service.documents.failNext = new Error('disque plein');
    await expect(service.seal.execute(service.transmission().id)).rejects.toThrow('disque plein');
    expect(service.transmission().state).toBe('queued');
    const first = await sealedArchive(service);
    const other = await sealedArchive(await deposited());
    expect(first.nom).toBe('TLT-TACT--213402761--20221102-1.tar.gz');
    expect(first.bytes.equals(other.bytes)).toBe(true);
  });

  it('date l’enveloppe du jour de la collectivité', async () => {
    const service = await deposited();
    service.clock.set('2022-12-31T23:30:00.000Z');
    expect((await sealedArchive(service)).nom).toBe('TLT-TACT--213402761--20230101-1.tar.gz');
  });

  it('retient un acte dont un XML ne dirait pas ce qui a été confié, et dit le champ, l’attendu et le lu', async () => {
    const service = await deposited();
    let count = 0;
    // Un texte qui change entre l'écriture et la relecture : ce qu'un rédacteur fautif ferait.
    const referent = {
      get nom() {
        count += 1;
        return `Camille ${count}`;
      },
    };
    await service.collectivites.save({ ...aCollectivite(), referent });
    await service.seal.execute(service.transmission().id);
    const { state, stopReason, enveloppeId } = service.transmission();
    expect({ state, code: stopReason?.code, enveloppeId }).toEqual({
      state: 'held',
      code: 'xml/unfaithful',
      enveloppeId: null,
    });
    expect(stopReason?.detail).toMatch(
      /« emetteur\/referent\/nom » : attendu « Camille \d+ », relu « Camille \d+ »/,
    );
    expect(service.ledger.audit.at(-1)).toMatchObject({ evenement: 'content-refused' });
  });

  it.each(['R&D; avenant', 'D&eacute;lib&eacute;ration', '&#39; &lt;b&gt; &amp;amp;', ' Ã© \u0092 ]]> '])(
    'met dans l’archive l’objet « %s », caractère pour caractère',
    async (objet) => {
      const service = new InMemoryService();
      await service.depositReference({ objet });
      const entries = await entriesOf((await sealedArchive(service)).bytes);
      const message = readXml(
        entries.get('034-213402761-20221020-2022-10-062-DE-1-1_0.xml') ?? Buffer.alloc(0),
      );
      expect(message).toMatchObject({ ok: true, value: { message: { objet } } });
    },
  );

  it('abandonne une transmission inconnue en le disant', async () => {
    const service = new InMemoryService();
    expect(await service.seal.execute('inconnue' as TransmissionId)).toMatchObject({
      kind: 'give-up',
      problem: { code: 'transmission/unknown' },
    });
  });
});
