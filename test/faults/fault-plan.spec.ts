import { describeFault, planFaults } from './fault-plan';

const all = (): boolean => true;

describe('le plan du marteau', () => {
  it('ne tient qu’à sa graine : la même le rejoue, une autre en fait un autre', () => {
    expect(planFaults(7, 2_000, 100, all)).toEqual(planFaults(7, 2_000, 100, all));
    expect(planFaults(8, 2_000, 100, all)).not.toEqual(planFaults(7, 2_000, 100, all));
  });

  it('frappe dans l’ordre, avant le dernier acte, et de toutes les sortes', () => {
    const plan = planFaults(1, 2_000, 100, all);
    const moments = plan.map(({ afterActes }) => afterActes);
    expect(moments).toEqual([...moments].sort((a, b) => a - b));
    expect(moments.at(-1)).toBeLessThan(2_000);
    expect(new Set(plan.map(({ kind }) => kind)).size).toBe(16);
  });

  it('laisse de côté ce que la machine ne permet pas', () => {
    const plan = planFaults(1, 2_000, 100, (kind) => kind !== 'horloge');
    expect(plan).toHaveLength(100);
    expect(plan.filter(({ kind }) => kind === 'horloge')).toEqual([]);
  });

  it('se dit en français', () => {
    const [first] = planFaults(3, 10, 1, (kind) => kind === 'vider-redis');
    expect(first && describeFault(first)).toBe('FLUSHALL redis');
  });
});
