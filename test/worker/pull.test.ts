import { describe, expect, it } from "vitest";
import type { Planner } from "../../src/evidence/planner.js";
import { text } from "../../src/model/text.js";
import type { KnownPull } from "../../src/store/store.js";
import { reconcilePull } from "../../src/worker/pull.js";
import { CountingPlanner } from "./planners.js";
import { standing, useStage, verbs, writable } from "./stage.js";

const stage = useStage();
const BASE = "b".repeat(40);
const path = "migrations/1_a.sql";
const sql = "CREATE TABLE a (id int);";

const facts = (head: string) => ({
  repository: {
    databaseId: 2,
    url: "https://github.test/acme/shop",
    isInOrganization: true,
    defaultBranchRef: { name: "main" },
    pullRequest: {
      number: 1,
      state: "OPEN",
      isDraft: false,
      locked: false,
      changedFiles: 1,
      updatedAt: "2026-01-05T09:00:00Z",
      headRefOid: head,
      headRepository: { databaseId: 2 },
      baseRefName: "main",
      author: null,
      labels: null,
      baseRef: { target: { oid: BASE, file: null, statistics: null } },
    },
  },
});

/** A pull request that adds one migration; `meanwhile` happens while it is judged. */
async function reviewed(planner: Planner | null, meanwhile = async (_: KnownPull): Promise<void> => undefined) {
  const known = await stage.pull();
  const snapshot = {
    draft: false,
    base: { sha: BASE, ref: "main" },
    mergeBase: { sha: BASE },
    head: { sha: known.headSha },
    files: [{ path, status: "added" as const, head: sql }],
  };
  await stage.store.heads.saveSnapshot(known, BASE, known.headSha, snapshot, [BASE]);
  const github = writable({
    "query PullRequestFacts": () => facts(known.headSha),
    "GET /repos/{owner}/{repo}/pulls/{pull_number}": () => standing(known),
  });
  const dependencies = {
    ...stage.dependencies(github),
    planner,
    // Nothing has to be understood here: a statement that did not parse is one that asks for the schema, too.
    parseSql: async (texts: readonly { readonly sql: string }[]) => {
      await meanwhile(known);
      return texts.map((one) => ({ statements: [{ start: 0, end: one.sql.length, error: "not read here" }] }));
    },
  };
  dependencies.trees.set(`2 ${known.headSha}`, [{ files: [{ path, sha: "1", text: sql }] }]);
  const again = await reconcilePull(known, "pull_request.opened", dependencies);
  expect(github.sent.filter(({ route }) => route.startsWith("PATCH")).at(-1)?.parameters).toMatchObject({ status: "completed" });
  return { seconds: again && (again.getTime() - stage.now.getTime()) / 1000, verbs: verbs(github) };
}

/** When it is to be looked at again, in seconds from now. */
const lookedAtAgain = async (planner: Planner | null): Promise<number | null> => (await reviewed(planner)).seconds;

const cut = (later: boolean): CountingPlanner => Object.assign(new CountingPlanner(), { later });
const refusing = (later?: boolean): Planner => ({ open: async () => ({ refused: text`no`, ...(later !== undefined && { later }) }) });

describe("a review that is published", () => {
  it("is made again a minute later where the planner was busy", async () => {
    expect(await lookedAtAgain(refusing(true))).toBe(60);
  });

  it("is made again where the time was up and another try gets further", async () => {
    expect(await lookedAtAgain(cut(true))).toBe(60);
  });

  it.each<[string, Planner | null]>([
    ["the planner answered", new CountingPlanner()],
    ["the planner refuses for good", refusing()],
    ["another try gets no further", cut(false)],
    ["no planner can be started", null],
  ])("is made once where %s", async (_, planner) => {
    expect(await lookedAtAgain(planner)).toBeNull();
  });

  it("says nothing on a pull request that was closed or merged meanwhile, and is looked at again (R30)", async () => {
    const { seconds, verbs: sent } = await reviewed(null, (known) => stage.store.pulls.observe({ ...known, open: false }));
    expect([seconds, sent.includes("POST comments")]).toEqual([0, false]);
    expect((await reviewed(null)).verbs).toContain("POST comments");
  });
});
