import { randomUUID } from 'node:crypto';
import { checkHandlings } from '../worker/job-runner';
import type { JobHandling } from '../worker/job-runner';
import { CONTRACTS } from './contracts';
import { jobIdOf, QUEUE_NAMES } from './job-contract';

const TRACE_ID = 'a'.repeat(32);
const handling = (queue: JobHandling['queue']): JobHandling => ({
  queue,
  process: () => Promise.resolve({ kind: 'done' }),
});
const all = QUEUE_NAMES.map(handling);

describe('le contrat de chaque file', () => {
  it.each(QUEUE_NAMES)('%s porte son nom, sa raison et des chiffres qui se tiennent', (name) => {
    const { queue, reason, attempts, backoffMs, timeoutMs, concurrency } = CONTRACTS[name];
    expect(queue).toBe(name);
    expect(reason).toMatch(/^[A-ZÀ-Ý].+\.$/);
    for (const figure of [attempts, backoffMs, timeoutMs, concurrency])
      expect(figure).toBeGreaterThanOrEqual(1);
    expect(concurrency).toBeLessThanOrEqual(12);
  });

  it.each(QUEUE_NAMES)('%s n’admet que la version, la trace et l’identité de sa cible', (name) => {
    const { payload, target } = CONTRACTS[name];
    const valid = { version: 1, ...(target === null ? {} : { [target]: randomUUID() }) };
    for (const trace of [{}, { traceId: null }, { traceId: TRACE_ID }]) {
      expect(payload.safeParse({ ...valid, ...trace }).success).toBe(true);
    }
    const bad: unknown[] = [
      null,
      {},
      { ...valid, version: 2 },
      { ...valid, traceId: 'court' },
      { ...valid, objet: 'Convention' },
      { ...valid, xml: '<actes:Acte/>' },
      { ...valid, email: 'a@example.org' },
    ];
    if (target !== null) {
      bad.push(
        { version: 1 },
        { ...valid, [target]: 'pas-une-identite' },
        { ...valid, [target]: 12 },
        { ...valid, [target]: null },
      );
    }
    for (const other of ['transmissionId', 'retourId', 'deliberationId']) {
      if (other !== target) bad.push({ ...valid, [other]: randomUUID() });
    }
    expect(bad.filter((candidate) => payload.safeParse(candidate).success)).toEqual([]);
  });
});

describe('l’identité d’un travail', () => {
  it('dit la file, la cible et le tour, sous une forme que BullMQ admet', () => {
    const id = jobIdOf('seal-enveloppe', '0190b3a2-0000-7000-8000-000000000001', 3);
    expect(id).toBe('seal-enveloppe.0190b3a2-0000-7000-8000-000000000001.3');
    for (const name of QUEUE_NAMES) expect(jobIdOf(name, 'x', 1)).not.toMatch(/:|^\d+$/);
  });
});

describe('le registre des traitements', () => {
  it('admet un traitement par file', () => {
    expect(() => {
      checkHandlings(all);
    }).not.toThrow();
  });

  it('refuse de démarrer en nommant toutes les files mal pourvues', () => {
    const [first, second, ...rest] = all;
    if (!first || !second) throw new Error('sans file');
    expect(() => {
      checkHandlings([...rest, second, second]);
    }).toThrow(
      'Files mal pourvues : seal-enveloppe : 0 traitement(s), il en faut un ; submit-enveloppe : 2 traitement(s), il en faut un',
    );
    expect(() => {
      checkHandlings([]);
    }).toThrow(/sweep-deadlines/);
  });
});
