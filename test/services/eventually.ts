import { setTimeout as delay } from 'node:timers/promises';

/** Attend qu'une condition soit vraie, et échoue en la nommant si elle ne l'est pas à temps. Sert à ne jamais dormir au hasard. */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 15_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Attendu en vain pendant ${withinMs} ms : ${what}`);
    await delay(20);
  }
}
