import { brokenIn, isAtRest } from './promises';
import type { Lectures } from './retour-steps';
import { applyingSteps, collectingSteps } from './retour-steps';
import { deathOf, sendingSteps } from './sending-steps';
import type { Setting, Step } from './step';
import { backgroundSteps, operatorSteps, prefectureSteps } from './surrounding-steps';
import type { World } from './world';
import { keyOf, newWorld } from './world';

/** Une promesse rompue, et le plus court chemin qui y mène, un pas par ligne. */
export interface CounterExample {
  readonly broken: string;
  readonly path: readonly string[];
}

export interface Exploration {
  readonly worlds: number;
  readonly steps: number;
  readonly rests: number;
  /** Les états de la transmission rencontrés. */
  readonly states: ReadonlySet<string>;
  readonly counterExample: CounterExample | null;
}

const NO_WAY_OUT = 'de partout, une fois le calme revenu, l’acte arrive à sa fin ou devant une personne';

/** Tous les pas possibles depuis ce monde. */
export function stepsFrom(world: World, setting: Setting, lectures: Lectures): readonly Step[] {
  const ofWorkers = [0, 1].flatMap((index) => {
    const name = `travailleur ${'AB'[index] ?? ''}`;
    return [
      ...sendingSteps(world, index, setting),
      ...applyingSteps(world, index, setting, lectures),
      ...deathOf(world, index),
    ].map((step) => ({ ...step, label: `${name} : ${step.label}` }));
  });
  return [
    ...ofWorkers,
    ...collectingSteps(world, setting),
    ...backgroundSteps(world, setting),
    ...prefectureSteps(world, setting),
    ...operatorSteps(world, setting),
  ];
}

/**
 * Parcourt en largeur tous les mondes atteignables, s'arrête à la première promesse rompue, puis vérifie en remontant qu'aucun n'est sans
 * issue. En largeur, le contre-exemple est le plus court.
 */
export function explore(setting: Setting, lectures: Lectures): Exploration {
  const first = newWorld(setting.bounds);
  const rankOf = new Map<string, number>([[keyOf(first), 0]]);
  const parents: number[] = [-1];
  const labels: string[] = [''];
  const calmFrom: number[] = [];
  const calmTo: number[] = [];
  const rests: number[] = [];
  const states = new Set<string>();
  let stepCount = 0;
  const pathTo = (rank: number, ...last: readonly string[]): readonly string[] => {
    const path = [...last];
    for (let at = rank; at > 0; at = parents[at] ?? 0) path.unshift(labels[at] ?? '');
    return path;
  };
  const report = (counterExample: CounterExample | null): Exploration => ({
    worlds: rankOf.size,
    steps: stepCount,
    rests: rests.length,
    states,
    counterExample,
  });
  let frontier: readonly (readonly [number, World])[] = [[0, first]];
  while (frontier.length > 0) {
    const next: [number, World][] = [];
    for (const [rank, world] of frontier) {
      states.add(world.state);
      if (isAtRest(world, setting.bounds.isMute)) rests.push(rank);
      for (const step of stepsFrom(world, setting, lectures)) {
        stepCount += 1;
        if (step.broken !== undefined) return report({ broken: step.broken, path: pathTo(rank, step.label) });
        const key = keyOf(step.next);
        let to = rankOf.get(key);
        if (to === undefined) {
          const broken = brokenIn(step.next);
          if (broken !== null) return report({ broken, path: pathTo(rank, step.label) });
          to = rankOf.size;
          rankOf.set(key, to);
          parents.push(rank);
          labels.push(step.label);
          next.push([to, step.next]);
        }
        if (!step.isCalm || to === rank) continue;
        calmFrom.push(rank);
        calmTo.push(to);
      }
    }
    frontier = next;
  }
  const stuck = firstStuck(rankOf.size, calmFrom, calmTo, rests);
  return report(stuck === null ? null : { broken: NO_WAY_OUT, path: pathTo(stuck) });
}

/** Le premier monde d'où aucune suite de pas sans panne ne mène au repos, ou `null`. */
function firstStuck(
  count: number,
  from: readonly number[],
  to: readonly number[],
  rests: readonly number[],
): number | null {
  const offsets = new Int32Array(count + 1);
  for (const target of to) offsets[target + 1] = (offsets[target + 1] ?? 0) + 1;
  for (let i = 0; i < count; i += 1) offsets[i + 1] = (offsets[i + 1] ?? 0) + (offsets[i] ?? 0);
  const fill = offsets.slice();
  const sources = new Int32Array(from.length);
  to.forEach((target, edge) => {
    const at = fill[target] ?? 0;
    sources[at] = from[edge] ?? 0;
    fill[target] = at + 1;
  });
  const isSaved = new Uint8Array(count);
  const stack = [...rests];
  for (const rest of rests) isSaved[rest] = 1;
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    for (let edge = offsets[at] ?? 0; edge < (offsets[at + 1] ?? 0); edge += 1) {
      const source = sources[edge] ?? 0;
      if (isSaved[source] === 1) continue;
      isSaved[source] = 1;
      stack.push(source);
    }
  }
  const stuck = isSaved.indexOf(0);
  return stuck === -1 ? null : stuck;
}
