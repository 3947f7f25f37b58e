import type { Guichet, SendingPlace, SendingPlaces } from '@teletransmission/teletransmission';
import { guichetKey } from '@teletransmission/teletransmission';

interface Room {
  taken: number;
  readonly waiting: Set<() => void>;
}

/**
 * Les places d'envoi de ce processus, comptées par guichet. On attend un peu qu'une se libère avant d'y renoncer : sous l'afflux vers
 * un seul guichet, renoncer aussitôt ferait tourner toute la file à vide.
 */
export class ProcessPlaces implements SendingPlaces {
  private readonly rooms = new Map<string, Room>();

  /** @param patienceMs combien de millisecondes attendre une place. */
  constructor(
    private readonly perPrefecture: number,
    private readonly patienceMs: number,
  ) {}

  take(guichet: Guichet): Promise<SendingPlace | null> {
    const key = guichetKey(guichet);
    const room = this.rooms.get(key) ?? { taken: 0, waiting: new Set() };
    this.rooms.set(key, room);
    if (room.taken < this.perPrefecture) {
      room.taken += 1;
      return Promise.resolve(placeIn(room));
    }
    return new Promise((resolve) => {
      const settle = (place: SendingPlace | null): void => {
        clearTimeout(timer);
        room.waiting.delete(served);
        resolve(place);
      };
      const served = (): void => {
        settle(placeIn(room));
      };
      const timer = setTimeout(() => {
        settle(null);
      }, this.patienceMs);
      room.waiting.add(served);
    });
  }
}

/** Rendue, la place passe à qui l'attend depuis le plus longtemps ; sinon elle se libère. */
function placeIn(room: Room): SendingPlace {
  let isHeld = true;
  return {
    leave: () => {
      if (!isHeld) return;
      isHeld = false;
      const [next] = room.waiting;
      if (next) next();
      else room.taken -= 1;
    },
  };
}
