/**
 * Does a benchmark's name fit? `*` stands for any characters, also none; everything else for itself.
 * Linear in the length of the name times the number of stars.
 */
export function matchesName(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === name;
  const last = rest.pop() ?? "";
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > name.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

/** Does an entry of benchmarks.ignore cover this benchmark? */
export const isIgnored = (benchmark: string, ignore: readonly { readonly name: string }[]): boolean =>
  ignore.some(({ name }) => matchesName(name, benchmark));
