import { stepsFrom } from './explore';
import { callsOf, PORT_STEPS, portStepsBetween } from './port-calls';
import type { Story } from './port-stories';
import { STORIES, Watched } from './port-stories';
import type { Lectures } from './retour-steps';
import { readLectures } from './retour-steps';
import type { World } from './world';
import { newWorld } from './world';

/*
 * Ce qui empêche le modèle de mentir : chaque histoire se joue dans le modèle, pas après pas, et par les vrais cas d'usage sur les livres en
 * mémoire. Les appels de port doivent être les mêmes, dans le même ordre, et les deux arriver au même état. Un appel ajouté, une intention
 * écrite après l'envoi, et l'histoire ne concorde plus.
 */

/** Joue l'histoire dans le modèle. @returns le monde d'arrivée, et les pas faits après la mise en place. */
function playModel(
  story: Story,
  lectures: Lectures,
): { readonly world: World; readonly portSteps: readonly string[] } {
  const setting = { bounds: { cycles: 1, turns: 60, echoes: 1, isMute: story.isMute === true } };
  let world = newWorld(setting.bounds);
  let portSteps: string[] = [];
  const take = (fragment: string): void => {
    const step = stepsFrom(world, setting, lectures).find(({ label }) => label.includes(fragment));
    if (!step) throw new Error(`le modèle ne sait pas « ${fragment} » depuis ${world.state}`);
    portSteps.push(...portStepsBetween(world, step.next));
    world = step.next;
  };
  for (const fragment of story.model) {
    if (fragment === '—') {
      portSteps = [];
      continue;
    }
    if (fragment.includes(': prend ') && world.job === 'outbox') take('porte le travail');
    if (fragment.includes(': prend le retour')) take('porte le retour');
    take(fragment);
  }
  return { world, portSteps };
}

describe('le modèle fait les appels de port des vrais cas d’usage, dans leur ordre', () => {
  let lectures: Lectures;

  beforeAll(async () => {
    lectures = await readLectures();
  });

  it('chaque pas du modèle est de l’une de ces histoires', () => {
    const played = new Set(STORIES.flatMap((story) => playModel(story, lectures).portSteps));
    expect(PORT_STEPS.filter((step) => !played.has(step))).toEqual([]);
  });

  it.each(STORIES.map((story) => [story.title, story] as const))('%s', async (_title, story) => {
    const { world, portSteps } = playModel(story, lectures);
    const watched = new Watched();
    const { service } = watched;
    await service.depositReference();
    await story.prepare(watched);
    watched.calls = [];
    await story.run(watched);
    expect(watched.calls).toEqual(portSteps.flatMap(callsOf));
    const { state, turn, cycle, isOverdue } = service.transmission();
    expect({ state, turn, cycle, isOverdue }).toEqual({
      state: world.state,
      turn: world.turn,
      cycle: world.cycle,
      isOverdue: world.isOverdue,
    });
    const kept = world.mails.map(({ here }) => here).filter((here) => here !== 'absent');
    expect(service.retourStates()).toEqual(kept);
    const isOpen = service.ledger.envois.some(({ closed }) => closed === null);
    expect(isOpen).toBe(world.envoi !== 'none');
  });
});
