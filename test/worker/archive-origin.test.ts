import { describe, expect, test } from "vitest";
import { archiveOrigin } from "../../src/worker/archive-origin.js";
import { stream } from "../formats/reading.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const entries = ["fib/new/estimates.json", "fib/new/benchmark.json", "other/new/benchmark.json", "benchmark.json"].map((name) => ({
  name,
  size: name.length,
  open: () => stream(bytes(name)),
}));
const evidence = {
  artifacts: [],
  workflows: [],
  required: [],
  waitMs: 0,
  forks: "review",
  changedWorkflows: "review",
  changedBenchmarks: "trust",
} as const;
const beside = async (entry: string, name: string) => {
  const found = await archiveOrigin(entries, entry, evidence).sibling(name);
  return found && new TextDecoder().decode(found);
};

describe("the origin of an artifact's entry", () => {
  test("has the entries of the same folder beside it", async () => {
    expect(await beside("fib/new/estimates.json", "benchmark.json")).toBe("fib/new/benchmark.json");
    expect(await beside("estimates.json", "benchmark.json")).toBe("benchmark.json");
  });

  test.each(["../benchmark.json", "../../other/new/benchmark.json", "/etc/passwd", "missing.json", ""])(
    "has nothing called %s",
    async (name) => {
      expect(await beside("fib/new/estimates.json", name)).toBeUndefined();
    },
  );

  test("has no neighbour that is too large to be held, whatever its size is said to be", async () => {
    const large = { name: "benchmark.json", size: 1, open: () => stream(new Uint8Array(50_000_001)) };
    expect(await archiveOrigin([large], "estimates.json", evidence).sibling("benchmark.json")).toBeUndefined();
  });

  test("carries the configured percentiles", () => {
    const percentiles = { "gatling-stats": [50, 75, 95, 99] };
    expect(archiveOrigin(entries, "a.json", { ...evidence, percentiles }).percentiles).toBe(percentiles);
    expect(archiveOrigin(entries, "a.json", evidence)).not.toHaveProperty("percentiles");
  });
});
