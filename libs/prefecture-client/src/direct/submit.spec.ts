import type { OutgoingArchive, SubmitAnswer } from '@teletransmission/teletransmission';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { Readable } from 'node:stream';
import type { Script } from '../../test/scripted-server';
import { drained, reset, ScriptedServer } from '../../test/scripted-server';
import { selfSigned } from '../../test/self-signed';
import { DirectGateway } from './direct-gateway';
import { outcomeOfStatus } from './submit-outcome';

const NOM = 'TLT-EACT--213402761--20221102-1.tar.gz';
const MIB = 1024 * 1024;

let server: ScriptedServer;
beforeEach(async () => {
  server = await ScriptedServer.start();
});
afterEach(() => server.stop());

function archive(bytes: Buffer = Buffer.from('archive')): OutgoingArchive {
  return {
    kind: 'archive',
    nom: NOM,
    tailleOctets: bytes.length,
    content: Readable.from([bytes], { objectMode: false }),
  };
}

/** Une archive lourde, dont les octets se fabriquent à mesure. */
function heavy(size: number, onChunk: () => void = () => undefined): OutgoingArchive {
  const block = Buffer.alloc(64 * 1024, 7);
  const content = Readable.from(
    (function* () {
      for (let left = size; left > 0; left -= block.length) {
        onChunk();
        yield block.subarray(0, Math.min(left, block.length));
      }
    })(),
    { objectMode: false },
  );
  return { kind: 'archive', nom: NOM, tailleOctets: size, content };
}

function submit(script: Script, outgoing = archive(), delaiMs = 5_000): Promise<SubmitAnswer> {
  server.script = script;
  return new DirectGateway({ url: `${server.url}/`, jeton: 'secret', delaiMs }).submit(outgoing);
}

const answer =
  (status: number): Script =>
  async (request, response) => {
    await drained(request);
    response.writeHead(status).end('{}');
  };

describe('un dépôt', () => {
  it('part en multipart d’un seul fichier, sous son nom, avec le jeton et une longueur exacte', async () => {
    let body = Buffer.alloc(0);
    const bytes = Buffer.from([0, 13, 10, 45, 45, 255]);
    await submit(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      body = Buffer.concat(chunks);
      response.writeHead(201).end();
    }, archive(bytes));
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'POST', url: '/actes/depot' });
    expect(request?.headers.authorization).toBe('Bearer secret');
    expect(Number(request?.headers['content-length'])).toBe(body.length);
    const boundary = /boundary=(.+)$/.exec(request?.headers['content-type'] ?? '')?.[1] ?? 'absente';
    const [, part = '', end] = body.toString('latin1').split(`--${boundary}`);
    expect(part).toContain(`name="file"; filename="${NOM}"`);
    expect(part.slice(part.indexOf('\r\n\r\n') + 4, -2)).toBe(bytes.toString('latin1'));
    expect(end).toBe('--\r\n');
  });

  it.each([
    [200, 'accepted'],
    [201, 'accepted'],
    [202, 'accepted'],
    [204, 'lost'],
    [302, 'lost'],
    [400, 'refused'],
    [401, 'deferred'],
    [403, 'deferred'],
    [404, 'refused'],
    [408, 'deferred'],
    [409, 'refused'],
    [413, 'refused'],
    [422, 'refused'],
    [429, 'deferred'],
    [500, 'lost'],
    [501, 'lost'],
    [502, 'lost'],
    [503, 'deferred'],
    [504, 'lost'],
  ])('qui reçoit %i est « %s »', async (status, kind) => {
    expect(await submit(answer(status))).toMatchObject({ kind, code: `prefecture/http-${status}` });
  });

  it('n’est remis à plus tard que par un statut où le serveur dit n’avoir rien pris', () => {
    const deferred = Array.from({ length: 500 }, (_, n) => n + 100).filter(
      (status) => outcomeOfStatus(status).kind === 'deferred',
    );
    expect(deferred).toEqual([401, 403, 408, 429, 503]);
  });

  it('dit à l’opérateur quoi faire de tout ce qui n’est pas pris', () => {
    for (let status = 300; status < 600; status += 1) {
      const outcome = outcomeOfStatus(status);
      expect(outcome.kind === 'accepted' ? '' : outcome.detail).toMatch(/[.]$/);
    }
  });
});

describe('une connexion qui ne s’ouvre pas ne laisse rien partir', () => {
  const deferred = { kind: 'deferred', code: 'prefecture/unreachable' };

  it('refusée', async () => {
    const { url } = server;
    await server.stop();
    const outgoing = archive();
    expect(await new DirectGateway({ url, jeton: null, delaiMs: 5_000 }).submit(outgoing)).toMatchObject({
      ...deferred,
      detail: expect.stringContaining('ECONNREFUSED') as string,
    });
    expect(outgoing.content.destroyed).toBe(true);
    server = await ScriptedServer.start();
  });

  it('même quand l’archive casse avant elle, sans finir le processus', async () => {
    const gateway = new DirectGateway({ url: 'http://prefecture.invalid', jeton: null, delaiMs: 5_000 });
    const outgoing = archive();
    const answered = gateway.submit(outgoing);
    outgoing.content.destroy(new Error('disque'));
    expect(await answered).toMatchObject(deferred);
  });

  it('vers un nom qui n’existe pas', async () => {
    const gateway = new DirectGateway({ url: 'http://prefecture.invalid', jeton: null, delaiMs: 5_000 });
    expect(await gateway.submit(archive())).toMatchObject(deferred);
  });

  it('dont la négociation TLS échoue : certificat inconnu, ou pas de TLS en face', async () => {
    const secure = await ScriptedServer.start(selfSigned());
    secure.script = answer(201);
    const gateway = new DirectGateway({ url: secure.url, jeton: null, delaiMs: 5_000 });
    expect(await gateway.submit(archive())).toMatchObject(deferred);
    expect(secure.requests).toEqual([]);
    await secure.stop();
    const plain = new DirectGateway({
      url: server.url.replace('http', 'https'),
      jeton: null,
      delaiMs: 5_000,
    });
    expect(await plain.submit(archive())).toMatchObject(deferred);
    expect(server.requests).toEqual([]);
  });

  it('dont la négociation TLS ne finit pas', async () => {
    const mute = net.createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as net.AddressInfo;
    const gateway = new DirectGateway({ url: `https://127.0.0.1:${port}`, jeton: null, delaiMs: 100 });
    expect(await gateway.submit(archive())).toMatchObject(deferred);
    mute.close();
  });
});

describe('une connexion ouverte puis coupée laisse l’archive incertaine', () => {
  const lost = { kind: 'lost', code: 'prefecture/answer-lost' };

  it.each<[string, Script]>([
    [
      'avant le corps',
      (request) => {
        reset(request);
      },
    ],
    [
      'pendant le corps',
      async (request) => {
        await once(request, 'data');
        reset(request);
      },
    ],
    [
      'après le corps',
      async (request) => {
        await drained(request);
        reset(request);
      },
    ],
    [
      'après le corps, poliment',
      async (request) => {
        await drained(request);
        request.socket.end();
      },
    ],
    [
      'au milieu de la réponse',
      async (request) => {
        await drained(request);
        request.socket.write('HTTP/1.1 2');
        reset(request);
      },
    ],
    [
      'par autre chose que du HTTP',
      async (request) => {
        await drained(request);
        request.socket.end('bonjour\r\n\r\n');
      },
    ],
  ])('%s', async (_, script) => {
    expect(await submit(script, heavy(3 * MIB))).toMatchObject(lost);
  });

  it('muette jusqu’au délai', async () => {
    const silent: Script = async (request) => {
      await drained(request);
    };
    expect(await submit(silent, archive(), 150)).toMatchObject({
      ...lost,
      detail: expect.stringContaining('peut-être arrivée') as string,
    });
  });

  it('abandonnée par nous en chemin : aussitôt, et sans jurer que rien n’est parti', async () => {
    const abandon = new AbortController();
    server.script = async (request) => {
      await drained(request);
      abandon.abort();
    };
    const outgoing = archive();
    const gateway = new DirectGateway({ url: server.url, jeton: null, delaiMs: 60_000 });
    expect(await gateway.submit(outgoing, abandon.signal)).toMatchObject(lost);
    expect(outgoing.content.destroyed).toBe(true);
  });

  it('qui ne lit pas le corps jusqu’au délai', async () => {
    expect(
      await submit(
        (request) => {
          request.pause();
        },
        heavy(20 * MIB),
        300,
      ),
    ).toMatchObject(lost);
  });

  it('dont l’archive cesse de se lire en route', async () => {
    const content = Readable.from(
      (function* () {
        yield Buffer.alloc(10);
        throw new Error('disque');
      })(),
      { objectMode: false },
    );
    expect(await submit(answer(201), { kind: 'archive', nom: NOM, tailleOctets: 20, content })).toMatchObject(
      lost,
    );
  });

  it('mais pas quand le serveur répond sans attendre la fin du corps', async () => {
    const early: Script = (request, response) => {
      response.writeHead(401).end();
      request.resume();
    };
    expect(await submit(early, heavy(20 * MIB))).toMatchObject({
      kind: 'deferred',
      code: 'prefecture/http-401',
    });
  });

  it('ni quand la réponse dite, son corps se perd', async () => {
    const cut: Script = async (request, response) => {
      await drained(request);
      response.writeHead(201, { 'content-length': '1000' }).write('début');
      await new Promise((resolve) => setImmediate(resolve));
      reset(request);
    };
    expect(await submit(cut)).toEqual({ kind: 'accepted', code: 'prefecture/http-201' });
  });
});

describe('une archive de 150 Mio', () => {
  it('part sans que la mémoire la suive, et arrive entière', async () => {
    let peak = 0;
    const watch = (): void => {
      peak = Math.max(peak, process.memoryUsage().rss);
    };
    const hash = createHash('sha256');
    let received = 0;
    const receive: Script = async (request, response) => {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        received += chunk.length;
        hash.update(chunk);
      }
      response.writeHead(201).end();
    };
    await submit(receive, heavy(20 * MIB));
    const before = process.memoryUsage().rss;
    received = 0;
    expect(await submit(receive, heavy(150 * MIB, watch), 60_000)).toMatchObject({ kind: 'accepted' });
    expect(received).toBe(Number(server.requests.at(-1)?.headers['content-length']));
    expect((peak - before) / MIB).toBeLessThan(60);
  }, 60_000);
});
