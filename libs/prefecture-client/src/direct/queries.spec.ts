import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import type { Script } from '../../test/scripted-server';
import { drained, reset, ScriptedServer } from '../../test/scripted-server';
import { GatewayFailure } from '../gateway-failure';
import { DirectGateway } from './direct-gateway';

const NOM = 'TLT-EACT--213402761--20221102-1.tar.gz';
const MIB = 1024 * 1024;

let server: ScriptedServer;
let gateway: DirectGateway;
beforeEach(async () => {
  server = await ScriptedServer.start();
  gateway = new DirectGateway({ url: server.url, jeton: 'secret', delaiMs: 2_000 });
});
afterEach(() => server.stop());

function says(status: number, body: unknown, type = 'application/json'): Script {
  return (_request, response) => {
    response
      .writeHead(status, { 'content-type': type })
      .end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  };
}

async function failureOf(work: Promise<unknown>): Promise<GatewayFailure> {
  const failure = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(GatewayFailure);
  return failure as GatewayFailure;
}

async function sizeOf(content: Readable): Promise<number> {
  let size = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) size += chunk.length;
  return size;
}

const UNREACHABLE: readonly (readonly [string, Script])[] = [
  [
    'coupée',
    (request) => {
      reset(request);
    },
  ],
  [
    'redirigée',
    (_request, response) => {
      response.writeHead(302, { location: '/ailleurs' }).end();
    },
  ],
];
const UNEXPECTED = [400, 401, 403, 429, 500, 502, 503, 504];

describe('la recherche d’une archive', () => {
  it('présente : la préfecture redit son nom', async () => {
    server.script = says(200, { nom: NOM, empreinte: 'x' });
    expect(await gateway.lookUp(NOM)).toBe('present');
    expect(server.requests[0]).toMatchObject({ method: 'GET', url: `/actes/archives/${NOM}` });
    expect(server.requests[0]?.headers.authorization).toBe('Bearer secret');
  });

  it('absente : la préfecture dit, elle, ne pas la connaître', async () => {
    server.script = says(404, { code: 'archives/unknown', detail: 'L’archive n’a pas été prise.' });
    expect(await gateway.lookUp(NOM)).toBe('absent');
  });

  it.each<[string, Script]>([
    ['la page 404 d’un mandataire', says(404, '<html>Not Found</html>', 'text/html')],
    ['un 404 vide', says(404, '')],
    [
      'le 404 d’une mauvaise adresse',
      says(404, { statusCode: 404, message: 'Cannot GET /actes', error: 'Not Found' }),
    ],
    ['un 404 d’un autre code', says(404, { code: 'retours/unknown' })],
    ['un code proche', says(404, { code: 'archives/unknown-path' })],
    ['un 200 qui n’est pas en UTF-8', says(200, Buffer.from(`{"nom":"${NOM}","x":"é"}`, 'latin1'))],
    ['une page d’entretien en 200', says(200, '<html>Maintenance</html>', 'text/html')],
    ['un 200 vide', says(200, '')],
    ['un 200 d’une autre archive', says(200, { nom: NOM.replace('-1.', '-11.') })],
    ['un 200 qui dit ne pas connaître', says(200, { code: 'archives/unknown' })],
    ['un serveur qui ne sait pas répondre', says(501, { code: 'archives/unknown' })],
  ])('ne prouve rien par %s', async (_, script) => {
    server.script = script;
    expect(await gateway.lookUp(NOM)).toBe('unknown');
  });

  it.each(UNEXPECTED)('échoue, à redemander, quand elle reçoit %i', async (status) => {
    server.script = says(status, { code: 'archives/unknown' });
    expect(await failureOf(gateway.lookUp(NOM))).toMatchObject({
      code: 'prefecture/unexpected-answer',
      retry: 'later',
    });
  });

  it.each(UNREACHABLE)('échoue, à redemander : %s', async (_, script) => {
    server.script = script;
    expect(await failureOf(gateway.lookUp(NOM))).toMatchObject({
      code: 'prefecture/unreachable',
      retry: 'later',
    });
  });

  it('échoue quand la preuve se coupe avant la fin', async () => {
    server.script = async (request, response) => {
      response.writeHead(404, { 'content-length': '100' }).write('{"code":"archives/unknown"}');
      await nextTurn();
      reset(request);
    };
    expect((await failureOf(gateway.lookUp(NOM))).code).toBe('prefecture/unreachable');
  });

  it('protège le chemin de ce que porte un nom', async () => {
    server.script = says(404, { code: 'archives/unknown' });
    await gateway.lookUp('a/../b?c#d e');
    expect(server.requests[0]?.url).toBe('/actes/archives/a%2F..%2Fb%3Fc%23d%20e');
  });
});

describe('la liste des retours', () => {
  it('rend l’identité et le nom de chacun, dans l’ordre reçu, et le curseur de la suite', async () => {
    server.script = says(200, {
      retours: [
        { id: '2', nom: 'b', autre: 1 },
        { id: '1', nom: 'a' },
      ],
      suivant: 'é 1',
    });
    expect(await gateway.pendingRetours(50, null)).toEqual({
      entries: [
        { kind: 'retour', sourceId: '2', nom: 'b' },
        { kind: 'retour', sourceId: '1', nom: 'a' },
      ],
      next: 'é 1',
    });
    await gateway.pendingRetours(60, 'é 1');
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/actes/retours?limite=50',
      '/actes/retours?limite=60&apres=%C3%A9%201',
    ]);
  });

  it('juge chaque entrée seule : l’illisible n’en cache aucune autre', async () => {
    server.script = says(200, { retours: [{ nom: 'a' }, { id: '1', nom: '' }, null, { id: '2', nom: 'b' }] });
    const { entries, next } = await gateway.pendingRetours(50, null);
    expect([entries.map(({ kind, nom }) => [kind, nom]), next]).toEqual([
      [
        ['unusable', 'a'],
        ['retour', null],
        ['unusable', null],
        ['retour', 'b'],
      ],
      null,
    ]);
  });

  it.each<[string, unknown]>([
    ['du HTML', '<html>'],
    ['un autre JSON', { retour: [] }],
    ['une liste qui n’en est pas une', { retours: { id: '1' } }],
    ['une liste qui ne finit pas', JSON.stringify({ retours: [], reste: 'x'.repeat(8 * MIB) })],
  ])('refuse %s', async (_, body) => {
    server.script = says(200, body);
    expect((await failureOf(gateway.pendingRetours(50, null))).code).toBe('prefecture/unexpected-answer');
  });

  it('se lit avec une marque d’ordre, et un nom abîmé n’en fait pas perdre les autres', async () => {
    server.script = says(200, '\ufeff{"retours":[{"id":"1","nom":"a\ufffd"},{"id":"2","nom":"b"}]}');
    const { entries } = await gateway.pendingRetours(50, null);
    expect(entries).toMatchObject([
      { sourceId: '1', nom: 'a\ufffd' },
      { sourceId: '2', nom: 'b' },
    ]);
  });

  it.each([
    [
      'n’est pas en UTF-8',
      Buffer.from('{"retours":[{"id":"1","nom":"é"}]}', 'latin1'),
      'texte/not-utf8',
      'octet 29',
    ],
    ['n’est pas du JSON', Buffer.from('{"retours":[,]}'), 'json/malformed', 'ligne 1, colonne 13'],
  ])('qui %s est une panne, et son journal dit laquelle', async (_, body, code, place) => {
    server.script = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    };
    const failure = await failureOf(gateway.pendingRetours(50, null));
    expect(failure).toMatchObject({ code: 'prefecture/unexpected-answer', retry: 'later', cause: { code } });
    expect((failure.cause as Error).message).toContain(place);
  });

  it.each([null, 3, '', 'x'.repeat(1_001)])(
    'd’un curseur qui n’en est pas un (%s), n’en a pas',
    async (suivant) => {
      server.script = says(200, { retours: [], suivant });
      expect((await gateway.pendingRetours(50, null)).next).toBeNull();
    },
  );

  it.each([...UNEXPECTED, 404, 204])('échoue sur %i', async (status) => {
    server.script = says(status, status === 204 ? '' : { retours: [] });
    expect((await failureOf(gateway.pendingRetours(50, null))).code).toBe('prefecture/unexpected-answer');
  });
});

describe('un retour', () => {
  it('se lit en flux, tel quel', async () => {
    server.script = (_request, response) => {
      response.writeHead(200).end(Buffer.from([0, 255, 10, 13]));
    };
    const chunks: Buffer[] = [];
    for await (const chunk of (await gateway.fetchRetour('r/1')) as AsyncIterable<Buffer>) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toEqual(Buffer.from([0, 255, 10, 13]));
    expect(server.requests[0]?.url).toBe('/actes/retours/r%2F1');
  });

  it('s’arrête à sa borne sans que la mémoire le suive', async () => {
    const block = Buffer.alloc(MIB);
    server.script = (_request, response) => {
      response.writeHead(200);
      const push = (): void => {
        while (!response.destroyed && response.write(block));
      };
      response.on('drain', push);
      push();
    };
    // Cent soixante mébioctets par une machine chargée : le délai de la liaison n'est pas ce qu'on éprouve ici.
    const patient = new DirectGateway({ url: server.url, jeton: 'secret', delaiMs: 60_000 });
    const before = process.memoryUsage().rss;
    const content = await patient.fetchRetour('sans-fin');
    let size = 0;
    let peak = 0;
    const reading = (async () => {
      for await (const chunk of content as AsyncIterable<Buffer>) {
        size += chunk.length;
        peak = Math.max(peak, process.memoryUsage().rss);
      }
    })();
    expect((await failureOf(reading)).code).toBe('prefecture/unexpected-answer');
    expect(size).toBeLessThanOrEqual(160 * MIB);
    expect((peak - before) / MIB).toBeLessThan(100);
  }, 90_000);

  it('coupé au milieu le dit, et ne passe pas pour entier', async () => {
    server.script = async (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('début');
      await nextTurn();
      reset(request);
    };
    expect((await failureOf(gateway.fetchRetour('r').then(sizeOf))).code).toBe('prefecture/unreachable');
  });

  it('qui n’arrive plus s’arrête au délai de la liaison', async () => {
    gateway = new DirectGateway({ url: server.url, jeton: null, delaiMs: 150 });
    server.script = (_request, response) => {
      response.writeHead(200).write('début');
    };
    expect((await failureOf(gateway.fetchRetour('r').then(sizeOf))).code).toBe('prefecture/unreachable');
  });

  it.each([...UNEXPECTED, 404])('échoue sur %i', async (status) => {
    server.script = says(status, {});
    expect((await failureOf(gateway.fetchRetour('r'))).code).toBe('prefecture/unexpected-answer');
  });

  it('s’acquitte par 200 ou 204, et rien d’autre', async () => {
    for (const status of [200, 204]) {
      server.script = says(status, '');
      await gateway.acknowledgeRetour('r/1');
    }
    expect(server.requests[0]).toMatchObject({ method: 'POST', url: '/actes/retours/r%2F1/releve' });
    for (const status of [...UNEXPECTED, 404]) {
      server.script = says(status, '');
      expect((await failureOf(gateway.acknowledgeRetour('r'))).code).toBe('prefecture/unexpected-answer');
    }
  });
});

it('sans jeton, n’en présente pas', async () => {
  server.script = async (request, response) => {
    await drained(request);
    response.writeHead(200).end('{"retours":[]}');
  };
  await new DirectGateway({ url: server.url, jeton: null, delaiMs: 1_000 }).pendingRetours(1, null);
  expect(server.requests[0]?.headers.authorization).toBeUndefined();
});
