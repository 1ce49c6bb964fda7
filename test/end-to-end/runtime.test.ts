import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Artifacts } from "../github-double/client.mjs";
import { useHarness } from "./harness.js";

const harness = useHarness();

const traced = (side: string, name: string): string =>
  readFileSync(new URL(`../fixtures/pulls/orm-service/traces/${side}/smoke/${name}`, import.meta.url), "utf8");

/** What the service's smoke test sent, as its CI hands it in. */
const sent = (side: "base" | "n-plus-one"): Artifacts => ({
  "redline-runtime": { "redline-runtime.json": traced(side, "redline-runtime.json"), "traces.jsonl": traced(side, "traces.jsonl") },
});

const shopOfOrders = () =>
  harness.shop({
    ".github/redline.yml": "endpoints:\n  GET /orders: { queries_max: 20 }\non_budget_exceed:\n  - block_merge: true\n",
    "src/orders.js": "export const orders = (load) => load();\n",
  });

describe("a pull request whose tests were traced", () => {
  it("is held against what the default branch sent, and closed where a request sends more than its limit", async () => {
    const shop = await shopOfOrders();
    const { repository } = shop;
    await harness.act(() => harness.github.completeRun({ repository, branch: "main", event: "push", artifacts: sent("base") }));
    const { number } = await shop.pull("shipments", { "src/orders.js": "export const orders = (load) => load().then((all) => all);\n" });
    const { calls } = await shop.ci(number, sent("n-plus-one"));
    expect(calls["issues/create-comment"] ?? 0).toBe(0);
    expect(await shop.check(number)).toMatchObject({
      state: "failure",
      title: expect.stringContaining("GET /orders queries_max: 52 queries against at most 20 (2 at the base)"),
    });
    const comment = await shop.comment(number);
    expect(comment).toContain("| `GET /orders` | 2 | 52 | +50 |");
    // The manifest was written for another commit: such a record can fail a limit, and pass none.
    expect(comment).toContain("The record is not complete, so every count may be too small: the manifest is of `aaaaaaa`");
    expect(await shop.mergeable(number)).toBe(false);
  });

  it("is open again, but not passed, when its tests send what they sent before and the record is of another commit", async () => {
    const shop = await shopOfOrders();
    const { number } = await shop.pull("shipments", { "src/orders.js": "export const orders = (load) => load().then((all) => all);\n" });
    await shop.ci(number, sent("n-plus-one"));
    await shop.push("shipments", { "src/orders.js": "export const orders = async (load) => load();\n" });
    await shop.ci(number, sent("base"));
    expect(await shop.check(number)).toMatchObject({ state: "success" });
    expect(await shop.comment(number)).not.toContain("✅ **Every endpoint is within its budget**");
    expect(await shop.mergeable(number)).toBe(true);
  });
});
