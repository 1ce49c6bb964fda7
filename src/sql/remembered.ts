/** A function of an object that never changes, with its answers kept as long as the object: many rules ask the same of one statement. */
export function remembered<K extends object, T>(answer: (of: K) => T): (of: K) => T {
  const known = new WeakMap<K, { readonly value: T }>();
  return (of) => {
    const before = known.get(of);
    if (before) return before.value;
    const value = answer(of);
    known.set(of, { value });
    return value;
  };
}

/** What a function yields for the members of a list, all in one; worked out once for each list. */
export const rememberedAll = <K extends object, T>(of: (member: K) => readonly T[]): ((list: readonly K[]) => readonly T[]) =>
  remembered((list: readonly K[]) => list.flatMap((member) => of(member)));
