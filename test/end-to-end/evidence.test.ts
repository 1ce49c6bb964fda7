import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Artifacts } from "../github-double/client.mjs";
import { filesOf, useHarness } from "./harness.js";

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

const app = (...routes: readonly string[]): string =>
  ["app = Flask(__name__)", ...routes.map((path, n) => `@app.route("${path}")\ndef page${n}():\n    return "ok"`)].join("\n\n");
const k6 = (...paths: readonly string[]): string =>
  ['import http from "k6/http";', ...paths.map((path) => `http.get(\`\${__ENV.BASE}${path}\`);`)].join("\n");

const routed = {
  ...filesOf("shop/base"),
  "web/pages.py": app("/pages/home", "/pages/old"),
  "k6/pages.js": k6("/pages/home", "/pages/old"),
};
const refunds = { "web/pages.py": app("/pages/home", "/pages/refunds") };

describe("a load test in the repository", () => {
  it("routes that a change adds and removes are held against the repository's load tests, for one call more", async () => {
    const shop = await harness.shop(routed);
    const { number, calls, total } = await shop.pull("refunds", refunds);
    expect(calls).toMatchObject({ "repos/download-tarball-archive": 1 });
    // Without the look after it opened, and the second write of a check that took longer than its first moment.
    expect(total - (calls["pulls/get"] ?? 0) - (calls["checks/update"] ?? 0)).toBe(5);
    const comment = await shop.comment(number);
    expect(comment).toContain("`GET /pages/refunds` is new, and none of the 1 load-test file requests it");
    expect(comment).toContain("`k6/pages.js` still requests `/pages/old`");
    expect(comment).toMatch(/❌ \*\*The load test is updated where needed\*\*/);
  });

  it("a load test that follows them answers the line", async () => {
    const shop = await harness.shop(routed);
    const { number } = await shop.pull("refunds", { ...refunds, "k6/pages.js": k6("/pages/home", "/pages/refunds") });
    expect(await shop.comment(number)).toMatch(/✅ \*\*The load test is updated where needed\*\* — .*requested by `k6\/pages.js:3`/);
  });

  it("a change of code without routes reads no more of the repository than before", async () => {
    const shop = await harness.shop(routed);
    const { calls } = await shop.pull("sums", { "web/sums.py": "def total(items):\n    return sum(items)\n" });
    expect(calls).not.toHaveProperty("repos/download-tarball-archive");
  });
});
