import type { Route, RouteChange } from "../../model/routes.js";
import type { FileFacts, LineRange, SourceFile } from "../../model/source.js";
import { type HandledRoute, routesOf } from "./routes.js";

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

/** The registration has a new line, or a function of the same file that answers it. */
function isTouched({ route, file: { head, added } }: Placed): boolean {
  const handlers = head?.functions.filter(({ name }) => name !== null && route.handlers.includes(name)) ?? [];
  return [route, ...handlers].some((range) => added.some((lines) => overlaps(range, lines)));
}

const told = (how: RouteChange["how"], { route: { handlers: _, ...route }, file }: Placed): RouteChange => ({
  how,
  route: route satisfies Route,
  file: file.path,
  line: route.line,
});

/**
 * Routes that a change adds, removes or touches, each once: a route that moved to another file is none of these. What a
 * handler calls elsewhere is not followed, and lines that were only taken out of one are not seen.
 */
export function routeChanges(files: readonly SourceFile[]): readonly RouteChange[] {
  const [head, base] = [placed(files, "head"), placed(files, "base")];
  const before = new Set(base.map(keyOf));
  const after = new Map(head.map((one) => [keyOf(one), one]));
  const kept = [...after.values()].flatMap((one): readonly RouteChange[] => {
    if (!before.has(keyOf(one))) return [told("added", one)];
    return isTouched(one) ? [told("changed", one)] : [];
  });
  const gone = new Map(base.filter((one) => !after.has(keyOf(one))).map((one) => [keyOf(one), one]));
  return [...kept, ...[...gone.values()].map((one) => told("removed", one))];
}
