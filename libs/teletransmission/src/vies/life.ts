/** Une table de vie : de chaque état, où mène chaque événement qu'il admet. */
export type LifeTable<State extends string, Event extends string> = {
  readonly [From in State]: { readonly [Happening in Event]?: State };
};

/** L'état où cet événement mène ; aucun quand la table ne connaît pas la paire. */
export function nextState<State extends string, Event extends string>(
  table: LifeTable<State, Event>,
  state: State,
  event: Event,
): State | undefined {
  return table[state][event];
}

/** Les événements que cet état admet, dans l'ordre de la liste. */
export function eventsFrom<State extends string, Event extends string>(
  table: LifeTable<State, Event>,
  state: State,
  events: readonly Event[],
): readonly Event[] {
  return events.filter((event) => table[state][event] !== undefined);
}
