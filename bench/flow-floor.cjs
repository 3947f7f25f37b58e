// Le plancher : ce que coûtent, seuls, les travaux dont un acte ne peut se passer. Lancé à part pour que son processeur soit le sien :
// node flow-floor.cjs TRAVAIL NOMBRE DOSSIER [ADRESSE] ; le résultat est une ligne de JSON.
const { createHash, randomBytes } = require('node:crypto');
const { createReadStream, createWriteStream, readFileSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { Readable } = require('node:stream');
const { pipeline } = require('node:stream/promises');
const zlib = require('node:zlib');
const { writePdf } = require('./reference-depot.cjs');

const [work, countText, folder, address] = process.argv.slice(2);
const count = Number(countText);
const SIZES = [200_000, 100_000];
/** Les files par où passe un acte. */
const QUEUES = ['sceller', 'envoyer', 'appliquer', 'publier'];
const AT_ONCE = 8;
const TRANSACTIONS = 5;

const files = SIZES.map((size, index) => {
  const file = path.join(folder, `plancher-${index}.pdf`);
  writePdf(file, size);
  return file;
});
const target = path.join(folder, `plancher-${work}`);

const WORKS = {
  /** Ce qu'il faut au moins pour une archive : les octets lus, leur somme, et leur écriture forcée sur le disque. */
  archive: async () => {
    const header = Buffer.alloc(512);
    return async () => {
      const parts = files.flatMap((file) => [header, readFileSync(file)]);
      const stored = zlib.gzipSync(Buffer.concat(parts), { level: 0 });
      await pipeline(Readable.from([stored]), createWriteStream(target, { flush: true }));
    };
  },
  /** Les mêmes octets, par gzip au niveau 6, comme on le fait d'ordinaire. */
  'gzip-6': async () => () =>
    pipeline(
      async function* () {
        for (const file of files) yield* createReadStream(file);
      },
      zlib.createGzip({ level: 6 }),
      createWriteStream(target, { flush: true }),
    ),
  /** Recevoir, hacher, forcer sur le disque : une fois au dépôt. */
  reception: async () => {
    const bodies = files.map((file) => readFileSync(file));
    return async () => {
      for (const body of bodies) {
        const hash = createHash('sha256');
        const chunks = Array.from({ length: Math.ceil(body.length / 65_536) }, (_, n) =>
          body.subarray(n * 65_536, (n + 1) * 65_536),
        );
        await pipeline(
          Readable.from(chunks),
          async function* (source) {
            for await (const chunk of source) {
              hash.update(chunk);
              yield chunk;
            }
          },
          createWriteStream(target, { flush: true }),
        );
        hash.digest('hex');
      }
    };
  },
  /** Cinq transactions durables d'un ordre préparé : déposer, sceller, ouvrir l'envoi, le clore, appliquer. */
  transactions: async () => {
    const { Pool } = require('pg');
    const host = new URL(address).searchParams.get('host');
    const pool = new Pool({ connectionString: address, max: AT_ONCE, ...(host ? { host } : {}) });
    await pool.query(
      'CREATE TABLE IF NOT EXISTS plancher (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, texte text)',
    );
    const values = [randomBytes(200).toString('hex')];
    const one = async () => {
      for (let n = 0; n < TRANSACTIONS; n += 1)
        await pool.query({ name: 'plancher', text: 'INSERT INTO plancher (texte) VALUES ($1)', values });
    };
    one.close = () => pool.end();
    return one;
  },
  /** Un envoi de l'archive, à un serveur qui la prend sans la lire. */
  http: async () => {
    const http = require('node:http');
    const body = Buffer.concat(files.map((file) => readFileSync(file)));
    const server = http.createServer((request, response) => {
      request.resume();
      request.on('end', () => response.end('{}'));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address();
    const agent = new http.Agent({ keepAlive: true });
    const one = () =>
      new Promise((resolve, reject) => {
        const request = http.request({ host: '127.0.0.1', port, method: 'POST', agent }, (response) => {
          response.resume();
          response.on('end', resolve);
        });
        request.on('error', reject);
        request.end(body);
      });
    one.close = async () => {
      agent.destroy();
      server.close();
    };
    return one;
  },
  /** Des travaux qui ne font rien, par autant de files : ce que BullMQ coûte à lui seul. */
  files: async () => {
    const { Queue, Worker } = require('bullmq');
    const { Redis } = require('ioredis');
    const connect = () => new Redis({ path: address.replace(/^unix:/, ''), maxRetriesPerRequest: null });
    const prefix = `plancher-${process.pid}`;
    const connections = [connect(), connect()];
    const queues = QUEUES.map((name) => new Queue(name, { connection: connections[0], prefix }));
    const waiting = new Map();
    const workers = QUEUES.map((name, rank) => {
      const next = queues[rank + 1];
      const handle = async ({ data }) => {
        if (next) await next.add('rien', data);
        else waiting.get(data.id)?.();
      };
      return new Worker(name, handle, { connection: connections[1], prefix, concurrency: AT_ONCE });
    });
    let id = 0;
    const one = () =>
      new Promise((resolve) => {
        id += 1;
        waiting.set(id, resolve);
        void queues[0].add('rien', { id });
      });
    one.close = async () => {
      await Promise.all([...workers, ...queues].map((each) => each.close()));
      for (const connection of connections) connection.disconnect();
    };
    return one;
  },
};

async function main() {
  const one = await WORKS[work]();
  const repeat = async (times) => {
    let next = 0;
    const some = async () => {
      while (next < times) {
        next += 1;
        await one();
      }
    };
    // Une archive à la fois dans un même fichier ; le reste de front, comme le service.
    await Promise.all(Array.from({ length: one.close ? AT_ONCE : 1 }, some));
  };
  await repeat(Math.min(10, count));
  const cpu = process.cpuUsage();
  const started = performance.now();
  await repeat(count);
  const { user, system } = process.cpuUsage(cpu);
  const wallMs = performance.now() - started;
  await one.close?.();
  rmSync(target, { force: true });
  return { cpuMs: (user + system) / 1000 / count, dureeMs: wallMs / count };
}

main().then(
  (result) => {
    // La réponse par un fichier : rien d'autre ne doit se mêler à la sortie.
    writeFileSync(1, JSON.stringify(result));
    process.exit(0);
  },
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
