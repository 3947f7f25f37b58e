import { Turns } from './turns';

describe('les tours', () => {
  it('se prennent un à la fois, dans l’ordre où on les demande', async () => {
    const turns = new Turns();
    const passed: string[] = [];
    const pass = async (nom: string): Promise<void> => {
      const turn = await turns.take(60_000);
      passed.push(`${nom} entre`);
      await Promise.resolve();
      passed.push(`${nom} sort`);
      turn?.release();
    };
    await Promise.all([pass('a'), pass('b'), pass('c')]);
    expect(passed).toEqual(['a entre', 'a sort', 'b entre', 'b sort', 'c entre', 'c sort']);
  });

  it('qui ne vient pas à temps se refuse, et ne prend pas la place du suivant', async () => {
    const turns = new Turns();
    const held = await turns.take(0);
    expect(await turns.take(0)).toBeNull();
    const next = turns.take(60_000);
    held?.release();
    expect(await next).not.toBeNull();
  });
});
