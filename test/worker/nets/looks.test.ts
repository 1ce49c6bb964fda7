import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTables, storeOn } from "../../../src/store/open.js";
import type { KnownPull, Store } from "../../../src/store/store.js";
import type { Tables } from "../../../src/store/tables.js";
import { lookAtActive } from "../../../src/worker/nets/active-look.js";
import { lookAtAll } from "../../../src/worker/nets/full-look.js";
import { RequestError } from "../../github/fake-github.js";
import { openMemory } from "../../store/memory.js";
import { ListedGitHub, listedPull, listedRun, type NetStage, netStage } from "./stage.js";

const at = (hours: number): Date => new Date(Date.parse("2026-01-05T09:00:00Z") + hours * 3_600_000);
const now = at(1);
const later = at(2000);

let db: Kysely<Tables>;
let store: Store;
let github: ListedGitHub;
let stage: NetStage;

beforeAll(async () => {
  const opened = await openTables({ dataDirectory: ":memory:", memory: openMemory });
  db = opened.db;
  store = storeOn(opened);
});

afterAll(() => store.close());

beforeEach(async () => {
  await sql`truncate pull, dirty, publication, installation, repository, expected_run, net`.execute(db);
  github = new ListedGitHub();
  stage = netStage(store, github);
});

const pull = (number: number, changes: Partial<KnownPull> = {}): KnownPull => ({
  installation: 1,
  repository: 2,
  number,
  owner: "acme",
  name: "shop",
  headSha: `head-${number}`,
  headRepository: 2,
  baseRef: "main",
  open: true,
  ...changes,
});

const sight = { updatedAt: "2026-01-05T09:00:00Z", labels: [] };

/** As an event leaves it: observed, seen, and with a check that waits for results or is done. */
async function knows(one: KnownPull, checkState: "in_progress" | "success", when = at(0)): Promise<void> {
  await store.pulls.observe(one);
  await store.nets.touch(one, when, sight);
  const check = { checkRunId: one.number, checkState, checkDigest: "x", annotationsDigest: null, runs: null, since: when };
  await store.publications.save(one, one.headSha, `redline/${one.baseRef}`, check);
}

/** Takes everything that is marked, and forgets it. */
async function marks(): Promise<readonly string[]> {
  const rows = await db.deleteFrom("dirty").returning(["number", "mergeGroup", "reason"]).execute();
  return rows.map(({ number, mergeGroup, reason }) => `${mergeGroup || number} ${reason}`).toSorted();
}

describe("the hourly look at everything", () => {
  it("finds a pull request whose opening, and a head whose push, was never delivered (R06)", async () => {
    await knows(pull(1), "success");
    github.pulls = [
      listedPull(1, { head: { sha: "pushed", repo: { id: 2 } }, updated_at: "2026-01-05T09:30:00Z" }),
      listedPull(7, { head: { sha: "forked", repo: { id: 70 } } }),
    ];
    expect(await lookAtAll(now, stage)).toBe(2);
    expect(await marks()).toEqual(["1 net.moved", "7 net.unknown", "installation:main net.announce"]);
    expect(await store.pulls.get(pull(1))).toMatchObject({ headSha: "pushed" });
    expect(await store.pulls.get(pull(7))).toMatchObject({ headSha: "forked", headRepository: 70, open: true });
    expect(stage.wakes).toBe(2);
  });

  it("marks nothing twice, and asks a repository whose list did not change by its ETag", async () => {
    github.pulls = [listedPull(1)];
    await lookAtAll(now, stage);
    await marks();
    expect(await lookAtAll(at(2), stage)).toBe(0);
    expect(await marks()).toEqual([]);
    const asked = github.sent.filter(({ route }) => route === "GET /repos/{owner}/{repo}/pulls");
    expect(asked.map(({ parameters }) => Object.hasOwn(parameters, "headers"))).toEqual([false, true]);
  });

  it("finds a run of a fresh head whose event was never delivered, once for each attempt (R06)", async () => {
    await knows(pull(1), "success");
    await store.installations.observe({
      installation: 1,
      repository: 2,
      owner: "acme",
      name: "shop",
      defaultBranch: "main",
      archived: false,
    });
    github.pulls = [listedPull(1)];
    github.runs = [listedRun(5, "head-1"), listedRun(6, "head-1", { status: "in_progress" })];
    await lookAtAll(now, stage);
    expect(await marks()).toEqual(["1 workflow_run.completed"]);
    expect(await store.heads.expectedRuns(pull(1), 2, "head-1")).toMatchObject([
      { id: 5, attempt: 1, workflow: ".github/workflows/bench.yml" },
    ]);
    await lookAtAll(now, stage);
    expect(await marks()).toEqual([]);
    github.runs = [listedRun(5, "head-1", { run_attempt: 2 })];
    await lookAtAll(now, stage);
    expect(await marks()).toEqual(["1 workflow_run.completed"]);
  });

  it("finds a run also where no event of the pull request itself ever came (R06)", async () => {
    await store.pulls.observe(pull(1));
    github.pulls = [listedPull(1)];
    github.runs = [listedRun(5, "head-1")];
    await lookAtAll(now, stage);
    expect(await marks()).toContain("1 workflow_run.completed");
  });

  it("makes a check anew that has been in progress for 13 days (R23)", async () => {
    await knows(pull(1), "in_progress", at(0));
    github.pulls = [listedPull(1)];
    await lookAtAll(at(12 * 24), stage);
    await marks();
    await lookAtAll(at(13 * 24 + 1), stage);
    expect(await marks()).toEqual(["1 net.aged"]);
    expect(await store.publications.get(pull(1), "head-1", "redline/main")).toBeNull();
  });

  it("stops in a repository that was archived, and goes on when it no longer is (R22)", async () => {
    await knows(pull(1), "success");
    const shop = { id: 2, name: "shop", owner: { login: "acme" }, default_branch: "main" };
    github.repositories = [{ ...shop, archived: true }];
    await lookAtAll(now, stage);
    expect(await store.pulls.open(1)).toEqual([]);
    github.repositories = [{ ...shop, archived: false }];
    github.pulls = [listedPull(1)];
    await lookAtAll(at(2), stage);
    expect(await marks()).toEqual(["1 net.unknown"]);
  });

  it("takes a repository's new name and new default branch, whose check it announces (R22)", async () => {
    await knows(pull(1), "success");
    await lookAtAll(now, stage);
    await marks();
    github.repositories = [{ id: 2, name: "store", owner: { login: "acme-inc" }, default_branch: "trunk", archived: false }];
    github.pulls = [listedPull(1)];
    await lookAtAll(at(2), stage);
    expect(await marks()).toEqual(["installation:trunk net.announce"]);
    expect(await store.installations.repository(pull(1))).toMatchObject({ owner: "acme-inc", name: "store", defaultBranch: "trunk" });
  });

  it("parks what a suspension, a removal or a smaller selection took away, and says so (R21)", async () => {
    await knows(pull(1), "success");
    await knows(pull(2, { repository: 3 }), "success");
    await knows(pull(3, { installation: 9 }), "success");
    github.installations = [
      { id: 1, suspended_at: null },
      { id: 4, suspended_at: "2026-01-05T08:00:00Z" },
    ];
    github.pulls = [listedPull(1)];
    await lookAtAll(now, stage);
    expect((await store.pulls.open(null)).filter(({ group }) => group === undefined)).toEqual([pull(1)]);
    expect([await store.installations.state(4), await store.installations.state(9)]).toEqual(["suspended", "removed"]);
    expect(stage.said).toEqual([
      expect.stringContaining("does not cover this repository any more"),
      expect.stringContaining("not installed there any more"),
    ]);
  });

  it("is ended for one installation by its rate limit, and goes on with the next (R17)", async () => {
    github.installations = [{ id: 1 }, { id: 8 }];
    github.broken.set("GET /installation/repositories", new RequestError(403, "API rate limit exceeded", { "x-ratelimit-remaining": "0" }));
    await lookAtAll(now, stage);
    expect(github.routes.filter((route) => route === "GET /installation/repositories")).toHaveLength(2);
  });

  it("leaves one repository out that GitHub does not answer for, and closes nothing (R18)", async () => {
    await knows(pull(1), "success");
    github.broken.set("GET /repos/{owner}/{repo}/pulls", new RequestError(502, "Bad Gateway"));
    await lookAtAll(now, stage);
    expect((await store.pulls.open(1)).map(({ number }) => number)).toContain(1);
  });

  it("waits between repositories, so that it is nobody's thundering herd", async () => {
    github.repositories = [2, 3, 4].map((id) => ({ id, name: `r${id}`, owner: { login: "acme" }, default_branch: "main" }));
    await lookAtAll(now, stage);
    expect(stage.pauses).toBe(3);
  });
});

describe("the look at what is active", () => {
  it("asks once for each repository, and once for each head that waits for results", async () => {
    await knows(pull(1), "in_progress");
    await knows(pull(2), "success");
    await knows(pull(3, { repository: 3 }), "success", at(-48));
    github.pulls = [listedPull(1), listedPull(2)];
    github.runs = [listedRun(5, "head-1")];
    await lookAtActive(now, stage);
    expect(github.routes).toEqual(["GET /repos/{owner}/{repo}/pulls", "GET /repos/{owner}/{repo}/actions/runs"]);
    expect(await marks()).toEqual(["1 workflow_run.completed"]);
  });

  it("marks a check in progress that nobody is going to end, and no other (R23)", async () => {
    await knows(pull(1), "in_progress", at(-72));
    await knows(pull(2), "in_progress", at(-72));
    await store.dirty.mark(pull(2), "awaits results", later);
    github.pulls = [listedPull(1), listedPull(2)];
    await lookAtActive(now, stage);
    expect(await marks()).toEqual(["1 net.unattended", "2 awaits results"]);
  });

  it("finds a label that was put or taken without a word (R06)", async () => {
    await knows(pull(1), "success");
    github.pulls = [listedPull(1, { labels: [{ name: "perf-override" }], updated_at: "2026-01-05T09:20:00Z" })];
    await lookAtActive(now, stage);
    expect(await marks()).toEqual(["1 net.labels"]);
    await lookAtActive(now, stage);
    expect(await marks()).toEqual([]);
  });

  it("finds a pull request that was closed without a word (R06)", async () => {
    await knows(pull(1), "success");
    await lookAtActive(now, stage);
    expect(await marks()).toEqual(["1 net.gone"]);
  });

  it("asks nothing of a suspended installation, and notices a suspension itself (R21)", async () => {
    await knows(pull(1), "success");
    github.broken.set("GET /repos/{owner}/{repo}/pulls", new RequestError(403, "This installation has been suspended"));
    await lookAtActive(now, stage);
    expect(await store.installations.state(1)).toBe("suspended");
    await lookAtActive(now, stage);
    expect(github.sent).toHaveLength(1);
    expect(await store.pulls.open(1)).toHaveLength(1);
  });
});
