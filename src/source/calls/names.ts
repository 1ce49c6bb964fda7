import type { CallFact } from "../../model/source.js";

/** A list of names as a predicate. */
export type Names = (name: string) => boolean;

/**
 * Reads a list of names parted by spaces: `find*` is every name that begins so, `*Repository` every one that ends so,
 * `Get*Async` is both, the others are names themselves. Upper and lower case differ.
 */
export function names(list: string): Names {
  const all = list.split(/\s+/).filter((name) => name !== "");
  const whole = new Set(all.filter((name) => !name.includes("*")));
  const open = all.filter((name) => name.includes("*")).map((name) => name.split("*"));
  return (name) =>
    whole.has(name) ||
    open.some(([start = "", end = ""]) => name.startsWith(start) && name.endsWith(end) && name.length >= start.length + end.length);
}

/** A variable's name without what marks it as one: `$db` of PHP, `@db` of Ruby, `_db` and `#db` of private fields. */
export const bare = (name: string): string => name.replace(/^(?:[$@_#&]|self\.){1,4}/, "");

/** The words of a name in lower case: `last, id` of `lastId`, `last_id` and `LAST_ID`. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== "");

export const isCapitalised = (name: string): boolean => /^[A-Z]/.test(name) && /[a-z]/.test(name);

/** A constant by its writing: `LIMITS`, `config.MAX_PAGES`. */
export const isConstant = (path: string): boolean => /^(?:[\w$]+(?:\.|::|->))*[A-Z][A-Z\d_]*$/.test(path);

/** What the first call of a chain is made on: `db` of `this.db.table(x).where(y).first()`; empty for a function's call. */
export function holderOf({ receiver, chain }: CallFact): string {
  const first = chain.length > 1 ? receiver.lastIndexOf(chain[0] ?? "") : receiver.length;
  return bare(receiver[first - 1] ?? "");
}

/** What a chain begins with: `this` of `this.db.find()`, the function's name of a plain call. */
export const beginningOf = ({ receiver, method }: CallFact): string => receiver[0] ?? method;

export const hasKeyword = ({ arguments: given }: CallFact, wanted: Names): boolean =>
  given.some(({ keyword, keys }) => (keyword !== null && wanted(keyword)) || keys.some((key) => key === "..." || wanted(key)));

/** Whether what is given cannot be read whole: options out of a variable, or spread. */
export const isOpaque = ({ arguments: given }: CallFact): boolean =>
  given.some(({ kind, keys }) => kind === "spread" || keys.includes("..."));
