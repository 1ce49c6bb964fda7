import { describe, expect, it } from "vitest";
import { text } from "../../src/model/text.js";
import type { Verdict } from "../../src/model/verdict.js";
import type { KnownPull } from "../../src/store/store.js";
import { reconcileMergeGroup } from "../../src/worker/merge-group.js";
import type { FakeGitHub } from "../github/fake-github.js";
import { useStage, writable } from "./stage.js";

const stage = useStage();
const COMPARE = "GET /repos/{owner}/{repo}/compare/{basehead}";
const BENCH = ".github/workflows/bench.yml";

const verdict = (conclusion: Verdict["conclusion"], parts: Partial<Verdict> = {}): Verdict => ({
  conclusion,
  advisory: false,
  title: text`as judged`,
  action: [],
  violations: [],
  ...parts,
});

/** A pull request whose check says this; `null` for one that was not judged. */
async function judged(conclusion: Verdict["conclusion"] | null, parts: Partial<KnownPull> = {}, state: string | null = conclusion) {
  const pull = await stage.pull(parts);
  if (conclusion !== null) await stage.store.pulls.saveVerdict(pull, pull.headSha, verdict(conclusion));
  const since = stage.now;
  const said = { checkRunId: pull.number, checkState: state, checkDigest: null, annotationsDigest: null, runs: null, since };
  if (state !== null) await stage.store.publications.save(pull, pull.headSha, `redline/${pull.baseRef}`, said);
  return pull;
}

let groups = 0;

/** A group named after the last of these, that merges them one after the other. */
async function queued(...pulls: readonly KnownPull[]): Promise<{ readonly known: KnownPull; readonly github: FakeGitHub }> {
  groups += 1;
  const shas = pulls.map((_, index) => `group-${groups}-${index}`);
  const headSha = shas.at(-1) ?? `group-${groups}`;
  const number = pulls.at(-1)?.number ?? 0;
  const known = await stage.pull({ number, group: headSha, headSha });
  await stage.store.gate.recordGroup(known, { headSha, baseSha: "base", baseRef: "main", number, tree: null, requestedAt: stage.now });
  const commits = pulls.map((pull, index) => ({
    sha: shas[index],
    parents: [{ sha: shas[index - 1] ?? "base" }, { sha: pull.headSha }],
    commit: { message: `Merge pull request #${pull.number}\n\nlong` },
  }));
  return { known, github: writable({ [COMPARE]: () => ({ total_commits: commits.length, commits }) }) };
}

async function answered(...pulls: readonly KnownPull[]) {
  const { known, github } = await queued(...pulls);
  const again = await reconcileMergeGroup(known, stage.dependencies(github));
  const { status, conclusion = null, output } = github.sent.at(-1)?.parameters ?? {};
  return { known, github, again, said: { status, conclusion, title: (output as { title: string }).title } };
}

describe("a merge group", () => {
  it("carries the verdict of its one pull request, and says so", async () => {
    const pull = await judged("success");
    const { said } = await answered(pull);
    expect(said).toEqual({ status: "completed", conclusion: "success", title: `Carried from #${pull.number}: as judged` });
  });

  it("of three pull requests is closed by the one among them that is, although its branch names another (R26)", async () => {
    const pulls = [await judged("success"), await judged("failure"), await judged("success")] as const;
    const { said } = await answered(...pulls);
    expect(said).toMatchObject({ conclusion: "failure", title: `Carried from #${pulls[1].number}: as judged` });
    // The same group, if only the name of its branch were believed.
    expect((await answered(pulls[2])).said).toMatchObject({ conclusion: "success" });
  });

  it.each<[string, () => Promise<KnownPull>]>([
    ["that was not judged", () => judged(null)],
    ["that was judged on another head", async () => ({ ...(await judged("success")), headSha: "other" })],
    ["that goes to another base, where its gate is open", () => judged("success", { baseRef: "lax" })],
    ["that is closed", () => judged("success", { open: false })],
    ["whose check somebody else closed", () => judged("success", {}, "failure")],
  ])("with a pull request %s is answered, and closed (R26)", async (_, make) => {
    const { said } = await answered(await judged("success"), await make());
    expect(said).toMatchObject({ status: "completed", conclusion: "action_required" });
  });

  it("waits while one of its pull requests is judged anew, and not for ever", async () => {
    const pull = await judged("success", {}, "in_progress");
    const { known, github, again, said } = await answered(pull);
    expect(said).toMatchObject({ status: "in_progress" });
    expect(again?.getTime()).toBe(stage.now.getTime() + 5_000);
    stage.now = new Date(stage.now.getTime() + 11 * 60_000);
    await reconcileMergeGroup(known, stage.dependencies(github));
    expect(github.sent.at(-1)?.parameters).toMatchObject({ status: "completed", conclusion: "action_required" });
  });

  it("is given up with its queue: nobody is answered after six hours", async () => {
    const { known, github } = await queued(await judged("success"));
    stage.now = new Date(stage.now.getTime() + 361 * 60_000);
    expect(await reconcileMergeGroup(known, stage.dependencies(github))).toBeNull();
    expect([github.sent, (await stage.store.pulls.get(known))?.open]).toEqual([[], false]);
  });
});

describe("a merge group that a workflow measures", () => {
  const run = (id: number, completed: boolean, conclusion: string | null = completed ? "success" : null) => ({
    id,
    attempt: 1,
    event: "merge_group",
    workflow: BENCH,
    url: `https://github.test/run/${id}`,
    startedAt: "2026-01-05T09:00:00Z",
    completed,
    conclusion,
  });
  const facts = (number: number) => ({
    repository: {
      databaseId: 2,
      url: "https://github.test/acme/shop",
      isInOrganization: true,
      defaultBranchRef: { name: "main" },
      pullRequest: {
        number,
        state: "OPEN",
        isDraft: false,
        locked: false,
        changedFiles: 1,
        updatedAt: "2026-01-05T09:00:00Z",
        headRefOid: "h",
        headRepository: { databaseId: 2 },
        baseRefName: "main",
        author: null,
        labels: null,
        baseRef: { target: { oid: "base", file: null, statistics: null } },
      },
    },
  });

  /** Where bench.yml measured an earlier group; the runs on this one are as given. */
  async function measured(runs: readonly ReturnType<typeof run>[]) {
    const pull = await judged("success");
    const { known, github } = await queued(pull);
    const [before, repository] = [`before-${known.headSha}`, { ...known, repository: known.repository }];
    await stage.store.gate.recordRun(repository, 2, before, run(1, true));
    await stage.store.gate.recordResults(repository, before, { id: 1, attempt: 1 }, 1);
    for (const one of runs) await stage.store.gate.recordRun(known, 2, known.headSha, one);
    const scripted = Object.assign(writable({ "query PullRequestFacts": () => facts(pull.number) }), {});
    const sent = github.sent;
    const both = {
      sent,
      request: github.request.bind(github),
      graphql: scripted.graphql.bind(scripted),
    };
    const look = async () => {
      const again = await reconcileMergeGroup(known, { ...stage.dependencies(github), github: async () => both });
      const { status, conclusion = null, output } = sent.at(-1)?.parameters ?? {};
      return { again, status, conclusion, title: (output as { title: string }).title };
    };
    return look;
  }

  it("waits for the run, says for which and since when, and is closed at the deadline (R28)", async () => {
    const look = await measured([run(7, false)]);
    const first = await look();
    expect(first).toMatchObject({
      status: "in_progress",
      title: `Waiting for a result of this merge group: ${BENCH}, which measures this group, runs since 2026-01-05T09:00:00Z`,
    });
    stage.now = new Date(first.again ?? 0);
    expect(await look()).toMatchObject({ status: "completed", conclusion: "action_required" });
  });

  it("waits for the workflow that measured groups before, and is not waved through meanwhile (R26)", async () => {
    expect(await (await measured([]))()).toMatchObject({ status: "in_progress" });
  });

  it("is closed where the run was cancelled (R28)", async () => {
    expect(await (await measured([run(7, true, "cancelled")]))()).toMatchObject({
      conclusion: "action_required",
      title: `No result for this merge group: ${BENCH}, which measures this group, ended (cancelled) without a result`,
    });
  });
});
