import { expect, it } from "vitest";
import { readOptions } from "./options.js";
import { count, type Result, wronglyOpen } from "./result.js";
import { runFaults } from "./run.js";
import { complaints } from "./table.js";

const small = {
  ...readOptions(["--app", "redline", "--seed", "small"]),
  repositories: 2,
  pulls: 3,
  minutes: 0.4,
  restSeconds: 60,
  say: () => undefined,
};

const figures = (result: Result) => ({
  lost: count(result, "lost"),
  duplicate: count(result, "duplicate"),
  stale: count(result, "stale"),
  wronglyOpen: wronglyOpen(result, false),
  complaints: complaints(result),
});

const clean = { lost: 0, duplicate: 0, stale: 0, wronglyOpen: 0, complaints: [] };

it("two processes on PostgreSQL, killed at every point under faults, end with one true review each (R01, R02, R03, R05, R06)", async () => {
  const result = await runFaults({ ...small, engine: "postgres", processes: 2, deliveries: 200, kills: 10 });
  expect(figures(result)).toEqual(clean);
  expect(result.kills).toBeGreaterThan(1);
  expect(result.faulty).toBeGreaterThan(0);
}, 170_000);

it("one process on the embedded store, killed under faults, ends with one true review each (R01, R02, R05, R06)", async () => {
  const result = await runFaults({ ...small, engine: "embedded", processes: 1, deliveries: 100, kills: 5 });
  expect(figures(result)).toEqual(clean);
  expect(result.kills).toBeGreaterThan(0);
}, 170_000);
