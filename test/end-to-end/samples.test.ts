import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { type Shop, useHarness } from "./harness.js";
import { benchmarkArtifact, loadArtifact, loadTest } from "./results.js";

const harness = useHarness();
const path = ".github/redline.yml";
const change = { "src/checkout.py": "def checkout(): return 1\n" };

const configured = (more = "") => ({
  "src/checkout.py": "def checkout(): pass\n",
  [path]: `endpoints:
  /api/checkout: { latency_p99: 100ms, throughput_min: 100rps }
on_budget_exceed: { block_merge: true, require_approval: perf-team }
critical: ["src/**"]
${more}`,
});

const shops = new Map<string, Shop>();
let branches = 0;

/** A pull request of its own; what is configured alike is one shop. */
async function opened(more = "") {
  const shop = shops.get(more) ?? (await harness.shop(configured(more)));
  shops.set(more, shop);
  branches += 1;
  const branch = `change-${branches}`;
  const { number } = await shop.pull(branch, change);
  return { shop, repository: shop.repository, number, branch };
}

const zipped = (files: Record<string, string>) => ({
  zip: Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])))).toString("base64"),
});

describe("runs of a load test", () => {
  it("a little over the budget are waited for until there are three, and three of them fail", async () => {
    const { shop, number } = await opened();
    const states: unknown[] = [];
    for (const p99 of [110, 120, 130]) {
      await shop.ci(number, loadArtifact({ p99 }));
      states.push((await shop.check(number))?.state);
    }
    expect(states).toEqual(["in_progress", "in_progress", "failure"]);
    expect(await shop.comment(number)).toContain("| 3 |");
    expect(await shop.mergeable(number)).toBe(false);
  });

  it("are all kept: a better attempt of the same run takes no worse one away", async () => {
    const { shop, repository, number } = await opened();
    const { id: run } = await shop.ci(number, loadArtifact({ p99: 500 }));
    expect(await shop.check(number)).toMatchObject({ state: "failure" });
    await harness.act(() => harness.github.rerun({ repository, run, user: "dev" }));
    await harness.act(() => harness.github.completeRun({ repository, number, run, artifacts: loadArtifact({ p99: 50 }) }));
    const comment = await shop.comment(number);
    expect(comment).toContain("attempt 2");
    expect(comment).toMatch(/latency_p99.*\| 2 \|/);
  });

  it("that arrive again change nothing: no call writes", async () => {
    const { shop, number } = await opened();
    await shop.ci(number, loadArtifact({ p99: 500 }));
    const done = (await harness.github.deliveries()).findLast(({ event, action }) => event === "workflow_run" && action === "completed");
    const { mark } = await harness.github.mark();
    await harness.act(() => harness.github.redeliver({ guid: done?.guid ?? "" }));
    await shop.ci(number, { "redline-load-test": {} });
    expect((await harness.github.journal({ since: mark })).filter(({ write, token }) => write && !token)).toEqual([]);
  });

  it("that never come close the gate at the deadline, with what is missing", async () => {
    const { shop, number } = await opened("evidence: { wait: 0s }\n");
    expect(await shop.check(number)).toMatchObject({
      state: "action_required",
      title: expect.stringContaining("no load-test result of this head has arrived"),
    });
    expect(await shop.mergeable(number)).toBe(false);
    await shop.ci(number, loadArtifact());
    expect(await shop.check(number)).toMatchObject({ state: "success" });
    expect(await shop.mergeable(number)).toBe(true);
  });

  it("of an older head say nothing about the new one", async () => {
    const { shop, number, branch } = await opened();
    await shop.ci(number, loadArtifact());
    expect(await shop.mergeable(number)).toBe(true);
    await shop.push(branch, { "src/checkout.py": "def checkout(): return 2\n" });
    expect(await shop.check(number)).toMatchObject({ state: "in_progress" });
    expect(await shop.mergeable(number)).toBe(false);
  });
});

describe("an artifact", () => {
  it.each([
    ["whose entry escapes its folder", { "redline-load-test": zipped({ "../../autocannon.json": loadTest() }) }],
    ["whose entry is absolute", { "redline-load-test": zipped({ "/etc/autocannon.json": loadTest() }) }],
    ["that is no zip", { "redline-load-test": { zip: Buffer.from("PK\u0003\u0004 cut off").toString("base64") } }],
    ["whose file is cut off", { "redline-load-test": { "autocannon.json": loadTest().slice(0, 700) } }],
  ])("%s closes the gate with one sentence", async (_, artifacts) => {
    const { shop, number } = await opened();
    await shop.ci(number, artifacts);
    expect(await shop.check(number)).toMatchObject({ state: "action_required" });
    expect(await shop.comment(number)).toMatch(/### What could not be read.*\n\n- ❌ `redline-load-test.*: .{20,}/);
    expect(await shop.mergeable(number)).toBe(false);
  });

  it("of another name than the configured ones is not even downloaded", async () => {
    const { shop, number } = await opened();
    const { calls } = await shop.ci(number, { coverage: { "autocannon.json": loadTest() } });
    expect(calls).toMatchObject({ "actions/list-workflow-run-artifacts": 1 });
    expect(calls["actions/download-artifact"]).toBeUndefined();
    expect(await shop.check(number)).toMatchObject({ state: "in_progress" });
  });
});

describe("a benchmark that takes half as long again", () => {
  const quiet = { ...configured(), [path]: "on_budget_exceed: { block_merge: true, require_approval: perf-team }\n" };

  async function measured(runs: number) {
    const shop = await harness.shop(quiet);
    const { repository } = shop;
    for (let run = 1; run <= runs; run += 1) {
      await harness.github.push({ repository, branch: "main", by: "dev", files: { "CHANGES.md": `${run}\n` } });
      const artifacts = benchmarkArtifact(1 + (run % 3) / 1000);
      await harness.github.completeRun({ repository, branch: "main", event: "push", artifacts });
    }
    await harness.act(async () => ({}));
    await harness.github.createBranch({ repository, branch: "change", from: "main" });
    const { number } = await shop.pull("change", change);
    return { shop, number };
  }

  it("blocks once three runs show it against ten runs of history", async () => {
    const { shop, number } = await measured(11);
    const states: unknown[] = [];
    for (let run = 1; run <= 3; run += 1) {
      await shop.ci(number, benchmarkArtifact(1.5));
      states.push((await shop.check(number))?.state);
    }
    expect(states).toEqual(["in_progress", "in_progress", "failure"]);
    expect(await shop.comment(number)).toMatch(/### .*[Ss]lower|regress/);
    expect(await shop.mergeable(number)).toBe(false);
  });

  it("blocks nothing against a single run of history", async () => {
    const { shop, number } = await measured(1);
    for (let run = 1; run <= 3; run += 1) await shop.ci(number, benchmarkArtifact(1.5));
    expect(await shop.check(number)).toMatchObject({ state: "success" });
    expect(await shop.comment(number)).toMatch(/suspect|slower/i);
    expect(await shop.mergeable(number)).toBe(true);
  });
});
