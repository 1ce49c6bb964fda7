import type { Collected } from "../model/collected.js";
import type { Cover, Coverage, CoveredRoute, LoadTests } from "../model/coverage.js";
import type { Changes } from "../model/evidence.js";
import type { RouteChange } from "../model/routes.js";
import type { Source, SourceFile } from "../model/source.js";
import { routeChanges } from "../source/routes/changes.js";
import { answers } from "../source/routes/match.js";
import { normalPath } from "../source/routes/path.js";
import { type CoverFacts, criticalChanges } from "./critical.js";
import { parseEndpoint } from "./endpoints.js";

/** Covers that are kept of one route. */
const SHOWN = 3;

/** The base of a renamed file lies where it lay: for Next.js the path is the route. */
const asItLay = (files: readonly SourceFile[], changes: Changes): readonly SourceFile[] => {
  const before = new Map(
    changes.files.flatMap(({ path, previousPath }) => (previousPath === undefined ? [] : [[path, previousPath] as const])),
  );
  return files.map((file) => ({ ...file, base: file.base && { ...file.base, path: before.get(file.path) ?? file.path } }));
};

/** Routes that the change adds, removes or touches. */
export function changedRoutes(source: Collected<Source>, changes: Changes): Collected<readonly RouteChange[]> {
  if (source.status === "absent") return source;
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
export function coverageOf(facts: Omit<CoverFacts, "routes">, routes: Collected<readonly RouteChange[]>, loadTests: LoadTests): Coverage {
  const { exercise, changes } = facts;
  const changed = routes.status === "collected" ? routes.value : [];
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
