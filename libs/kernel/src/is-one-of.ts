/** Vrai quand cette valeur est de ce groupe. */
export function isOneOf<Member extends string>(group: readonly Member[], value: string): value is Member {
  return group.some((member) => member === value);
}
