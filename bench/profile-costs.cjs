// Où va le processeur, d'après les profils de V8 : le temps propre de chaque fonction, rassemblé par ce qu'elle sert.
const { readFileSync } = require('node:fs');

/** La première qui reconnaît l'adresse ou le nom l'emporte. */
const PLACES = [
  [/^\(garbage collector\)$/, 'ramasse-miettes'],
  [/^\(idle\)$/, null],
  [/^\(program\)$/, 'code natif sans pile (noyau, chiffrement, écritures)'],
  [/\/node_modules\/(@[^/]+\/[^/]+|[^/]+)\//, (found) => PACKAGES[found[1]] ?? `paquet ${found[1]}`],
  [/\/dist\/(libs|apps)\/([^/]+)\//, (found) => `notre code, ${found[2]}`],
  [
    /^node:(internal\/)?(fs|streams?|zlib|crypto|http|net|dns|timers|process|async_hooks|buffer)/,
    (found) => `Node, ${found[2]}`,
  ],
  [/^node:internal\/deps\/undici/, 'Node, fetch (undici)'],
  [/^node:(internal\/)?([a-z_]+)/, (found) => `Node, ${found[2]}`],
];
const PACKAGES = {
  bullmq: 'files (bullmq, ioredis, msgpackr)',
  ioredis: 'files (bullmq, ioredis, msgpackr)',
  'redis-parser': 'files (bullmq, ioredis, msgpackr)',
  msgpackr: 'files (bullmq, ioredis, msgpackr)',
  typeorm: 'base (typeorm, pg)',
  pg: 'base (typeorm, pg)',
  'pg-protocol': 'base (typeorm, pg)',
  'pg-pool': 'base (typeorm, pg)',
  'pg-types': 'base (typeorm, pg)',
  fastify: 'portes HTTP (fastify, nest)',
  '@nestjs/core': 'portes HTTP (fastify, nest)',
  '@fastify/multipart': 'multipart (busboy)',
  '@fastify/busboy': 'multipart (busboy)',
  xmlbuilder2: 'XML (xmlbuilder2, saxes)',
  saxes: 'XML (xmlbuilder2, saxes)',
  pino: 'journal (pino)',
  'sonic-boom': 'journal (pino)',
};

function placeOf({ functionName, url }) {
  for (const [pattern, place] of PLACES) {
    const found = pattern.exec(functionName) ?? pattern.exec(url);
    if (found) return typeof place === 'function' ? place(found) : place;
  }
  return 'Node, code natif appelé';
}

/** Les millisecondes de processeur par emploi, d'un ou plusieurs profils, le plus cher d'abord. L'oisiveté n'y est pas. */
exports.costsOf = function costsOf(files) {
  const costs = new Map();
  for (const file of files) {
    const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'));
    const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
    samples.forEach((id, index) => {
      const place = places.get(id);
      if (place !== null) costs.set(place, (costs.get(place) ?? 0) + timeDeltas[index] / 1000);
    });
  }
  return [...costs].sort(([, one], [, other]) => other - one).map(([nom, ms]) => ({ nom, ms }));
};
