import type { Log, LogFields } from '@teletransmission/kernel';
import { InMemoryService } from '@teletransmission/testkit';
import { CollectRetoursProcessor } from './collect-retours.processor';

describe('le traitement de la relève', () => {
  it('nomme au journal chaque retour qui ne se relève pas, et chacun qui n’a pas de nom', async () => {
    const lines: [string, LogFields][] = [];
    const note = (message: string, fields: LogFields = {}): void => void lines.push([message, fields]);
    const log: Log = { info: note, warn: note, error: note, with: () => log };
    const service = new InMemoryService();
    service.prefecture.deliver('1', null, Buffer.from('<a/>'));
    service.prefecture.deliver('2', 'b.xml', Buffer.from('<b/>'));
    const fetch = service.prefecture.fetchRetour.bind(service.prefecture);
    service.prefecture.fetchRetour = (id) =>
      id === '2'
        ? Promise.reject(Object.assign(new Error('réponse'), { code: 'prefecture/unexpected-answer' }))
        : fetch(id);
    const outcome = await new CollectRetoursProcessor(service.collect, log).process();
    expect(outcome).toEqual({ kind: 'done', state: '1 relevé(s)' });
    const [retour] = service.ledger.retours.keys();
    expect(lines).toEqual([
      ['retours relevés', { count: 1 }],
      ['retour relevé sans nom', { retourId: retour, sourceId: '1' }],
      [
        'retour non relevé',
        {
          releveId: service.ledger.releves[0]?.id,
          sourceId: '2',
          nomRetour: 'b.xml',
          code: 'prefecture/unexpected-answer',
          count: 1,
        },
      ],
    ]);
  });
});
