import type { Config, CriticalPart } from "../config/config.js";
import { matchesName } from "../config/names.js";
import type { Collected } from "../model/collected.js";
import type { Cover, CriticalChange } from "../model/coverage.js";
import type { Changes } from "../model/evidence.js";
import type { ChangedFile } from "../model/pull-request.js";
import type { RouteChange } from "../model/routes.js";
import type { FunctionFact, Source, SourceFile } from "../model/source.js";
import { answers } from "../source/routes/match.js";
import { normalPath } from "../source/routes/path.js";
import { type Exercise, namedBenchmarks, namingFiles, subjectOf, tracedTests, wordsOf } from "./covers.js";
import { matchesEndpoint, parseEndpoint } from "./endpoints.js";
import { HotCode, type Profiles } from "./hot.js";
import { matchesAny, matchesOwned } from "./path-kinds.js";

/** Covers that are shown of one change. */
const SHOWN = 3;

/** What the change did, and what of this head exercises it. */
export interface CoverFacts {
  readonly changes: Changes;
  readonly source: Collected<Source>;
  readonly routes: readonly RouteChange[];
  readonly exercise: Exercise;
  readonly config: Config;
  readonly profiles?: Profiles;
}

const names = ({ path, previousPath }: ChangedFile): readonly string[] => (previousPath === undefined ? [path] : [path, previousPath]);

const isIn = ({ paths }: CriticalPart, file: ChangedFile): boolean =>
  paths.length === 0 || names(file).some((name) => matchesOwned(paths, name));

/** Which of the declared names something of this head answers to. */
function declaredCovers(declared: readonly string[], { benchmarks, endpoints, files, entries }: Exercise): readonly Cover[] {
  return declared.flatMap((wanted): readonly Cover[] => {
    const made = (what: Cover["what"], found: readonly string[]): readonly Cover[] =>
      found.map((name) => ({ what, why: "declared", name }));
    const isAddress = /^(?:[A-Z]+ )?\//u.test(wanted);
    return [
      ...made(
        "benchmark",
        benchmarks.filter((name) => matchesName(wanted, name)),
      ),
      ...made(
        "endpoint",
        endpoints.filter((name) => (isAddress ? matchesEndpoint(parseEndpoint(wanted), parseEndpoint(name)) : matchesName(wanted, name))),
      ),
      ...made(
        "benchmark file",
        files.map(({ path }) => path).filter((path) => matchesAny([wanted], path)),
      ),
      ...made(
        "test",
        entries.map(({ name }) => name).filter((name) => matchesName(wanted, name)),
      ),
    ];
  });
}

/** What each function says, by its place in the file; of several in one place the last. */
function bodies(functions: readonly FunctionFact[], text = ""): ReadonlyMap<string, string> {
  const lines = text.split("\n");
  return new Map(functions.map(({ path, line, endLine }) => [path, lines.slice(line - 1, endLine).join("\n")]));
}

/** Functions of one file that the change added or made another. */
function changedFunctions(file: ChangedFile, { head, base }: SourceFile): readonly FunctionFact[] {
  const named = (functions: readonly FunctionFact[] = []) => functions.filter(({ name, path }) => name !== null && path !== "");
  const [after, before] = [bodies(named(head?.functions), file.head), bodies(named(base?.functions), file.base)];
  return named(head?.functions).filter(({ path }) => after.get(path) !== before.get(path));
}

const isNamed = ({ functions }: CriticalPart, { path, name }: FunctionFact): boolean =>
  functions.some((wanted) => matchesName(wanted, path) || matchesName(wanted, name ?? ""));

const shownCovers = (declared: readonly string[], exercise: Exercise, others: () => readonly Cover[]): readonly Cover[] =>
  (declared.length > 0 ? declaredCovers(declared, exercise) : others()).slice(0, SHOWN);

/** Measured endpoints whose route stands in a file, or whose budget names a path that does. */
function routedEndpoints(path: string, { changes, routes, exercise }: CoverFacts): readonly Cover[] {
  const named = changes.endpoints.filter((one) => one.path === path).map(({ pattern }) => parseEndpoint(pattern));
  const here = routes.filter(({ file, how }) => file === path && how !== "removed");
  const runs = (endpoint: string): boolean => {
    const name = parseEndpoint(endpoint);
    const asked = normalPath(name.segments.join("/"));
    return named.some((pattern) => matchesEndpoint(pattern, name)) || here.some(({ route }) => asked !== null && answers(route, asked));
  };
  return exercise.endpoints.filter(runs).map((name) => ({ what: "endpoint", why: "routed", name }));
}

function fileChange(file: ChangedFile, declared: readonly string[], facts: CoverFacts): CriticalChange {
  const { exercise } = facts;
  const words = subjectOf(file.path);
  const stem = (file.path.split("/").at(-1) ?? "").replace(/\..*$/u, "");
  const covers = shownCovers(declared, exercise, () => [
    ...namedBenchmarks(words, exercise),
    ...namingFiles(stem, words, exercise),
    ...routedEndpoints(file.path, facts),
    ...tracedTests(file.path, undefined, exercise),
  ]);
  return { kind: "file", name: file.path, path: file.path, line: 1, declared, covers };
}

function functionChange(path: string, fn: FunctionFact, declared: readonly string[], exercise: Exercise): CriticalChange {
  const name = fn.name ?? fn.path;
  const covers = shownCovers(declared, exercise, () => [
    ...namedBenchmarks(wordsOf(name), exercise),
    ...namingFiles(name, wordsOf(fn.path), exercise),
    ...tracedTests(path, name, exercise),
  ]);
  return { kind: "function", name: fn.path, path, line: fn.line, declared, covers };
}

/** Functions that one part names; the whole file where nobody could read which of them changed. */
function inFunctions(part: CriticalPart, given: CoverFacts): readonly CriticalChange[] {
  const { changes, source, exercise } = given;
  const facts = new Map((source.status === "collected" ? source.value.files : []).map((file) => [file.path, file]));
  const skipped = new Set(source.status === "collected" ? source.value.skipped.map(({ path }) => path) : []);
  return changes.files
    .filter((file) => isIn(part, file))
    .flatMap((file) => {
      const read = facts.get(file.path);
      if (!read) return skipped.has(file.path) && part.paths.length > 0 ? [fileChange(file, part.coveredBy, given)] : [];
      return changedFunctions(file, read)
        .filter((fn) => isNamed(part, fn))
        .map((fn) => functionChange(file.path, fn, part.coveredBy, exercise));
    });
}

function inFiles(facts: CoverFacts): readonly CriticalChange[] {
  const { changes, config } = facts;
  return changes.files
    .filter(({ path }) => changes.critical.includes(path))
    .map((file) => {
      const parts = config.critical.filter((part) => part.functions.length === 0 && isIn(part, file));
      return fileChange(file, [...new Set(parts.flatMap(({ coveredBy }) => coveredBy))], facts);
    });
}

/** Endpoints with a budget whose code changed: their path stands in it, or a changed route is theirs. */
function inEndpoints({ changes, routes, exercise, config }: CoverFacts): readonly CriticalChange[] {
  const touched = config.endpoints.flatMap(({ pattern }) => {
    const path = normalPath(parseEndpoint(pattern).segments.join("/"));
    const route = routes.find(({ how, route }) => how !== "removed" && path !== null && path !== "/" && answers(route, path));
    return route ? [{ pattern, path: route.file, line: route.line }] : [];
  });
  const found = new Map([...touched, ...changes.endpoints].map((one) => [one.pattern, one]));
  return [...found.values()].map(({ pattern, path, line }) => {
    const wanted = parseEndpoint(pattern);
    const measured = exercise.endpoints.filter((name) => matchesEndpoint(wanted, parseEndpoint(name)));
    const ran = exercise.entries.filter(({ kind, name }) => kind === "endpoint" && matchesEndpoint(wanted, parseEndpoint(name)));
    const covers: readonly Cover[] = [
      ...measured.map((name) => ({ what: "endpoint", why: "measured", name }) as const),
      ...ran.map(({ name }) => ({ what: "test", why: "traced", name }) as const),
    ];
    return { kind: "endpoint", name: pattern, path, line, declared: [], covers: covers.slice(0, SHOWN) };
  });
}

/** Changed functions that a profile shows to be hot; the whole file where nobody could read which of them changed. */
function inProfiles(given: CoverFacts): readonly CriticalChange[] {
  const { changes, source, exercise, profiles } = given;
  if (!profiles || source.status === "absent") return [];
  const hot = new HotCode(profiles);
  const facts = new Map(source.value.files.map((file) => [file.path, file]));
  const skipped = new Set(source.value.skipped.map(({ path }) => path));
  const measuring = new Set([...changes.benchmarks, ...changes.loadTests]);
  const files = changes.files.filter(({ path }) => !measuring.has(path));
  return files.flatMap((file): readonly CriticalChange[] => {
    const read = facts.get(file.path);
    const heat = !read && skipped.has(file.path) ? hot.ofFile(names(file)) : undefined;
    if (!read) return heat ? [{ ...fileChange(file, [], given), heat }] : [];
    return changedFunctions(file, read).flatMap((fn) => {
      const found = hot.ofFunction(fn, names(file), read);
      return found ? [{ ...functionChange(file.path, fn, [], exercise), heat: found }] : [];
    });
  });
}

/** What the configuration calls critical keeps its declaration, and a profile says that it is hot. */
function withHeat(named: readonly CriticalChange[], hot: readonly CriticalChange[]): readonly CriticalChange[] {
  const isOf = (change: CriticalChange, { kind, name, path, line }: CriticalChange): boolean =>
    change.path === path && (change.kind === "file" || (change.kind === kind && change.name === name && change.line === line));
  const heated = named.map((change) => {
    const [first] = hot.flatMap((one) => (isOf(change, one) && one.heat ? [one.heat] : [])).toSorted((a, b) => b.share - a.share);
    return first ? { ...change, heat: first } : change;
  });
  return [...heated, ...hot.filter((one) => !named.some((change) => isOf(change, one)))];
}

/** Critical code that changed, each piece with what of this head is known to exercise it. */
export function criticalChanges(facts: CoverFacts): readonly CriticalChange[] {
  const functions = facts.config.critical.filter((part) => part.functions.length > 0).flatMap((part) => inFunctions(part, facts));
  return [...withHeat([...inFiles(facts), ...functions], inProfiles(facts)), ...inEndpoints(facts)];
}
