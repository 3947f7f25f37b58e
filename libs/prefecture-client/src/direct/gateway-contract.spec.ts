import type { Parcel } from '@teletransmission/testkit';
import { describeGatewayContract } from '@teletransmission/testkit';
import { DIRECT_TRAITS } from '@teletransmission/teletransmission';
import { addMs } from '@teletransmission/kernel';
import { Readable } from 'node:stream';
import { anArchive } from '../../../../apps/prefecture-simulator/test/an-archive';
import type { Archive } from '../../../../apps/prefecture-simulator/test/an-archive';
import { RunningSimulator } from '../../../../apps/prefecture-simulator/test/running-simulator';
import { ScriptedServer } from '../../test/scripted-server';
import { DirectGateway } from './direct-gateway';

/** Ce que le vrai simulateur joue de chaque sort ; un refus est d'autres octets sous le même nom. */
const SCENARIOS = {
  deferred: 'erreur-avant',
  'lost-before': 'coupure-avant',
  'lost-after': 'coupure-apres',
} as const;

const HOUR_MS = 3_600_000;

let simulator: RunningSimulator;
let line: ScriptedServer;
let cuts = false;
afterEach(async () => {
  await line.stop();
  await simulator.stopAndForget();
});

/** Un fil vers le simulateur, qui peut couper un retour au milieu. */
async function openLine(): Promise<void> {
  line = await ScriptedServer.start();
  line.script = async (request, response) => {
    const upstream = await fetch(`${simulator.url}${request.url ?? ''}`, { method: request.method ?? 'GET' });
    const bytes = Buffer.from(await upstream.arrayBuffer());
    const isCut = cuts && /\/actes\/retours\/[^/?]+$/.test(request.url ?? '');
    const type = upstream.headers.get('content-type') ?? 'application/octet-stream';
    const headers = { 'content-type': type, 'content-length': String(bytes.length) };
    response.writeHead(upstream.status, upstream.status === 204 ? {} : headers);
    if (!isCut) response.end(bytes);
    else {
      cuts = false;
      response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    }
  };
}

describeGatewayContract('la directe, vers le vrai simulateur', async () => {
  simulator = await RunningSimulator.start();
  await openLine();
  const archives = new Map<string, Archive>();
  const upload = new DirectGateway({ url: simulator.url, jeton: null, delaiMs: 5_000 });
  const collect = new DirectGateway({ url: line.url, jeton: null, delaiMs: 5_000 });
  const opening = simulator.clock.now();
  let numero = 0;
  /** Chaque archive a son heure de réponse, la dernière prête la première : rien ne répond de soi-même. */
  const delayOf = (rank: number): number => (100 - rank) * HOUR_MS;
  const ranks = new Map<string, number>();
  return {
    // Les envois vont droit au simulateur, qui joue leurs sorts ; ce qu'on relève passe par le fil.
    gateway: Object.assign(Object.create(collect) as DirectGateway, { submit: upload.submit.bind(upload) }),
    traits: DIRECT_TRAITS,
    parcel: async (answers = 1): Promise<Parcel> => {
      numero += 1;
      const archive = await anArchive({ numeroEnveloppe: numero, numeroInterne: `CONTRAT_${numero}` });
      const { nom, octets } = archive;
      archives.set(nom, archive);
      ranks.set(nom, numero);
      const scenario = answers === 1 ? 'retard' : 'double';
      await simulator.pilote('PUT', `scenarios/${nom}`, { scenario, delaiMs: delayOf(numero) });
      const outgoing = () => ({
        kind: 'archive' as const,
        nom,
        tailleOctets: octets.length,
        content: Readable.from([octets], { objectMode: false }),
      });
      return { nom, outgoing };
    },
    befall: async (mishap, { nom }) => {
      const archive = archives.get(nom);
      if (!archive) throw new Error('colis inconnu');
      if (mishap === 'refused')
        await simulator.depose({ nom, octets: Buffer.concat([archive.octets, Buffer.from('x')]) });
      else await simulator.pilote('PUT', `scenarios/${nom}`, { scenario: SCENARIOS[mishap], fois: 1 });
    },
    answer: async ({ nom }) => {
      const before = new Set((await simulator.retours('?limite=500')).map(({ id }) => id));
      simulator.clock.set(addMs(opening, delayOf(ranks.get(nom) ?? 0) + HOUR_MS / 2));
      const fresh = (await simulator.retours('?limite=500')).filter(({ id }) => !before.has(id));
      return Promise.all(fresh.map(({ id }) => simulator.octets(id)));
    },
    cutNext: () => {
      cuts = true;
    },
    deaf: () => new DirectGateway({ url: `${simulator.url}/ailleurs`, jeton: null, delaiMs: 5_000 }),
  };
});
