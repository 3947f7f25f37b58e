interface IteratorMethods {
  find?: (this: Iterable<unknown>, isWanted: (value: unknown) => unknown) => unknown;
  some?: (this: Iterable<unknown>, isWanted: (value: unknown) => unknown) => boolean;
}

/** PDF.js 5 emploie deux méthodes d'itérateur que Node 20 n'a pas encore ; ailleurs, rien ne change. */
export function addIteratorMethods(): void {
  const iterators = Object.getPrototypeOf(Object.getPrototypeOf([].values())) as IteratorMethods;
  iterators.find ??= function (isWanted) {
    for (const value of this) if (isWanted(value)) return value;
    return undefined;
  };
  iterators.some ??= function (isWanted) {
    for (const value of this) if (isWanted(value)) return true;
    return false;
  };
}
