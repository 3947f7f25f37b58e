import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawRooms } from './draw-rooms';
import { read, ROOT } from './project-files';
import type { House } from './room-graph';
import { houseOf, knotsOf, readHouses, readPassages } from './room-graph';

/** Chaque passage d'un nœud, tel qu'on le défait : le fichier, et ce qu'il prend. */
function toldOf(house: House): readonly string[] {
  return knotsOf(house).flatMap((knot) =>
    knot.flatMap((room) =>
      [...(house.passages.get(room) ?? [])]
        .filter(([other]) => knot.includes(other))
        .flatMap(([, passages]) => passages.map(({ from, to }) => `${from} → ${to}`)),
    ),
  );
}

describe('les salles', () => {
  it.each(['dossier', 'premier-niveau'] as const)('ne tournent pas en rond, types compris (%s)', (depth) => {
    const houses = readHouses(depth);
    expect(houses.length).toBeGreaterThan(10);
    expect(houses.flatMap(toldOf)).toEqual([]);
  });

  it('un nœud se voit, types compris', () => {
    const passage = { from: 'libs/x/src/a/un.ts', to: 'libs/x/src/b/deux.ts' };
    const knotted: House = {
      nom: 'libs/x',
      rooms: ['a', 'b', 'c'],
      passages: new Map([
        ['a', new Map([['b', [passage]]])],
        ['b', new Map([['a', [passage]]])],
        ['c', new Map([['a', [passage]]])],
      ]),
    };
    expect(knotsOf(knotted)).toEqual([['a', 'b']]);
  });

  it('un chemin relatif ne sort jamais de sa bibliothèque ni de son application : on entre par la porte', () => {
    const passages = readPassages().filter(({ from }) => houseOf(from) !== null);
    expect(passages.length).toBeGreaterThan(1_000);
    expect(passages.filter(({ from, to }) => houseOf(from) !== houseOf(to))).toEqual([]);
  });

  it('sont écrites telles que le code les tient', () => {
    const fichier = 'docs/salles.md';
    if (process.env.METTRE_A_JOUR === '1') writeFileSync(path.join(ROOT, fichier), drawRooms());
    expect(read(fichier)).toBe(drawRooms());
  });
});
