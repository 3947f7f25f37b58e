import type { Log } from '@teletransmission/kernel';
import type { CircuitNews, CircuitWatch, Guichet, SubmitAnswer } from '@teletransmission/teletransmission';
import { ScriptedPrefecture } from '@teletransmission/testkit';
import { Readable } from 'node:stream';
import { GatewayFailure } from '../gateway-failure';
import { BreakerGateway } from './breaker-gateway';
import { guichetKey, LIAISON_DIRECTE } from '@teletransmission/teletransmission';

const NOM = 'TLT-TACT--213402761--20221102-1.tar.gz';
const lines: string[] = [];
const log: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (message) => lines.push(message),
  with: () => log,
};

class Recording implements CircuitWatch {
  readonly news: (readonly [string, CircuitNews])[] = [];
  failure: Error | null = null;
  report(guichet: Guichet, news: CircuitNews): Promise<void> {
    this.news.push([guichetKey(guichet), news]);
    return this.failure ? Promise.reject(this.failure) : Promise.resolve();
  }
}

const ANSWERS: readonly (readonly [SubmitAnswer, CircuitNews['kind']])[] = [
  [{ kind: 'accepted', code: 'prefecture/http-201' }, 'answered'],
  [{ kind: 'refused', code: 'prefecture/http-413', detail: 'Trop lourde.' }, 'answered'],
  [{ kind: 'deferred', code: 'prefecture/unreachable', detail: 'Injoignable.' }, 'failed'],
  [{ kind: 'lost', code: 'prefecture/answer-lost', detail: 'Perdue.' }, 'failed'],
];

describe('la liaison et son disjoncteur', () => {
  const submit = (gateway: BreakerGateway, departement?: string): Promise<SubmitAnswer> =>
    gateway.submit(
      {
        kind: 'archive',
        nom: NOM,
        tailleOctets: 1,
        content: Readable.from([Buffer.from('x')]),
        ...(departement === undefined ? {} : { departement }),
      },
      new AbortController().signal,
    );

  it.each(ANSWERS)('%j est une nouvelle « %s »', async (answer, kind) => {
    const [inner, watch] = [new ScriptedPrefecture(), new Recording()];
    inner.answer(answer);
    expect(await submit(new BreakerGateway(inner, LIAISON_DIRECTE, watch, log), '034')).toEqual(answer);
    expect(watch.news).toMatchObject([['directe/034', { kind }]]);
  });

  it('rend la réponse même quand le disjoncteur ne peut la noter, et le dit', async () => {
    const watch = new Recording();
    watch.failure = new Error('base');
    const answer = await submit(
      new BreakerGateway(new ScriptedPrefecture(), LIAISON_DIRECTE, watch, log),
      '034',
    );
    expect(answer.kind).toBe('accepted');
    expect(lines).toEqual(['disjoncteur non mis à jour']);
  });

  it('ne dit rien d’un envoi dont elle ignore la préfecture', async () => {
    const watch = new Recording();
    await submit(new BreakerGateway(new ScriptedPrefecture(), LIAISON_DIRECTE, watch, log));
    expect(watch.news).toEqual([]);
  });

  it('compte une recherche qui échoue, et ne conclut rien de celle qui aboutit', async () => {
    const [inner, watch] = [new ScriptedPrefecture(), new Recording()];
    const gateway = new BreakerGateway(inner, LIAISON_DIRECTE, watch, log);
    expect(await gateway.lookUp(NOM, '034')).toBe('absent');
    inner.lookUp = () => Promise.reject(new GatewayFailure('prefecture/unreachable'));
    await expect(gateway.lookUp(NOM, '034')).rejects.toThrow(GatewayFailure);
    expect(watch.news).toMatchObject([
      ['directe/034', { kind: 'failed', archive: NOM, code: 'prefecture/unreachable' }],
    ]);
  });
});
