import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearest } from "../../src/config/nearest.js";

const known = ["latency_p50", "latency_p95", "latency_p99", "latency_p99_9", "throughput_min", "error_rate_max", "strict"];

describe("nearest", () => {
  it.each([
    ["latency_p9", "latency_p99"],
    ["latency-p95", "latency_p95"],
    ["Latency_P99", "latency_p99"],
    ["laetncy_p50", "latency_p50"],
    ["troughput_min", "throughput_min"],
    ["error_rate", "error_rate_max"],
    ["strct", "strict"],
  ])("takes %s for %s", (word, meant) => expect(nearest(word, known)).toBe(meant));

  it.each(["colour", "", "x".repeat(60_000), "p", "latency"])("does not guess what %j could be", (word) => {
    expect(nearest(word.slice(0, 60_000), known)).toBeUndefined();
  });

  it("finds a known word itself, and any known word with one letter dropped", () => {
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.nat(), (word, position) => {
        const at = position % word.length;
        expect(nearest(word, known)).toBe(word);
        expect(nearest(word.slice(0, at) + word.slice(at + 1), known)).toBeDefined();
      }),
    );
  });
});
