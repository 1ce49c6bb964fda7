import { describe, expect, it } from "vitest";
import { text } from "../../src/model/text.js";
import { reconcileMergeGroup } from "../../src/worker/merge-group.js";
import { useStage, writable } from "./stage.js";

const stage = useStage();
const COMPARE = "GET /repos/{owner}/{repo}/compare/{basehead}";
const [TREE, BASE] = ["t".repeat(40), "b".repeat(40)] as const;

interface Case {
  /** The group, as its signed event told it. */
  readonly group?: { readonly tree?: string | null; readonly baseSha?: string; readonly number?: number };
  /** What GitHub told of the pull request when it was judged. */
  readonly read?: { readonly tree?: string; readonly headSha?: string; readonly base?: string; readonly mergeBase?: string };
  readonly conclusion?: "success" | "failure";
}

const answer = (number: number, headRefOid: string, tree: string, base: string): object => ({
  ...{ databaseId: 2, url: "https://github.test/acme/shop", isInOrganization: true, defaultBranchRef: { name: "main" } },
  pullRequest: {
    ...{ number, state: "OPEN", isDraft: false, locked: false, changedFiles: 1, updatedAt: "2026-01-05T09:00:00Z" },
    ...{ headRefOid, headRepository: { databaseId: 2 }, baseRefName: "main", author: null, labels: null },
    baseRef: { target: { oid: base, file: null, statistics: null } },
    headCommit: { nodes: [{ commit: { oid: headRefOid, tree: { oid: tree }, checkSuites: null } }] },
  },
});

/** A judged pull request in a group of this content; GitHub says that the group holds an unknown commit beside it. */
async function answered({ group = {}, read = {}, conclusion = "success" }: Case) {
  const pull = await stage.pull();
  const { store, now } = stage;
  const { tree = TREE, headSha = pull.headSha, base = BASE, mergeBase = base } = read;
  await store.readings.save(pull, { baseRef: "main", answer: answer(pull.number, headSha, tree, base), at: now });
  const snapshot = { draft: false, base: { sha: base, ref: "main" }, mergeBase: { sha: mergeBase }, head: { sha: headSha }, files: [] };
  await store.heads.saveSnapshot(pull, base, headSha, snapshot, [mergeBase]);
  const verdict = { conclusion, advisory: false, title: text`as judged`, action: [], violations: [] };
  await store.pulls.saveVerdict(pull, pull.headSha, verdict);
  const said = { checkRunId: 1, checkState: conclusion, checkDigest: null, annotationsDigest: null, runs: null, since: now };
  await store.publications.save(pull, pull.headSha, "redline/main", said);
  const known = await stage.pull({ group: `group of ${pull.number}`, headSha: `group of ${pull.number}`, number: pull.number });
  const named = { headSha: known.headSha, baseSha: BASE, baseRef: "main", number: pull.number, tree: TREE, requestedAt: now };
  await store.gate.recordGroup(known, { ...named, ...group });
  const stranger = { sha: known.headSha, parents: [{ sha: BASE }, { sha: "stranger" }], commit: { message: "m" } };
  const github = writable({ [COMPARE]: () => ({ total_commits: 1, commits: [stranger] }) });
  await reconcileMergeGroup(known, stage.dependencies(github));
  return { asked: github.sent.some(({ route }) => route === COMPARE), said: github.sent.at(-1)?.parameters.conclusion };
}

describe("a merge group of the very content that was judged, on the base that it was judged against", () => {
  it("needs no look at its commits (R26)", async () => {
    expect(await answered({})).toEqual({ asked: false, said: "success" });
  });

  it("is as closed as the pull request is (R26)", async () => {
    expect(await answered({ conclusion: "failure" })).toEqual({ asked: false, said: "failure" });
  });

  it.each<[string, Case]>([
    ["content is another one", { group: { tree: "u".repeat(40) } }],
    ["event named no content", { group: { tree: null } }],
    ["branch names no pull request", { group: { number: 0 } }],
    ["base is another commit", { group: { baseSha: "c".repeat(40) } }],
    ["pull request was read on another head", { read: { headSha: "f".repeat(40) } }],
    ["pull request was compared with an older commit of the base", { read: { mergeBase: "a".repeat(40) } }],
  ])("is not taken for it where its %s: what else it holds closes it (R26)", async (_, of) => {
    expect(await answered(of)).toEqual({ asked: true, said: "action_required" });
  });
});
