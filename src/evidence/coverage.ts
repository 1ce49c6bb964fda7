import type { Collected } from "../model/collected.js";
import type { Cover, Coverage, CoveredRoute, LoadTests } from "../model/coverage.js";
import type { Changes } from "../model/evidence.js";
import type { LoadRequest, RouteChange } from "../model/routes.js";
import type { Source, SourceFile } from "../model/source.js";
import { text } from "../model/text.js";
import { routeChanges } from "../source/routes/changes.js";
import { answers } from "../source/routes/match.js";
import { normalPath } from "../source/routes/path.js";
import { type CoverFacts, criticalChanges } from "./critical.js";
import { parseEndpoint } from "./endpoints.js";

/** Covers that are kept of one route. */
const SHOWN = 3;
/** Changed routes that are held against load tests, and paths of these; beyond, the line says so. */
const ROUTES = 300;
const PATHS = 5_000;

/** What is compared takes the product of both in time. */
function bounded(changed: number, loadTests: LoadTests): LoadTests {
  const first = new Map<string, LoadRequest>();
  for (const request of loadTests.requests) if (!first.has(request.path)) first.set(request.path, request);
  const requests = [...first.values()];
  const kept = { ...loadTests, requests: requests.slice(0, PATHS) };
  if (changed > ROUTES) return { ...kept, incomplete: text`only ${ROUTES} of ${changed} changed routes were held against the load tests` };
  return requests.length > PATHS
    ? { ...kept, incomplete: text`only ${PATHS} of the paths that the load tests request were looked at` }
    : kept;
}

/** The base of a renamed file lies where it lay: for Next.js the path is the route. */
const asItLay = (files: readonly SourceFile[], changes: Changes): readonly SourceFile[] => {
  const before = new Map(
    changes.files.flatMap(({ path, previousPath }) => (previousPath === undefined ? [] : [[path, previousPath] as const])),
  );
  return files.map((file) => ({ ...file, base: file.base && { ...file.base, path: before.get(file.path) ?? file.path } }));
};

/** Calls of both sides together in which routes are looked for: a change of some hundred files. */
const CALLS = 100_000;

/** Routes that the change adds, removes or touches; absent where there is too much code to look through. */
export function changedRoutes(source: Collected<Source>, changes: Changes): Collected<readonly RouteChange[]> {
  if (source.status === "absent") return source;
  const calls = source.value.files.reduce((sum, { head, base }) => sum + (head?.calls.length ?? 0) + (base?.calls.length ?? 0), 0);
  if (calls > CALLS) return { status: "absent", reason: text`the changed code makes ${calls} calls: its routes were not looked for` };
  return { status: "collected", value: routeChanges(asItLay(source.value.files, changes)) };
}

const pathOf = (endpoint: string): string | null => normalPath(parseEndpoint(endpoint).segments.join("/"));

function coveredRoute(change: RouteChange, { requests }: LoadTests, endpoints: readonly string[]): CoveredRoute {
  const measured = endpoints.filter((endpoint) => {
    const path = pathOf(endpoint);
    return path !== null && answers(change.route, path);
  });
  const asked = requests.filter(({ path }) => answers(change.route, path));
  const covers: readonly Cover[] = [
    ...measured.map((name) => ({ what: "endpoint", why: "measured", name }) as const),
    ...asked.map(({ file, line }) => ({ what: "load test", why: "requested", name: file, line }) as const),
  ];
  return { ...change, covers: covers.slice(0, SHOWN) };
}

/** What of the change asks for a benchmark or a load test, and what of this head answers. */
export function coverageOf(facts: Omit<CoverFacts, "routes">, routes: Collected<readonly RouteChange[]>, given: LoadTests): Coverage {
  const { exercise, changes } = facts;
  const all = routes.status === "collected" ? routes.value : [];
  const changed = all.slice(0, ROUTES);
  const loadTests = bounded(all.length, given);
  return {
    critical: criticalChanges({ ...facts, routes: changed }),
    measured: exercise.benchmarks.length,
    changedBenchmarks: changes.benchmarks,
    routes:
      routes.status === "absent"
        ? routes
        : { status: "collected", value: changed.map((change) => coveredRoute(change, loadTests, exercise.endpoints)) },
    loadTests,
  };
}
