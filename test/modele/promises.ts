import type { World } from './world';

/** Les promesses qui se lisent dans un seul monde. Chacune rend ce qui la rompt, ou rien. */
const PROMISES: readonly ((world: World) => string | null)[] = [
  ({ fates }) =>
    fates.filter((fate) => fate === 'taken' || fate === 'accused').length > 1
      ? 'la préfecture n’a jamais deux archives du même acte'
      : null,
  ({ mails }) =>
    mails.some(({ isAcknowledged, here }) => isAcknowledged && here === 'absent')
      ? 'un retour acquitté en amont est chez nous'
      : null,
  ({ accusesApplied }) => (accusesApplied > 1 ? 'un accusé ne s’applique qu’une fois' : null),
  ({ state, fates, cycle }) =>
    state === 'awaiting-ack' && fates[cycle - 1] === 'absent'
      ? 'on n’attend un accusé que d’une archive arrivée'
      : null,
  ({ state, envoi }) =>
    (envoi !== 'none') === (state === 'sending' || state === 'uncertain')
      ? null
      : 'un envoi est ouvert tant que son issue est inconnue, et alors seulement',
  (world) =>
    isAtRest(world) && world.mails.some(({ kind }) => kind === 'ar') && world.state !== 'acknowledged'
      ? 'un accusé émis finit par acquitter l’acte'
      : null,
];

/** La première promesse que ce monde rompt, ou `null`. */
export function brokenIn(world: World): string | null {
  for (const promise of PROMISES) {
    const broken = promise(world);
    if (broken !== null) return broken;
  }
  return null;
}

const RESTS: readonly string[] = ['acknowledged', 'rejected', 'held'];

/** Plus rien ne bouge de soi-même, et c'est bien : tout est rendu, lu, classé, et l'acte est à sa fin ou attend une personne. */
export function isAtRest(world: World, isMute = false): boolean {
  return (
    (RESTS.includes(world.state) || (isMute && world.state === 'uncertain')) &&
    world.workers.every(({ stage }) => stage === 'idle') &&
    world.collector.stage === 'idle' &&
    world.sweeper.stage === 'idle' &&
    world.orphans.length === 0 &&
    !world.fates.includes('taken') &&
    world.mails.every(
      ({ isAcknowledged, here }) => isAcknowledged && here !== 'absent' && here !== 'received',
    )
  );
}
