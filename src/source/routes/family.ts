import type { ArgumentFact, CallFact, FileFacts } from "../../model/source.js";
import { stringIn, stringsIn } from "./path.js";

/** A route as one family of frameworks writes it. */
export interface FoundRoute {
  readonly method: string | null;
  /** As written, with the prefixes of its file. */
  readonly path: string;
  readonly whole: boolean;
  /** Where it is registered. */
  readonly line: number;
  readonly endLine: number;
  /** Names of functions of the same file that answer it. */
  readonly handlers: readonly string[];
}

/** One family of frameworks: the routes that a file of it registers. */
export type RouteFamily = (file: FileFacts) => readonly FoundRoute[];

/** Methods of HTTP, as their names stand in capitals. */
export const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** The method that a name such as `get` or `Post` stands for; null for `all` and `Any`; undefined for another name. */
export function methodOf(name: string): string | null | undefined {
  const upper = name.toUpperCase();
  if (METHODS.has(upper)) return upper;
  if (upper === "DEL") return "DELETE";
  return upper === "ALL" || upper === "ANY" ? null : undefined;
}

export const positional = ({ arguments: given }: CallFact): readonly ArgumentFact[] => given.filter(({ keyword }) => keyword === null);

export const keyword = ({ arguments: given }: CallFact, name: string): ArgumentFact | undefined =>
  given.find((argument) => argument.keyword === name);

/** The text of a string argument; null for anything else. */
export const stringOf = (argument: ArgumentFact | undefined): string | null =>
  argument?.kind === "string" ? stringIn(argument.text) : null;

/** Strings of an argument that is one, or a list of them. */
export const stringsOf = (argument: ArgumentFact | undefined): readonly string[] => {
  if (argument === undefined) return [];
  const one = stringOf(argument);
  return one === null ? stringsIn(argument.text) : [one];
};

/** The string behind a key of an object literal, as far as its text is kept: `url` of `{ method: 'GET', url: '/a' }`. */
export function memberOf({ text }: ArgumentFact, key: string): string | null {
  const found = new RegExp(`(?:^|[{,\\s])["']?${key}["']?\\s*:\\s*(["'\`])((?:(?!\\1).){0,200})\\1`, "u").exec(text);
  return found?.[2] ?? null;
}

/** The names of functions among arguments: `h`, `controller.list`. */
export const handlersIn = (given: readonly ArgumentFact[]): readonly string[] =>
  given.flatMap(({ kind, text }) => (kind === "identifier" || kind === "member" ? (text.split(/[.:]/u).at(-1) ?? []) : []));

const together = new WeakMap<FileFacts, ReadonlyMap<number, readonly CallFact[]>>();

function byStart(file: FileFacts): ReadonlyMap<number, readonly CallFact[]> {
  const known = together.get(file);
  if (known) return known;
  const groups = new Map<number, CallFact[]>();
  for (const call of file.calls) {
    const group = groups.get(call.start);
    if (group) group.push(call);
    else groups.set(call.start, [call]);
  }
  together.set(file, groups);
  return groups;
}

/** Calls of one chain begin together: `router.route('/a').get(h).post(h)`. */
export const chained = (file: FileFacts, call: CallFact, method: string): CallFact | undefined =>
  byStart(file)
    .get(call.start)
    ?.find((other) => other !== call && other.method === method);

/** The names in a call's place: the whole call, and the functions that answer. */
export const placeOf = (call: CallFact): Pick<FoundRoute, "line" | "endLine" | "handlers"> => ({
  line: call.line,
  endLine: call.endLine,
  handlers: handlersIn(call.arguments),
});

/** The function that a decorator stands above, by name: the next one in its scope. */
export function decorated({ functions }: FileFacts, { line, endLine }: CallFact): readonly string[] {
  const below = functions.filter((fn) => fn.line >= line && fn.endLine >= endLine && fn.name !== null);
  const next = below.reduce<(typeof below)[number] | null>((best, fn) => (best === null || fn.line < best.line ? fn : best), null);
  return next?.name ? [next.name] : [];
}
