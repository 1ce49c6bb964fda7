import type { Collected } from "./collected.js";
import type { LoadRequest, RouteChange } from "./routes.js";
import { figure, type Text, text } from "./text.js";

/**
 * Something of this head that exercises a piece of code. `declared`: the configuration says so; `named`: its name or its
 * text names the code; `traced`: a record of a test run shows it; `routed`: its route stands in the file; `requested`: a
 * load test asks for it; `measured`: a result has its figures.
 */
export interface Cover {
  readonly what: "benchmark" | "endpoint" | "test" | "benchmark file" | "load test";
  readonly why: "declared" | "named" | "traced" | "routed" | "requested" | "measured";
  /** Of the benchmark, endpoint or test, or the path of the file. Foreign. */
  readonly name: string;
  readonly line?: number;
}

/** Where a profile saw the program spend its time. Foreign but for the share, 0..1 of its samples. */
export interface Heat {
  readonly profile: string;
  readonly function: string;
  readonly share: number;
}

/** `hot in main.cpuprofile: 23 % of samples`. */
export const toldHeat = ({ profile, share }: Heat): Text =>
  text`hot in ${profile}: ${figure(String(Math.round(share * 100)))} % of samples`;

/** Critical code that changed: a file, a function of one, or an endpoint that has a budget. */
export interface CriticalChange {
  readonly kind: "file" | "function" | "endpoint";
  /** Path, `Cart.total`, or the budget's pattern. Foreign. */
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** What the configuration names to exercise it; foreign. */
  readonly declared: readonly string[];
  /** At most a few; none where nothing of this head is known to exercise it. */
  readonly covers: readonly Cover[];
  /** Of a function that a profile shows to be hot; of a file, its hottest. */
  readonly heat?: Heat;
}

export interface CoveredRoute extends RouteChange {
  readonly covers: readonly Cover[];
}

/** The load tests of the repository at the head. */
export interface LoadTests {
  /** Paths of the files that were read. */
  readonly files: readonly string[];
  readonly requests: readonly LoadRequest[];
  /** Why there may be more than these. */
  readonly incomplete?: Text;
}

/** What of the change asks for a measurement, and what of this head gives it. */
export interface Coverage {
  readonly critical: readonly CriticalChange[];
  /** Benchmarks that were measured at this head, and benchmark files that changed with it. */
  readonly measured: number;
  readonly changedBenchmarks: readonly string[];
  /** Routes that the change adds, removes or touches; absent where the code was not read. */
  readonly routes: Collected<readonly CoveredRoute[]>;
  readonly loadTests: LoadTests;
}
