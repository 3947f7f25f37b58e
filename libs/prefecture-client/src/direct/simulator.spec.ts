import type { SubmitAnswer } from '@teletransmission/teletransmission';
import { Readable } from 'node:stream';
import { anArchive } from '../../../../apps/prefecture-simulator/test/an-archive';
import { RunningSimulator } from '../../../../apps/prefecture-simulator/test/running-simulator';
import { GatewayFailure } from '../gateway-failure';
import { DirectGateway } from './direct-gateway';

const JETON = 'jeton-d-essai';

let simulator: RunningSimulator;
let gateway: DirectGateway;
beforeEach(async () => {
  simulator = await RunningSimulator.start({ jeton: JETON });
  gateway = gatewayWith(JETON);
});
afterEach(() => simulator.stopAndForget());

function gatewayWith(jeton: string | null): DirectGateway {
  return new DirectGateway({ url: simulator.url, jeton, delaiMs: 5_000 });
}

function submit({ nom, octets }: { nom: string; octets: Buffer }, through = gateway): Promise<SubmitAnswer> {
  const content = Readable.from([octets], { objectMode: false });
  return through.submit({ kind: 'archive', nom, tailleOctets: octets.length, content });
}

const play = (scenario: string): Promise<number> => simulator.pilote('PUT', 'defaut', { scenario });

describe('la liaison directe et le simulateur s’entendent', () => {
  it('un dépôt pris se retrouve, un dépôt jamais fait est absent', async () => {
    const archive = await anArchive();
    expect(await gateway.lookUp(archive.nom)).toBe('absent');
    expect(await submit(archive)).toEqual({ kind: 'accepted', code: 'prefecture/http-201' });
    expect(await gateway.lookUp(archive.nom)).toBe('present');
    expect(await gateway.lookUp(archive.nom.replace('XYZ', 'ABC'))).toBe('absent');
  });

  it('les mêmes octets représentés sont pris une fois ; d’autres octets sous le même nom sont refusés', async () => {
    const archive = await anArchive();
    await submit(archive);
    expect(await submit(archive)).toMatchObject({ kind: 'accepted' });
    expect((await simulator.registre()).archives).toHaveLength(1);
    const other = { nom: archive.nom, octets: Buffer.concat([archive.octets, Buffer.from('x')]) };
    expect(await submit(other)).toMatchObject({ kind: 'refused', code: 'prefecture/http-409' });
  });

  it.each([
    ['erreur-avant', 'deferred', 'absent'],
    ['coupure-avant', 'lost', 'absent'],
    ['erreur-apres', 'lost', 'present'],
    ['coupure-apres', 'lost', 'present'],
  ])('panne « %s » : l’envoi est « %s », et la recherche dit « %s »', async (scenario, kind, found) => {
    expect(await play(scenario)).toBeLessThan(300);
    const archive = await anArchive();
    expect((await submit(archive)).kind).toBe(kind);
    expect(await gateway.lookUp(archive.nom)).toBe(found);
  });

  it('un retour s’annonce, se lit tel quel, et disparaît une fois acquitté, deux fois valant une', async () => {
    await submit(await anArchive());
    await simulator.judged();
    const {
      entries: [pending, ...rest],
      next,
    } = await gateway.pendingRetours(50, null);
    if (pending?.kind !== 'retour') throw new Error('sans retour');
    expect([rest, next]).toEqual([[], null]);
    const chunks: Buffer[] = [];
    for await (const chunk of (await gateway.fetchRetour(pending.sourceId)) as AsyncIterable<Buffer>)
      chunks.push(chunk);
    expect(Buffer.concat(chunks)).toEqual(await simulator.octets(pending.sourceId));
    await gateway.acknowledgeRetour(pending.sourceId);
    await gateway.acknowledgeRetour(pending.sourceId);
    expect(await gateway.pendingRetours(50, null)).toEqual({ entries: [], next: null });
  });

  it('un jeton refusé remet l’envoi à plus tard, et ne prouve rien d’une archive', async () => {
    const stranger = gatewayWith('autre-jeton');
    const archive = await anArchive();
    expect(await submit(archive, stranger)).toMatchObject({ kind: 'deferred', code: 'prefecture/http-401' });
    await expect(stranger.lookUp(archive.nom)).rejects.toThrow(GatewayFailure);
    await expect(stranger.pendingRetours(1, null)).rejects.toThrow(GatewayFailure);
    expect(await gateway.lookUp(archive.nom)).toBe('absent');
  });

  it('une mauvaise adresse de base ne fait jamais passer une archive pour absente', async () => {
    const archive = await anArchive();
    await submit(archive);
    const lost = new DirectGateway({ url: `${simulator.url}/ailleurs`, jeton: JETON, delaiMs: 5_000 });
    expect(await lost.lookUp(archive.nom)).toBe('unknown');
  });
});
