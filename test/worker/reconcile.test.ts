import { describe, expect, it } from "vitest";
import { text } from "../../src/model/text.js";
import type { Verdict } from "../../src/model/verdict.js";
import type { KnownPull } from "../../src/store/store.js";
import { reconcile } from "../../src/worker/reconcile.js";
import { FakeGitHub } from "../github/fake-github.js";
import { useStage, writable } from "./stage.js";

const stage = useStage();
const work = (known: KnownPull, github: FakeGitHub) =>
  reconcile({ key: known, sequence: 1, reason: "test", fence: 1, attempt: 0, failingSince: null }, stage.dependencies(github));
const verdict = (conclusion: Verdict["conclusion"]): Verdict => ({
  conclusion,
  advisory: false,
  title: text`as judged`,
  action: [],
  violations: [],
});

describe("an installation", () => {
  it("has the check's name published once on the default branch", async () => {
    const known = await stage.pull({ number: 0, group: "installation:main" });
    const github = writable();
    await work(known, github);
    await stage.store.pulls.observe(known);
    await work(known, github);
    expect(github.sent).toMatchObject([{ parameters: { name: "redline/main", conclusion: "success" } }]);
  });
});

describe("a merge group", () => {
  const group = (number: number, sha: string) => stage.pull({ number, group: sha, headSha: sha });

  it.each(["success", "failure"] as const)("carries the verdict of the pull request it is named after: %s", async (conclusion) => {
    const pull = await stage.pull();
    await stage.store.pulls.saveVerdict(pull, pull.headSha, verdict(conclusion));
    const github = writable();
    await work(await group(pull.number, `${conclusion}-group`), github);
    expect(github.sent.at(-1)?.parameters).toMatchObject({ conclusion, output: { title: `Carried from #${pull.number}: as judged` } });
  });

  it.each([
    ["that names none", async () => group(0, "nameless")],
    ["whose pull request was not judged", async () => group((await stage.pull()).number, "unjudged")],
    [
      "whose pull request was judged on another head",
      async () => {
        const pull = await stage.pull();
        await stage.store.pulls.saveVerdict(pull, "b".repeat(40), verdict("success"));
        return group(pull.number, "older");
      },
    ],
    [
      "whose pull request goes to another base",
      async () => {
        const pull = await stage.pull({ baseRef: "lax" });
        await stage.store.pulls.saveVerdict(pull, pull.headSha, verdict("success"));
        return group(pull.number, "retargeted");
      },
    ],
  ])("%s is answered, and closed", async (_, make) => {
    const github = writable();
    await work(await make(), github);
    expect(github.sent.at(-1)?.parameters).toMatchObject({ status: "completed", conclusion: "action_required" });
  });
});

describe("a pull request", () => {
  it("that is closed, or unknown, is left alone", async () => {
    const github = new FakeGitHub();
    await work(await stage.pull({ open: false }), github);
    await work({ ...(await stage.pull()), number: 9999 }, github);
    expect(github.sent).toEqual([]);
  });

  it("that is gone from GitHub is closed in the store", async () => {
    const known = await stage.pull();
    expect(await work(known, writable())).toBeNull();
    expect(await stage.store.pulls.get(known)).toMatchObject({ open: false });
  });
});
