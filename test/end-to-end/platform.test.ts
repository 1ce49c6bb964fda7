import { describe, expect, it } from "vitest";
import type { Permissions } from "../github-double/client.mjs";
import { appId } from "../github-double/stage.js";
import { useHarness } from "./harness.js";
import { changed, small } from "./over-budget.js";
import { loadArtifact } from "./results.js";

const harness = useHarness();
/** What no budget allows. */
const over = loadArtifact({ p99: 60 });
const all: Permissions = {
  metadata: "read",
  checks: "write",
  pull_requests: "write",
  contents: "read",
  actions: "read",
  merge_queues: "read",
  members: "read",
  issues: "read",
};

/** An organization of its own, where the App has all permissions but this one; the repository comes after it. */
async function without(owner: string, permission: string) {
  const { github, act } = harness;
  const repository = `${owner}/shop`;
  const { [permission]: _, ...permissions } = all;
  await github.createTeam({ organization: owner, slug: "perf-team", members: { maria: "active" } });
  await act(() => github.install({ app: appId, owner, permissions }));
  await github.createRepository({ owner, name: "shop", organization: true, files: small() });
  for (const user of ["dev", "maria"]) await github.setCollaborator({ repository, user, role: "write" });
  await github.setRuleset({ repository, branch: "main", checks: [{ name: "redline/main", integration_id: appId }] });
  return harness.existing(repository);
}

describe("without a permission", () => {
  it.each(["contents", "actions"])("to read %s the check says which one to grant, and the gate is closed", async (permission) => {
    const shop = await without(`no-${permission}`, permission);
    const { number } = await shop.pull("discounts", changed(2));
    await shop.ci(number, over);
    expect(await shop.check(number)).toMatchObject({
      state: "action_required",
      summary: expect.stringContaining(`${permission}: read`),
    });
    expect(await shop.mergeable(number)).toBe(false);
  });

  it("to read teams a label is neither believed nor taken off", async () => {
    const shop = await without("no-members", "members");
    const { number } = await shop.pull("discounts", changed(2));
    await shop.ci(number, over);
    await shop.label(number, "maria");
    expect(await shop.labels(number)).toEqual(["perf-override"]);
    expect(await shop.comment(number)).toMatch(/membership of `maria` in `perf-team` could not be read; it will be tried again/);
    expect(await shop.mergeable(number)).toBe(false);
  });
});

describe("the comment", () => {
  it("that somebody deleted is written anew, once", async () => {
    const shop = await harness.shop(small());
    const { repository } = shop;
    const { number } = await shop.pull("discounts", changed(2));
    const [comment] = await shop.comments(number);
    await harness.act(() => harness.github.deleteComment({ repository, comment: comment?.id ?? 0, user: "dev" }));
    await shop.ci(number, over);
    expect(await shop.comment(number)).toContain("Budget exceeded");
  });

  it("cannot be written where the conversation is locked: the check says the verdict all the same, and opens as ever", async () => {
    const shop = await harness.shop(small());
    const { repository } = shop;
    const { number } = await shop.pull("discounts", changed(2));
    const [comment] = await shop.comments(number);
    await harness.github.lockPull({ repository, number });
    await harness.act(() => harness.github.deleteComment({ repository, comment: comment?.id ?? 0, user: "dev" }));
    await shop.ci(number, over);
    expect(await shop.check(number)).toMatchObject({ state: "failure", title: expect.stringContaining("Budget exceeded") });
    await shop.label(number, "maria");
    expect(await shop.mergeable(number)).toBe(true);
    expect(await shop.comments(number)).toEqual([]);
  });
});

describe("a pull request", () => {
  it("that is a draft is judged as any other, before and after (R25)", async () => {
    const shop = await harness.shop(small());
    const { repository } = shop;
    await harness.github.push({ repository, branch: "docs", by: "dev", files: { "README.md": "# The shop\n" } });
    const { number } = await harness.act(() => harness.github.openPull({ repository, head: "docs", user: "dev", draft: true }));
    expect(await shop.check(number)).toMatchObject({ state: "success" });
    await harness.act(() => harness.github.readyForReview({ repository, number, user: "dev" }));
    expect(await shop.check(number)).toMatchObject({ state: "success" });
    expect(await shop.mergeable(number)).toBe(true);
    await harness.act(() => harness.github.convertToDraft({ repository, number, user: "dev" }));
    expect(await shop.check(number)).toMatchObject({ state: "success" });
  });

  it("is judged again by the check's own button", async () => {
    const shop = await harness.shop(small());
    const { repository } = shop;
    const { number } = await shop.pull("docs", { "README.md": "# x\n" });
    const run = (await harness.github.checkRuns({ repository, number })).at(-1);
    const identifier = run?.actions[0]?.identifier ?? "";
    expect(identifier).not.toBe("");
    const { calls } = await harness.act(() =>
      harness.github.requestAction({ repository, check_run: run?.id ?? 0, identifier, user: "dev" }),
    );
    expect(calls).toMatchObject({ "checks/update": 2, "graphql/PullRequestFacts": 1 });
    expect(await shop.check(number)).toMatchObject({ state: "success" });
  });

  it("that is closed is left alone whatever happens to it", async () => {
    const shop = await harness.shop(small());
    const { repository } = shop;
    const { number } = await shop.pull("discounts", changed(2));
    await harness.act(() => harness.github.closePull({ repository, number, user: "dev" }));
    const { mark } = await harness.github.mark();
    await shop.ci(number, over);
    await shop.label(number, "stranger");
    await shop.push("discounts", changed(3));
    await shop.push("main", { "CHANGES.md": "1\n" });
    expect((await harness.github.journal({ since: mark })).filter(({ write, token }) => write && !token)).toEqual([]);
  });

  it("that is retargeted from an easy branch to main has no open gate there until it is judged by main's budgets (O11)", async () => {
    const shop = await harness.shop(small());
    const { repository } = shop;
    await harness.github.createBranch({ repository, branch: "lax" });
    await harness.github.push({ repository, branch: "lax", by: "dev", files: { ".github/redline.yml": "mode: advisory\n" } });
    await harness.github.push({ repository, branch: "discounts", by: "dev", files: changed(2) });
    const { number } = await harness.act(() => harness.github.openPull({ repository, head: "discounts", base: "lax", user: "dev" }));
    await shop.ci(number, over);
    expect(await shop.check(number, "redline/lax")).toMatchObject({ state: "success" });
    await harness.act(() => harness.github.editPull({ repository, number, base: "main", user: "dev" }));
    expect(await shop.check(number)).toMatchObject({ state: "failure" });
    const seen = (await harness.github.oracleLog()).filter((entry) => entry.repository === repository && entry.base === "main");
    expect(seen.map(({ mergeable }) => mergeable)).not.toContain(true);
  });

  it("that is pushed back to a head judged before is judged again for the base as it is now (R32, O12)", async () => {
    const shop = await harness.shop(small());
    const { repository } = shop;
    const { number, head_sha: first } = await shop.pull("docs", { "README.md": "# x\n" });
    expect(await shop.check(number)).toMatchObject({ state: "success" });
    await shop.push("docs", { "README.md": "# y\n" });
    await shop.push("main", { ".github/redline.yml": "endpoint: {}\n" });
    expect(await shop.check(number)).toMatchObject({ state: "action_required" });
    await harness.act(() => harness.github.push({ repository, branch: "docs", by: "dev", to: first }));
    expect(await shop.check(number)).toMatchObject({ state: "action_required" });
  });

  it.each(["pushed back", "retargeted back", "reopened"])(
    "that is %s finds no open gate there when a worse run of the commit has ended meanwhile (R32, O11)",
    async (way) => {
      const shop = await harness.shop(small());
      const { repository } = shop;
      const { github, act } = harness;
      await github.createBranch({ repository, branch: "release" });
      const { number, head_sha: first } = await shop.pull("discounts", changed(2));
      const { id: run } = await shop.ci(number, loadArtifact({ p99: 10 }));
      const push = (to: object) => act(() => github.push({ repository, branch: "discounts", by: "dev", ...to }));
      const retarget = (base: string) => act(() => github.editPull({ repository, number, base, user: "dev" }));
      const [leave, comeBack] = {
        "pushed back": [() => push({ files: changed(3) }), () => push({ to: first })] as const,
        "retargeted back": [() => retarget("release"), () => retarget("main")] as const,
      }[way] ?? [() => act(() => github.closePull({ repository, number })), () => act(() => github.reopenPull({ repository, number }))];
      const gate = async () => (await github.oracle({ repository, branch: "main", sha: first })).mergeable;
      await leave();
      expect(await gate()).toBe(true);
      await act(() => github.rerun({ repository, run }));
      await act(() => github.completeRun({ repository, run, artifacts: loadArtifact({ p99: 60 }) }));
      expect(await gate()).toBe(false);
      await comeBack();
      expect(await gate()).toBe(false);
    },
  );

  it("that was merged keeps the check that it was merged with, whatever runs end after it (R30)", async () => {
    const shop = await harness.shop(small());
    const { repository } = shop;
    const { number, head_sha: sha } = await shop.pull("discounts", changed(2));
    const run = await shop.ci(number, loadArtifact({ p99: 10 }));
    await harness.act(() => harness.github.mergePull({ repository, number, user: "dev" }));
    await harness.act(() => harness.github.rerun({ repository, run: run.id }));
    await harness.act(() => harness.github.completeRun({ repository, run: run.id, artifacts: loadArtifact({ p99: 60 }) }));
    const checks = (await harness.github.checkRuns({ repository, sha })).filter(({ name }) => name === "redline/main");
    expect(checks.map(({ conclusion }) => conclusion)).toEqual(["success"]);
  });

  it("whose override ends by a push is never mergeable on the new head, not for one call", async () => {
    const shop = await harness.shop(small());
    const { number } = await shop.pull("discounts", changed(2));
    await shop.ci(number, over);
    await shop.label(number, "maria");
    expect(await shop.mergeable(number)).toBe(true);
    const { sha } = await shop.push("discounts", changed(3));
    const seen = (await harness.github.oracleLog()).filter((entry) => entry.repository === shop.repository && entry.head === sha);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.map(({ mergeable }) => mergeable)).not.toContain(true);
  });

  it("that shares its head with another into the same base has a comment of its own and the same verdict (R31)", async () => {
    const shop = await harness.shop(small());
    const { repository } = shop;
    const first = await shop.pull("discounts", changed(2));
    await harness.github.createBranch({ repository, branch: "twin", from: "discounts" });
    const second = await harness.act(() => harness.github.openPull({ repository, head: "twin", user: "dev" }));
    await shop.ci(first.number, over);
    for (const { number } of [first, second]) {
      expect(await shop.comment(number)).toContain("Budget exceeded");
      expect(await shop.mergeable(number)).toBe(false);
    }
  });
});

describe("a merge group", () => {
  const at = async (shop: Awaited<ReturnType<typeof harness.shop>>, sha: string) =>
    (await harness.github.checkRuns({ repository: shop.repository, sha })).at(-1);

  it("of a pull request that is over its budget is closed as well (R26)", async () => {
    const shop = await harness.shop(small());
    const { repository } = shop;
    const { number } = await shop.pull("discounts", changed(2));
    await shop.ci(number, over);
    const { head_sha: sha } = await harness.act(() => harness.github.requestMergeGroup({ repository, number, user: "dev" }));
    expect(await at(shop, sha)).toMatchObject({ conclusion: "failure", output: { title: expect.stringContaining("Budget exceeded") } });
    expect((await harness.github.oracle({ repository, branch: "main", sha })).mergeable).toBe(false);
  });

  it("of a pull request that still waits for its figures is not waved through (R26)", async () => {
    const shop = await harness.shop(small());
    const { repository } = shop;
    const { number } = await shop.pull("discounts", changed(2));
    const { head_sha: sha } = await harness.act(() => harness.github.requestMergeGroup({ repository, number, user: "dev" }));
    expect(await at(shop, sha)).toMatchObject({ conclusion: "action_required" });
  });
});

describe("a merge group whose pull request is open", () => {
  it("carries its verdict and says so; its own results close it where they are over a budget (R26)", async () => {
    const { github, act } = harness;
    const shop = await harness.shop(small());
    const { repository } = shop;
    const { number } = await shop.pull("discounts", changed(2));
    await shop.ci(number, loadArtifact({ p99: 20 }));
    const group = await act(() => github.requestMergeGroup({ repository, number, user: "dev" }));
    const check = async () => (await github.checkRuns({ repository, sha: group.head_sha })).at(-1);
    expect(await check()).toMatchObject({
      conclusion: "success",
      output: { title: expect.stringMatching(`^Carried from #${number}: `), summary: expect.stringContaining("was not measured") },
    });
    const run = { repository, branch: group.head_ref.replace("refs/heads/", ""), event: "merge_group", sha: group.head_sha };
    await act(() => github.completeRun({ ...run, artifacts: loadArtifact({ p99: 60 }) }));
    expect(await check()).toMatchObject({
      conclusion: "failure",
      output: { title: expect.stringMatching(/^The merge group was measured: Budget exceeded/) },
    });
    expect((await github.oracle({ repository, branch: "main", sha: group.head_sha })).mergeable).toBe(false);
  });
});

describe("an installation", () => {
  it("that is told twice publishes the check's name once", async () => {
    const { github, act } = harness;
    const repository = "twice/shop";
    const { head } = await github.createRepository({ owner: "twice", name: "shop", organization: true, files: small() });
    const { deliveries } = await act(() => github.install({ app: appId, owner: "twice" }));
    const again = await act(() => github.redeliver({ guid: deliveries[0]?.guid ?? "" }));
    expect(again.calls["checks/create"]).toBeUndefined();
    const runs = await github.checkRuns({ repository, sha: head ?? "" });
    expect(runs).toMatchObject([{ name: "redline/main", conclusion: "success", output: { title: "Redline is installed" } }]);
  });
});
