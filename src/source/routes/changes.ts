import type { Route, RouteChange } from "../../model/routes.js";
import type { FileFacts, LineRange, SourceFile } from "../../model/source.js";
import { type HandledRoute, routesOf } from "./routes.js";

/** Routes of both sides that are held against each other one by one. */
const PAIRED = 4_000;

interface Placed {
  readonly route: HandledRoute;
  readonly file: SourceFile;
}

/** Examples and scripts answer nobody's requests. */
const serves = ({ class: of }: FileFacts): boolean => of === "server" || of === "browser";

const keyOf = ({ route: { method, path } }: Placed): string => JSON.stringify([method, path]);

const placed = (files: readonly SourceFile[], side: "head" | "base"): readonly Placed[] =>
  files.flatMap((file) => {
    const facts = file[side];
    return facts && serves(facts) ? routesOf(facts).map((route) => ({ route, file })) : [];
  });

const overlaps = (one: LineRange, other: LineRange): boolean => one.line <= other.endLine && other.line <= one.endLine;

/** Names of functions of the head that have a new line. */
const touchedFunctions = ({ head, added }: SourceFile): ReadonlySet<string> =>
  new Set((head?.functions ?? []).flatMap((fn) => (fn.name !== null && added.some((lines) => overlaps(fn, lines)) ? [fn.name] : [])));

/** The registration has a new line, or a function of the same file that answers it. */
function touching(): (one: Placed) => boolean {
  const known = new Map<SourceFile, ReadonlySet<string>>();
  return ({ route, file }) => {
    const names = known.get(file) ?? touchedFunctions(file);
    known.set(file, names);
    return file.added.some((lines) => overlaps(route, lines)) || route.handlers.some((name) => names.has(name));
  };
}

const told = (how: RouteChange["how"], { route: { handlers: _, ...route }, file }: Placed): RouteChange => ({
  how,
  route: route satisfies Route,
  file: file.path,
  line: route.line,
});

/** Where one of two is known by its end only, a router that was mounted elsewhere changes how much of the path is seen. */
function isSame({ route: one }: Placed, { route: other }: Placed): boolean {
  if (one.method !== other.method || (one.whole && other.whole) || !/\/[^/{]/u.test(one.path) || !/\/[^/{]/u.test(other.path)) return false;
  return one.path.endsWith(other.path) || other.path.endsWith(one.path);
}

/**
 * Routes that a change adds, removes or touches, each once: a route that moved to another file is none of these. What a
 * handler calls elsewhere is not followed, and lines that were only taken out of one are not seen.
 */
export function routeChanges(files: readonly SourceFile[]): readonly RouteChange[] {
  const [head, base] = [placed(files, "head"), placed(files, "base")];
  const [before, isTouched] = [new Set(base.map(keyOf)), touching()];
  const after = new Map(head.map((one) => [keyOf(one), one]));
  // Pairs are looked for where people could have made them: more routes than these are not moved by hand.
  const pairs = head.length + base.length <= PAIRED;
  const gone = [...new Map(base.filter((one) => !after.has(keyOf(one))).map((one) => [keyOf(one), one])).values()];
  const isNew = (one: Placed): boolean => !before.has(keyOf(one)) && !(pairs && gone.some((other) => isSame(one, other)));
  const kept = [...after.values()].flatMap((one): readonly RouteChange[] => {
    if (isNew(one)) return [told("added", one)];
    return isTouched(one) ? [told("changed", one)] : [];
  });
  const left = gone.filter((one) => !(pairs && head.some((other) => isSame(one, other))));
  return [...kept, ...left.map((one) => told("removed", one))];
}
