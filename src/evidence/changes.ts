import type { Config } from "../config/config.js";
import type { Changes } from "../model/evidence.js";
import type { ChangedFile, Snapshot } from "../model/pull-request.js";
import { editedMigration } from "./edited-migrations.js";
import { type EndpointName, hasLiteral, matchesEndpoint, parseEndpoint, TOTAL } from "./endpoints.js";
import { isBenchmark, isLoadTest, isProduction, isSource, matchesAny, matchesOwned } from "./path-kinds.js";

/** What may be a route in source text: starts with a slash, and is no import such as `../api` or `@scope/api`. */
const ROUTE = /(?<![\w.@-])\/[\w\-./:{}[\]*<>~%$]+/gu;

interface Budgeted {
  readonly written: string;
  /** Without its method: a route's method rarely stands in the same string. */
  readonly path: EndpointName;
}

/** The first 1-based line that names a route which the pattern covers; null when none does. */
function lineOf(lines: readonly (readonly EndpointName[])[], path: EndpointName): number | null {
  const index = lines.findIndex((routes) => routes.some((route) => matchesEndpoint(path, route)));
  return index < 0 ? null : index + 1;
}

const routesOf = (source: string): readonly (readonly EndpointName[])[] =>
  source.split("\n").map((line) => [...line.matchAll(ROUTE)].map((match) => parseEndpoint(match[0])));

function endpointsIn(file: ChangedFile, budgeted: readonly Budgeted[]): Changes["endpoints"] {
  const lines = routesOf(file.head ?? "");
  return budgeted.flatMap(({ written, path }) => {
    const line = lineOf(lines, path);
    return line === null ? [] : [{ pattern: written, path: file.path, line }];
  });
}

function budgetedPaths(config: Config): readonly Budgeted[] {
  return config.endpoints
    .filter((endpoint) => endpoint.pattern !== TOTAL)
    .map((endpoint) => ({ written: endpoint.pattern, path: { segments: parseEndpoint(endpoint.pattern).segments } }))
    .filter(({ path }) => hasLiteral(path));
}

const names = (file: ChangedFile): readonly string[] => (file.previousPath === undefined ? [file.path] : [file.path, file.previousPath]);

/** Where only functions are critical, facts about the code have to tell. */
const isCritical = (file: ChangedFile, { critical }: Config): boolean =>
  critical.some(({ paths, functions }) => functions.length === 0 && names(file).some((name) => matchesOwned(paths, name)));

/**
 * Which changed files matter: critical production code (under its old name too), benchmarks and load tests
 * that are still there, and source that names a budgeted endpoint. Files under `paths.ignore` do not count.
 */
export function describeChanges(snapshot: Snapshot, config: Config): Changes {
  const { paths } = config;
  const files = snapshot.files.filter((file) => !matchesAny(paths.ignore, file.path));
  const kept = files.filter((file) => file.status !== "removed").map((file) => file.path);
  const production = files.filter((file) => isProduction(file.path, paths));
  const budgeted = budgetedPaths(config);
  return {
    files,
    critical: production.filter((file) => isCritical(file, config)).map((file) => file.path),
    benchmarks: kept.filter((path) => isBenchmark(path, paths)),
    loadTests: kept.filter((path) => isLoadTest(path, paths)),
    endpoints: production.filter((file) => isSource(file.path)).flatMap((file) => endpointsIn(file, budgeted)),
    editedMigrations: production.flatMap((file) => editedMigration(file, config) ?? []),
  };
}
