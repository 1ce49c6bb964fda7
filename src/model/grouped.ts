/** The items by key, each group and the groups themselves in the order of first appearance. (`Map.groupBy` needs Node 21.) */
export function grouped<T>(all: Iterable<T>, keyOf: (one: T) => string): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return [...groups.values()];
}
