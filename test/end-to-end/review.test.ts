import { describe, expect, it } from "vitest";
import { artifactsOf, filesOf, useHarness } from "./harness.js";

const harness = useHarness();
const change = filesOf("shop/head");
/** Without SQL, so that nothing is planned: where only figures count. */
const code = { "shop/prices.py": "def price(): return 1\n" };
const reads = {
  "repos/compare-commits-with-basehead": 1,
  "graphql/PullRequestChange": 1,
  "repos/download-tarball-archive": 1,
};

describe("a pull request", () => {
  it("is opened: the check comes first, one comment has the whole checklist, in 5 calls with the tree", async () => {
    const shop = await harness.shop();
    const { number, calls, total } = await shop.pull("discounts", change);
    expect(calls).toEqual({ "checks/create": 1, ...reads, "issues/create-comment": 1 });
    expect(total).toBe(5);
    const first = (await harness.github.journal()).findLast(({ operation }) => operation === "checks/create");
    expect(first?.body).toMatchObject({ name: "redline/main", status: "in_progress" });
    const comment = await shop.comment(number);
    expect(comment.match(/^- .*\*\*/gm)).toHaveLength(14);
    expect(await shop.check(number)).toMatchObject({ state: "in_progress" });
    expect(await shop.mergeable(number)).toBe(false);
  });

  it("is pushed to: a new check, the same comment, in 5 calls with the tree", async () => {
    const shop = await harness.shop();
    const { number } = await shop.pull("discounts", change);
    const { calls, total } = await shop.push("discounts", { "shop/new.py": "print()\n" });
    expect(calls).toEqual({ "checks/create": 1, ...reads, "issues/update-comment": 1 });
    expect(total).toBe(5);
    await shop.comment(number);
  });

  it("has its CI finish: the figures close the gate, in 5 calls for two artifacts", async () => {
    const shop = await harness.shop();
    const { number } = await shop.pull("discounts", code);
    const { calls, total } = await shop.ci(number);
    expect(total).toBe(5);
    expect(calls).toMatchObject({
      "actions/list-workflow-run-artifacts": 1,
      "actions/download-artifact": 2,
      "checks/update": 1,
      "issues/update-comment": 1,
    });
    expect(await shop.check(number)).toMatchObject({ state: "failure", title: expect.stringContaining("Budget exceeded: /api/checkout") });
    expect(await shop.comment(number)).toContain("/api/checkout");
    expect(await shop.mergeable(number)).toBe(false);
    const blobs = await harness.github.blobJournal();
    expect(blobs.some(({ authorization }) => authorization)).toBe(false);
  });

  it("is annotated on the lines of its risky SQL", async () => {
    const shop = await harness.shop();
    const { number } = await shop.pull("discounts", change);
    await shop.ci(number);
    const annotations = (await shop.check(number))?.annotations.map(({ path, start_line: line, message }) => `${path}:${line} ${message}`);
    expect(annotations).toContainEqual(expect.stringMatching(/^migrations\/0002_discounts\.sql:4 /));
    expect(new Set(annotations).size).toBe(annotations?.length);
  });

  it("that changes documentation only is open at once, with the reason (R25)", async () => {
    const shop = await harness.shop();
    const { number } = await shop.pull("docs", { "README.md": "# The shop\n" });
    expect(await shop.check(number)).toMatchObject({ state: "success" });
    expect(await shop.mergeable(number)).toBe(true);
  });

  it("by a bot is judged as any other, and concluded (R25)", async () => {
    const shop = await harness.shop();
    const { number } = await shop.pull("update", { "README.md": "# newer\n" }, "renovate[bot]");
    expect(await shop.check(number)).toMatchObject({
      state: "success",
      title: "Only documentation changed, so there is nothing to measure",
    });
    expect(await shop.mergeable(number)).toBe(true);
  });

  it("of a repository without a configuration is reviewed in advisory mode", async () => {
    const shop = await harness.shop({ "README.md": "x\n" });
    const { number } = await shop.pull("sql", { "migrations/1.sql": "CREATE INDEX a_b ON a (b);\n" });
    expect(await shop.check(number)).toMatchObject({ state: "success", title: expect.stringMatching(/^Advisory/i) });
    expect(await shop.comment(number)).toContain("migrations/index-create-blocking");
  });

  it("is left alone when it is closed, and judged when it is reopened", async () => {
    const shop = await harness.shop();
    const { repository } = shop;
    const { number } = await shop.pull("docs", { "README.md": "# x\n" });
    const closed = await harness.act(() => harness.github.closePull({ repository, number, user: "dev" }));
    expect(closed.total).toBe(0);
    await harness.act(() => harness.github.reopenPull({ repository, number, user: "dev" }));
    expect(await shop.check(number)).toMatchObject({ state: "success" });
  });

  it("that is retargeted gets the check of its new base; the old one opens nothing there (O11)", async () => {
    const shop = await harness.shop();
    const { repository } = shop;
    await harness.github.createBranch({ repository, branch: "lax" });
    await harness.github.push({ repository, branch: "docs", by: "dev", files: { "README.md": "# x\n" } });
    const { number } = await harness.act(() => harness.github.openPull({ repository, head: "docs", base: "lax", user: "dev" }));
    expect(await shop.check(number, "redline/lax")).toMatchObject({ state: "success" });
    expect(await shop.check(number)).toBeUndefined();
    await harness.act(() => harness.github.editPull({ repository, number, base: "main", user: "dev" }));
    expect(await shop.check(number)).toMatchObject({ state: "success" });
  });

  it("is judged again on request", async () => {
    const shop = await harness.shop();
    const { repository } = shop;
    const { number } = await shop.pull("docs", { "README.md": "# x\n" });
    const { id } = (await shop.check(number)) ?? { id: 0 };
    const { calls } = await harness.act(() => harness.github.rerequestCheckRun({ repository, check_run: id, user: "dev" }));
    expect(calls).toMatchObject({ "checks/update": 2 });
    expect(await shop.check(number)).toMatchObject({ state: "success" });
  });

  it("in the merge queue has its verdict carried to the group, and says so", async () => {
    const shop = await harness.shop();
    const { repository } = shop;
    const { number } = await shop.pull("docs", { "README.md": "# x\n" });
    const group = await harness.act(() => harness.github.requestMergeGroup({ repository, number, user: "dev" }));
    const runs = await harness.github.checkRuns({ repository, sha: group.head_sha });
    expect(runs.at(-1)).toMatchObject({
      name: "redline/main",
      conclusion: "success",
      output: { title: expect.stringContaining(`Carried from #${number}`) },
    });
  });
});

describe("what was done already", () => {
  it("is not done again: a redelivery and a push elsewhere write nothing", async () => {
    const shop = await harness.shop();
    await shop.pull("discounts", change);
    const opened = (await harness.github.deliveries()).findLast(({ event, action }) => event === "pull_request" && action === "opened");
    const again = await harness.act(() => harness.github.redeliver({ guid: opened?.guid ?? "" }));
    expect(again.total).toBe(0);
    expect((await shop.push("elsewhere", { "a.py": "print()\n" })).total).toBe(0);
  });
});

describe("evidence", () => {
  it("of the nearest ancestor stands in for the merge base's, and is named with its distance", async () => {
    const shop = await harness.shop();
    await shop.baseline("base/run-12");
    await shop.push("main", { "CHANGES.md": "1\n" });
    await shop.push("main", { "CHANGES.md": "2\n" });
    const { number } = await shop.pull("discounts", code);
    await shop.ci(number);
    expect(await shop.comment(number)).toMatch(/Baseline: .*2 commits before the merge base/);
  });

  it("of a fork is matched by repository and head, and never becomes a baseline (A01, A03)", async () => {
    const shop = await harness.shop();
    const { repository } = shop;
    const fork = await harness.github.fork({ repository, owner: "fay" });
    await harness.github.push({ repository: fork.full_name, branch: "discounts", by: "fay", files: code });
    const { number } = await harness.act(() => harness.github.openPull({ repository, head: "fay:discounts", user: "fay" }));
    await shop.ci(number);
    expect(await shop.check(number)).toMatchObject({ state: "failure" });
    await harness.act(() => harness.github.completeRun({ repository, number, event: "push", artifacts: artifactsOf("head/run-02") }));
    const other = await shop.pull("other", code);
    await shop.ci(other.number);
    expect(await shop.comment(other.number)).toMatch(/Baseline: none/);
  });

  it("that is an archive with an escaping name, or none at all, is refused and closes the gate", async () => {
    const shop = await harness.shop();
    const { number } = await shop.pull("discounts", code);
    await shop.ci(number, { "redline-results": { zip: Buffer.from("not a zip").toString("base64") } });
    expect(await shop.check(number)).toMatchObject({ state: "action_required" });
    expect(await shop.mergeable(number)).toBe(false);
  });

  it("that no format knows is named and closes nothing by itself", async () => {
    const shop = await harness.shop();
    const { number } = await shop.pull("docs", { "README.md": "# x\n" });
    await shop.ci(number, { "redline-results": { "notes.json": '{"assets": [], "modules": []}' } });
    expect(await shop.check(number)).toMatchObject({ state: "success" });
    expect(await shop.comment(number)).toContain("notes.json");
  });

  it("that has expired is said so, and closes the gate (R28)", async () => {
    const shop = await harness.shop();
    const { repository } = shop;
    await harness.github.push({ repository, branch: "discounts", by: "dev", files: code });
    const { artifacts } = await harness.act(() =>
      harness.github.completeRun({ repository, branch: "discounts", event: "push", artifacts: artifactsOf("head/run-01") }),
    );
    for (const { id } of artifacts) await harness.github.expireArtifact({ repository, artifact: id });
    const { number } = await harness.act(() => harness.github.openPull({ repository, head: "discounts", user: "dev" }));
    expect(await shop.check(number)).toMatchObject({ state: "action_required" });
    expect(await shop.comment(number)).toContain("has expired");
  });
});

describe("an installation", () => {
  const granted = {
    metadata: "read",
    checks: "write",
    pull_requests: "write",
    contents: "read",
    merge_queues: "read",
    members: "read",
    issues: "read",
  } as const;

  it("has the check's name published once on the default branch", async () => {
    const runs = await harness.github.checkRuns({ repository: "acme/first", sha: (await first()) ?? "" });
    expect(runs).toMatchObject([{ name: "redline/main", conclusion: "success" }]);
  });

  it("that lacks a permission is told which, in the check", async () => {
    await harness.github.createRepository({ owner: "beta", name: "shop", organization: true, files: filesOf("shop/base") });
    await harness.act(() => harness.github.install({ app: 77, owner: "beta", permissions: granted }));
    const shop = harness.existing("beta/shop");
    const { number } = await shop.pull("discounts", code);
    await shop.ci(number);
    expect(await shop.check(number)).toMatchObject({ state: "action_required", summary: expect.stringContaining("actions: read") });
  });
});

const first = async (): Promise<string | undefined> => {
  const body: unknown = (await harness.github.journal()).find(({ operation }) => operation === "checks/create")?.body;
  return typeof body === "object" && body !== null && "head_sha" in body ? String(body.head_sha) : undefined;
};
