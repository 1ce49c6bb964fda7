import { describe, expect, it } from "vitest";
import { text } from "../../src/model/text.js";
import type { Verdict } from "../../src/model/verdict.js";
import type { KnownPull } from "../../src/store/store.js";
import type { Dependencies } from "../../src/worker/dependencies.js";
import { openSharedCheck } from "../../src/worker/shared-head.js";
import { useStage, writable } from "./stage.js";

const stage = useStage();
let heads = 0;

const verdict = (conclusion: Verdict["conclusion"], number: number): Verdict => ({
  conclusion,
  advisory: false,
  title: text`what #${number} comes to`,
  action: [],
  violations: [],
});

/** Two pull requests of one head into one base, and GitHub's answer to which state their check has. */
async function twins(remedies: Dependencies["remedies"] = {}) {
  heads += 1;
  const headSha = `${heads}`.padStart(40, "7");
  const [first, second] = [await stage.pull({ headSha }), await stage.pull({ headSha, headRepository: 9 })];
  await stage.pull({ headSha, baseRef: "lax" });
  const github = writable();
  const dependencies = { ...stage.dependencies(github), remedies };
  /** What a reconcile does: the check first, then the verdict, then who else has to know. */
  const judge = async (known: KnownPull, conclusion: Verdict["conclusion"]) => {
    const check = await openSharedCheck({ github, known, dependencies }, true);
    await check.publish({ state: conclusion, output: { title: `what #${known.number} comes to`, summary: "s" } });
    await stage.store.pulls.saveVerdict(known, headSha, verdict(conclusion, known.number));
    await check.settled?.();
  };
  /** The newest check run is the one that GitHub counts. */
  const said = () => {
    const created = github.sent.filter(({ route }) => route.startsWith("POST") && route.endsWith("check-runs"));
    const { status, conclusion = status, output } = github.sent.at(-1)?.parameters ?? {};
    return { runs: created.length, conclusion, title: (output as { title: string }).title };
  };
  return { first, second, judge, said };
}

describe("the check of two pull requests with one head and base", () => {
  it("is one, written by the first of them, and opens only when both are open (R31)", async () => {
    const { first, second, judge, said } = await twins();
    await judge(first, "success");
    expect(said()).toEqual({
      runs: 1,
      conclusion: "in_progress",
      title: `#${second.number}, which has the same head and base, is not judged yet`,
    });
    await judge(second, "success");
    await judge(first, "success");
    expect(said()).toEqual({ runs: 1, conclusion: "success", title: `what #${first.number} comes to` });
  });

  it("is closed by the stricter verdict, and names the pull request that closes it (R31)", async () => {
    const { first, second, judge, said } = await twins();
    await judge(second, "failure");
    await judge(first, "success");
    expect(said()).toEqual({
      runs: 1,
      conclusion: "failure",
      title: `#${second.number}, which has the same head and base, is closed: what #${second.number} comes to`,
    });
    await judge(second, "success");
    await judge(first, "failure");
    expect(said()).toMatchObject({ conclusion: "failure", title: `what #${first.number} comes to` });
  });

  it("closes again as soon as the other one is judged anew, whoever writes it (R31)", async () => {
    const { first, second, judge, said } = await twins();
    await judge(second, "success");
    await judge(first, "success");
    expect(said()).toMatchObject({ conclusion: "success" });
    await judge(second, "action_required");
    const marked: number[] = [];
    for (let dirty = await claim(); dirty !== null; dirty = await claim()) marked.push(dirty.key.number);
    expect(marked).toContain(first.number);
    await judge(first, "success");
    expect(said()).toMatchObject({ conclusion: "action_required" });
  });

  it("would open by the lax one of them if each wrote its own (R31)", async () => {
    const { first, second, judge, said } = await twins({ strictest: false });
    await judge(first, "failure");
    await judge(second, "success");
    expect(said()).toMatchObject({ runs: 2, conclusion: "success" });
  });
});

const claim = () => stage.store.dirty.claim(new Date(stage.now.getTime() + 60_000), "test", 60_000);
