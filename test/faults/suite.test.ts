import { expect, it } from "vitest";
import { readOptions } from "./options.js";
import type { Result } from "./result.js";
import { runFaults } from "./run.js";

/** A quarter of a minute of load. On a slow machine less happens in it, and rest takes longer; what is asked for is the same. */
const small = {
  ...readOptions(["--app", "redline", "--seed", "small"]),
  repositories: 3,
  pulls: 2,
  minutes: 0.25,
  deliveries: 200,
  restSeconds: 240,
  graceMs: 45_000,
  say: () => undefined,
};

/** What is wrong, and nothing that depends on how fast the machine is. */
const figures = (result: Result) => ({
  faults: result.faults,
  wrong: result.wrong.filter(({ fault }) => fault !== "late"),
  violations: result.violations,
  crashes: result.crashes,
});

const clean = { faults: [], wrong: [], violations: [], crashes: [] };

it.concurrent("two processes on PostgreSQL, killed at every point under faults, end with one true review each (R01, R02, R03, R05, R06)", async () => {
  const result = await runFaults({ ...small, engine: "postgres", processes: 2, kills: 8 });
  expect(figures(result)).toEqual(clean);
}, 600_000);

it.concurrent("one process on the embedded store, killed under faults, ends with one true review each (R01, R02, R05, R06)", async () => {
  const result = await runFaults({ ...small, engine: "embedded", processes: 1, kills: 3 });
  expect(figures(result)).toEqual(clean);
}, 600_000);
