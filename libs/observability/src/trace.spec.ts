import { EventEmitter, once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { TRACE, traceOfParent, withTrace } from './trace';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);

describe('la trace', () => {
  it('n’existe que le temps d’un travail', () => {
    expect(TRACE.current()).toBeNull();
    expect(withTrace(A, () => TRACE.current())).toBe(A);
    expect(TRACE.current()).toBeNull();
  });

  it('traverse les attentes, les minuteries et les événements', async () => {
    const emitter = new EventEmitter();
    const seen = withTrace(A, async () => {
      const traces = [TRACE.current()];
      await nextTurn();
      traces.push(TRACE.current());
      await new Promise((resolve) => setTimeout(resolve, 0));
      traces.push(TRACE.current());
      await once(emitter, 'signal');
      return [...traces, TRACE.current()];
    });
    await nextTurn();
    await new Promise((resolve) => setTimeout(resolve, 5));
    emitter.emit('signal');
    expect(await seen).toEqual([A, A, A, A]);
  });

  it('de deux travaux entrelacés ne se mêle pas', async () => {
    const work = async (): Promise<string | null> => {
      for (let n = 0; n < 5; n += 1) await nextTurn();
      return TRACE.current();
    };
    expect(await Promise.all([withTrace(A, work), withTrace(B, work), work()])).toEqual([A, B, null]);
  });

  it.each([null, undefined, '', 'ZZ', 'a'.repeat(31), `${A}a`, 'A'.repeat(32)])(
    'neuve quand celle donnée ne se lit pas : %s',
    (given) => {
      const trace = withTrace(given, () => TRACE.current());
      expect(trace).toMatch(/^[0-9a-f]{32}$/);
      expect(trace).not.toBe(withTrace(given, () => TRACE.current()));
    },
  );

  it('se lit dans un en-tête traceparent, et nulle part ailleurs', () => {
    const span = 'c'.repeat(16);
    expect(traceOfParent(`00-${A}-${span}-01`)).toBe(A);
    for (const header of [
      undefined,
      '',
      A,
      `01-${A}-${span}-01`,
      `00-${A}-${span}`,
      `00-${'0'.repeat(32)}-${span}-01`,
      `00-${A}-${span}-01, 00`,
    ]) {
      expect(traceOfParent(header)).toBeNull();
    }
  });
});
