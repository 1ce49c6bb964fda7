import { describe, expect, it } from "vitest";
import type { Told } from "../../src/store/reading.js";
import type { KnownPull } from "../../src/store/store.js";
import { confirmed, gatherPull } from "../../src/worker/gather-pull.js";
import { FakeGitHub, RequestError } from "../github/fake-github.js";
import { useStage } from "./stage.js";

const stage = useStage();
const COMPARE = "GET /repos/{owner}/{repo}/compare/{basehead}";
const [BASE, MERGE_BASE] = ["b".repeat(40), "m".repeat(40)] as const;
const AT = "2026-01-05T08:00:00Z";

/** One pull request on a GitHub that answers what `world` says, and what was asked of it. */
async function scene(files: readonly string[] = ["src/a.ts"]) {
  const world = {
    repository: 2,
    head: "",
    base: BASE,
    labels: [] as string[],
    files,
    configuration: null as string | null,
    updatedAt: AT,
    gone: false,
  };
  const pull = () => ({
    ...{ number: 1, state: "OPEN", isDraft: false, locked: false, changedFiles: world.files.length, updatedAt: world.updatedAt },
    ...{ headRefOid: world.head, headRepository: { databaseId: 2 }, baseRefName: "main", author: null },
    labels: { nodes: world.labels.map((name) => ({ id: `LA_${name}`, name })) },
    baseRef: {
      target: {
        oid: world.base,
        file: world.configuration === null ? null : { object: { text: world.configuration, isBinary: false, byteSize: 1 } },
        statistics: null,
      },
    },
  });
  const repository = () => ({
    ...{ databaseId: world.repository, url: "https://github.test/acme/shop", isInOrganization: true, defaultBranchRef: { name: "main" } },
    pullRequest: pull(),
  });
  const github = new FakeGitHub({
    [COMPARE]: () => {
      if (world.gone) throw new RequestError(404, "Not Found");
      const list = world.files.map((filename) => ({ filename, status: "added" }));
      return { base_commit: { sha: world.base }, merge_base_commit: { sha: MERGE_BASE }, files: list };
    },
    "query PullRequestChange": () => ({
      repository: { ...repository(), ancestors: null, o0: { text: "x", isBinary: false, byteSize: 1 } },
    }),
    "query PullRequestFacts": () => ({ repository: repository() }),
  });
  const known = await stage.pull();
  world.head = known.headSha;
  const dependencies = stage.dependencies(github);
  const gather = (reason: string, of: KnownPull = known) => gatherPull({ github, known: of, dependencies }, reason);
  const asked = () => github.sent.splice(0).map(({ route }) => route.replace(/^.*(compare).*$/, "$1"));
  return { world, known, gather, asked, place: { github, known, dependencies } };
}

const told = (headSha: string, changed: Partial<Told> = {}): Told => ({
  ...{ at: "2026-01-05T08:30:00Z", receivedAt: "2026-01-05T09:00:00.000Z", headSha, draft: false, changedFiles: 1, labels: [] },
  ...changed,
});

describe("what a review starts from", () => {
  it("is read in two calls on a new head, and not at all for an event that changes neither head nor base", async () => {
    const { known, gather, asked } = await scene();
    expect(await gather("pull_request.opened")).toMatchObject({ facts: { head: { sha: known.headSha } }, read: { snapshot: {} } });
    expect(asked()).toEqual(["compare", "query PullRequestChange"]);
    await stage.store.readings.tell(known, told(known.headSha, { labels: [{ id: "LA_x", name: "x" }] }));
    for (const reason of ["pull_request.labeled", "workflow_run.completed"])
      expect(await gather(reason)).toMatchObject({ facts: { labels: [expect.anything()] } });
    expect(asked()).toEqual([]);
  });

  it("is nothing of another repository that has the name by now (R22)", async () => {
    const { world, gather } = await scene();
    world.repository = 999;
    await expect(gather("pull_request.opened")).rejects.toThrow("not-found (repository 999 has this name)");
  });

  it("is what events said only while nothing newer was read, and of this head only", async () => {
    const { known, gather } = await scene();
    await gather("pull_request.opened");
    await stage.store.readings.tell(known, told("another", { draft: true }));
    expect((await gather("pull_request.labeled"))?.facts.draft).toBe(false);
    const other = await scene();
    other.world.updatedAt = "2026-01-05T08:45:00Z";
    await other.gather("pull_request.opened");
    await stage.store.readings.tell(other.known, told(other.known.headSha, { draft: true }));
    expect((await other.gather("pull_request.labeled"))?.facts.draft).toBe(false);
  });

  it.each(["check_run.rerequested", "pull_request.reopened", "reconcile"])("is read again, in one call, for %s", async (reason) => {
    const { gather, asked } = await scene();
    await gather("pull_request.opened");
    asked();
    await gather(reason);
    expect(asked()).toEqual(["query PullRequestFacts"]);
  });

  it("is read again an hour later, and anew when the base moved or the store kept what nobody understands (R06)", async () => {
    const { known, gather, asked } = await scene();
    await gather("pull_request.opened");
    stage.now = new Date(stage.now.getTime() + 3_600_001);
    asked();
    await gather("pull_request.labeled");
    expect(asked()).toEqual(["query PullRequestFacts"]);
    await stage.store.readings.forget(known, "main");
    await gather("pull_request.labeled");
    await stage.store.readings.save(known, { baseRef: "main", answer: { number: "one" }, at: stage.now });
    await gather("pull_request.labeled");
    expect(asked()).toEqual(["compare", "query PullRequestChange", "compare", "query PullRequestChange"]);
  });

  it("is asked for alone when GitHub cannot compare, so that what is gone or moved is known", async () => {
    const { world, gather, asked } = await scene();
    world.gone = true;
    world.head = "f".repeat(40);
    expect(await gather("pull_request.opened")).toMatchObject({ facts: { head: { sha: world.head } } });
    expect(asked()).toEqual(["compare", "query PullRequestFacts"]);
  });
});

describe("a head that changes documentation only", () => {
  async function pushed(before: (of: Awaited<ReturnType<typeof scene>>) => unknown, changed: Partial<Told> = {}) {
    const of = await scene(["README.md"]);
    await before(of);
    await of.gather("pull_request.opened");
    of.asked();
    const next = { ...of.known, headSha: `${of.known.number}`.padStart(40, "e") };
    of.world.head = next.headSha;
    await stage.store.readings.tell(next, told(next.headSha, changed));
    return { ...of, next };
  }

  it("is judged after one read when an earlier head read the same base", async () => {
    const { gather, asked, next } = await pushed(() => undefined);
    const gathered = await gather("pull_request.synchronize", next);
    expect(gathered).toMatchObject({ facts: { head: { sha: next.headSha }, base: { sha: BASE } }, read: { ancestors: [MERGE_BASE] } });
    expect(gathered?.read?.snapshot.files).toEqual([{ path: "README.md", status: "added" }]);
    expect(asked()).toEqual(["compare"]);
  });

  it("is read whole when the team's own lines may speak of it, its label asks for an override, or the event lists other files", async () => {
    const lines = "checklist:\n  lines:\n    - { text: Read it, paths: ['**/*.md'] }\n";
    for (const { configuration, changed } of [
      { configuration: lines, changed: {} },
      { configuration: null, changed: { labels: [{ id: "LA_1", name: "perf-override" }] } },
      { configuration: null, changed: { changedFiles: 2 } },
    ]) {
      const { gather, asked, next } = await pushed((of) => Object.assign(of.world, { configuration }), changed);
      await gather("pull_request.synchronize", next);
      expect(asked()).toEqual(["compare", "query PullRequestChange"]);
    }
  });

  it("is read whole when the base moved, or a workflow run of it ended (D01)", async () => {
    const moved = await pushed(() => undefined);
    moved.world.base = "d".repeat(40);
    await moved.gather("pull_request.synchronize", moved.next);
    const measured = await pushed(() => undefined);
    const run = { id: 1, attempt: 1, url: "https://github.test/run/1", startedAt: AT };
    await stage.store.heads.expectRun(measured.next, 2, measured.next.headSha, run);
    await measured.gather("pull_request.synchronize", measured.next);
    for (const { asked } of [moved, measured]) expect(asked()).toEqual(["compare", "query PullRequestChange"]);
  });
});

describe("before a write that opens the gate", () => {
  it("facts younger than five seconds are not read again, older ones are", async () => {
    const { gather, asked, place } = await scene();
    const gathered = await gather("pull_request.opened");
    if (!gathered) throw new Error("gone");
    asked();
    stage.now = new Date(stage.now.getTime() + 5_000);
    expect(await confirmed(place, gathered)).toBe(gathered);
    expect(asked()).toEqual([]);
    stage.now = new Date(stage.now.getTime() + 1);
    expect(await confirmed(place, gathered)).toBe(gathered);
    expect(asked()).toEqual(["query PullRequestFacts"]);
  });

  it("what changed meanwhile, without any event, is judged anew (R06)", async () => {
    const { world, gather, place } = await scene();
    const gathered = await gather("pull_request.opened");
    if (!gathered) throw new Error("gone");
    world.base = "d".repeat(40);
    stage.now = new Date(stage.now.getTime() + 5_001);
    const now = await confirmed(place, gathered);
    expect(now?.facts.base.sha).toBe(world.base);
    expect(now?.read).toBeUndefined();
  });
});
