/** Ce qu'un seul tableau d'octets peut prendre, quand le contenu lui-même est plus petit. */
const SMALLEST_BOUND = 64 * 1024 * 1024;

let bound = SMALLEST_BOUND;
let hasExceeded = false;

/**
 * Borne ce qu'un tableau d'octets peut prendre ici : le tas de V8, que son réglage borne, ne les compte pas, et un flux de quelques kilo-octets
 * peut se déplier sans fin. La bibliothèque reçoit une erreur là où elle demande trop, et l'excès se retient.
 */
export function boundAllocations(): void {
  const Unbounded = globalThis.Uint8Array;
  // Une fonction, et non un mandataire : les tableaux se font par milliers, et celui-ci ne coûte presque rien.
  function Bounded(...parameters: readonly unknown[]): Uint8Array {
    const [first] = parameters;
    if (typeof first === 'number' && first > bound) {
      hasExceeded = true;
      throw new RangeError('tableau démesuré');
    }
    return parameters.length === 1
      ? new Unbounded(first as number)
      : (Reflect.construct(Unbounded, parameters, new.target) as Uint8Array);
  }
  Bounded.prototype = Unbounded.prototype;
  Object.setPrototypeOf(Bounded, Unbounded);
  globalThis.Uint8Array = Bounded as unknown as Uint8ArrayConstructor;
}

/** Remet la mesure à zéro pour un contenu de cette taille, qui peut être lu entier. */
export function boundFor(tailleOctets: number): void {
  bound = Math.max(SMALLEST_BOUND, tailleOctets);
  hasExceeded = false;
}

/** Vrai si quelque chose, depuis, a demandé plus que la borne. */
export function exceededBound(): boolean {
  return hasExceeded;
}
