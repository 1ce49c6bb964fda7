import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { useHarness } from "./harness.js";

const harness = useHarness();

const source = { "src/checkout.py": "def checkout(): pass\n" };
const configuration = { ".github/redline.yml": "on_budget_exceed: { block_merge: true, require_approval: perf-team }\n" };

interface Bundle {
  readonly series: readonly { readonly base: readonly (readonly number[])[] }[];
}

const recorded: Bundle = JSON.parse(readFileSync(new URL("../fixtures/formats/redline-bench/complete.json", import.meta.url), "utf8"));

/** What `redline bench` leaves: the recorded bundle for these commits, with heads that are the base's rounds times a factor. */
function bundle(base: string, head: string, factor: number): string {
  const rounds = [1, 1.01, 0.995].map((noise) => [noise, noise * 1.02].map((value) => value * 1e-3));
  const series = recorded.series.slice(0, 1).map((one) => ({
    ...one,
    base: rounds,
    head: rounds.map((process) => process.map((value) => value * factor)),
  }));
  return JSON.stringify({ ...recorded, base: { sha: base, revision: "main" }, head: { sha: head, revision: "HEAD" }, series });
}

async function measured(factor: number, head?: string) {
  const shop = await harness.shop({ ...source, ...configuration });
  const { number } = await shop.pull("change", { "src/checkout.py": "def checkout(): return 1\n" });
  const pull = await harness.github.pull({ repository: shop.repository, number });
  await shop.ci(number, { "redline-bench": { "redline-bench.json": bundle(pull.base.sha, head ?? pull.head.sha, factor) } });
  return { shop, number };
}

describe("a bundle of redline bench among the artifacts", () => {
  it("closes the gate for a regression, without any stored baseline", async () => {
    const { shop, number } = await measured(1.4);
    expect(await shop.check(number)).toMatchObject({ state: "failure", title: expect.stringContaining("40 % slower") });
    expect(await shop.comment(number)).toContain("Measured in turn on one machine");
    expect(await shop.mergeable(number)).toBe(false);
  });

  it("opens it where nothing changed", async () => {
    const { shop, number } = await measured(1);
    expect(await shop.check(number)).toMatchObject({ state: "success" });
    expect(await shop.comment(number)).toContain("1 without a change");
  });

  it("says nothing about another head, and says so", async () => {
    const { shop, number } = await measured(1.4, "c".repeat(40));
    expect(await shop.check(number)).toMatchObject({ state: "action_required" });
    expect(await shop.comment(number)).toContain("ccccccc");
  });
});
