import type { Log } from '@teletransmission/kernel';
import { aLiaison, DIRECTE } from '@teletransmission/testkit';
import type { CircuitNews, Guichet } from '@teletransmission/teletransmission';
import { Readable } from 'node:stream';
import { ScriptedServer } from '../test/scripted-server';
import { LiaisonGateways } from './liaison-gateways';

const LOG: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => LOG,
};
const NOM = 'TLT-TACT--213402761--20221102-1.tar.gz';

let server: ScriptedServer;
const news: (readonly [Guichet, CircuitNews])[] = [];
beforeEach(async () => {
  news.length = 0;
  server = await ScriptedServer.start();
});
afterEach(() => server.stop());

function gateways(jetons: Readonly<Record<string, string>> = {}): LiaisonGateways {
  return new LiaisonGateways(
    { directe: { url: server.url, jeton: 'celui-des-reglages', delaiMs: 5_000 }, jetons },
    {
      report: (guichet, said) => {
        news.push([guichet, said]);
        return Promise.resolve();
      },
    },
    LOG,
  );
}

describe('les adaptateurs des liaisons', () => {
  it('le jeton des réglages ne part qu’à l’adresse des réglages ; une autre liaison a le sien, ou n’en a pas', async () => {
    const elsewhere = (id: string) =>
      aLiaison(id, { reglages: { url: `${server.url}/${id}`, sondagePeriodeMs: null } });
    const opened = gateways({ hub: 'celui-du-hub' });
    for (const liaison of [DIRECTE, elsewhere('hub'), elsewhere('sans-jeton')])
      await opened.of(liaison).lookUp(NOM);
    expect(server.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      [`/actes/archives/${NOM}`, 'Bearer celui-des-reglages'],
      [`/hub/actes/archives/${NOM}`, 'Bearer celui-du-hub'],
      [`/sans-jeton/actes/archives/${NOM}`, undefined],
    ]);
  });

  it('se gardent d’une demande à l’autre, et se refont quand l’adresse de la liaison change', () => {
    const opened = gateways();
    const hub = aLiaison('hub', { reglages: { url: server.url, sondagePeriodeMs: null } });
    expect(opened.of(hub)).toBe(opened.of({ ...hub, nom: 'Renommée' }));
    const moved = { ...hub, reglages: { ...hub.reglages, url: `${server.url}/ailleurs` } };
    expect(opened.of(moved)).not.toBe(opened.of(hub));
  });

  it('ce qu’un envoi apprend va au disjoncteur de son guichet : celui de sa liaison, et d’aucune autre', async () => {
    server.script = (_request, response) => {
      response.writeHead(503).end();
    };
    const hub = aLiaison('hub', { reglages: { url: server.url, sondagePeriodeMs: null } });
    const content = Readable.from([Buffer.from('x')], { objectMode: false });
    await gateways()
      .of(hub)
      .submit(
        { kind: 'archive', nom: NOM, tailleOctets: 1, departement: '034', content },
        new AbortController().signal,
      );
    expect(news).toMatchObject([[{ liaisonId: 'hub', departement: '034' }, { kind: 'failed' }]]);
  });
});
