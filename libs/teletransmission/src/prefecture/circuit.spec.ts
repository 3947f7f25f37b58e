import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { Circuit, CircuitPolicy } from './circuit';
import { circuitAfter, CLOSED_CIRCUIT, lineUp, probedBy, probeDateOf } from './circuit';

const AT = '2026-12-31T22:59:30.000Z' as Instant;
const POLICY: CircuitPolicy = {
  failures: 3,
  periodMs: 300_000,
  firstDelayMs: 30_000,
  maxDelayMs: 900_000,
  probeLeaseMs: 240_000,
};
const fail = (circuit: Circuit, archive: string, at: Instant = AT): Circuit =>
  circuitAfter(
    circuit,
    { kind: 'failed', archive, code: 'prefecture/unreachable', detail: 'Injoignable.' },
    at,
    POLICY,
    '034',
  );
const answer = (circuit: Circuit): Circuit => circuitAfter(circuit, { kind: 'answered' }, AT, POLICY, '034');
const open = (): Circuit =>
  ['a', 'b', 'c'].reduce((circuit, archive) => fail(circuit, archive), CLOSED_CIRCUIT);
const delayOf = ({ probeAt }: Circuit, at: Instant): number => Date.parse(probeAt ?? at) - Date.parse(at);

describe('le disjoncteur d’une préfecture', () => {
  it('s’ouvre au troisième échec de suite, d’archives différentes, et dit la prochaine sonde', () => {
    const second = fail(fail(CLOSED_CIRCUIT, 'a'), 'b');
    expect(second.state).toBe('closed');
    const circuit = fail(second, 'c');
    expect(circuit).toMatchObject({ state: 'open', openings: 1, code: 'prefecture/unreachable' });
    expect(delayOf(circuit, AT)).toBeGreaterThanOrEqual(22_500);
    expect(delayOf(circuit, AT)).toBeLessThanOrEqual(37_500);
  });

  it('ne s’ouvre jamais pour un acte empoisonné, seul à échouer', () => {
    const circuit = Array.from({ length: 50 }).reduce<Circuit>(
      (current) => fail(current, 'a'),
      CLOSED_CIRCUIT,
    );
    expect(circuit).toMatchObject({ state: 'closed', failed: ['a'] });
  });

  it('recompte à partir de rien après une réponse, fût-elle un refus, et après la période', () => {
    expect(fail(answer(fail(fail(CLOSED_CIRCUIT, 'a'), 'b')), 'c').state).toBe('closed');
    expect(fail(fail(fail(CLOSED_CIRCUIT, 'a'), 'b'), 'c', addMs(AT, POLICY.periodMs)).failed).toEqual(['c']);
    expect(answer(CLOSED_CIRCUIT)).toBe(CLOSED_CIRCUIT);
  });

  it('ouvert, n’apprend rien des envois déjà partis, et se referme de celui qui aboutit', () => {
    expect(fail(open(), 'd')).toEqual(open());
    expect(answer(open())).toEqual(CLOSED_CIRCUIT);
  });

  it('ne laisse passer qu’une sonde, à sa date', () => {
    const circuit = open();
    const due = circuit.probeAt ?? AT;
    expect(probedBy(circuit, 'd', addMs(due, -1), POLICY)).toBeNull();
    const probing = probedBy(circuit, 'd', due, POLICY);
    expect(probing).toMatchObject({ state: 'half-open', probeAt: addMs(due, POLICY.probeLeaseMs) });
    expect(probing && probedBy(probing, 'e', addMs(due, 1_000), POLICY)).toBeNull();
    expect(probing && probedBy(probing, 'e', addMs(due, POLICY.probeLeaseMs), POLICY)).not.toBeNull();
  });

  it('préfère pour sonde un acte que rien n’accuse', () => {
    const circuit = open();
    const due = circuit.probeAt ?? AT;
    expect(probedBy(circuit, 'c', due, POLICY)).toBeNull();
    expect(probedBy(circuit, 'c', addMs(due, 15_000), POLICY)).not.toBeNull();
  });

  it('sonde de moins en moins souvent, sans jamais dépasser le plafond', () => {
    let circuit = open();
    const delays = Array.from({ length: 12 }, () => {
      const at = circuit.probeAt ?? AT;
      circuit = fail(probedBy(circuit, 'z', at, POLICY) ?? circuit, 'z', at);
      return delayOf(circuit, at);
    });
    expect(delays[1]).toBeGreaterThan((delays[0] ?? 0) * 1.1);
    expect(delays[3]).toBeGreaterThan((delays[1] ?? 0) * 1.5);
    expect(Math.max(...delays)).toBeLessThanOrEqual(POLICY.maxDelayMs * 1.25);
    expect(circuit.openings).toBe(13);
  });

  it('étale les retours : dix mille actes qui attendent ne reviennent pas ensemble', () => {
    let circuit = open();
    const dates = Array.from({ length: 10_000 }, (_, index) => {
      const lined = lineUp(circuit, `acte-${index}`, AT);
      circuit = lined.circuit;
      return lined.until;
    });
    expect(dates[0]).toBe(probeDateOf(open(), 'acte-0'));
    expect(new Set(dates).size).toBe(10_000);
  });
});
