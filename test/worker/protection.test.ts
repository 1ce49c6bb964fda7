import { describe, expect, it } from "vitest";
import { lookAtProtection } from "../../src/worker/nets/protection-look.js";
import { withProtection } from "../../src/worker/protection.js";
import { FakeGitHub } from "../github/fake-github.js";
import { netStage } from "./nets/stage.js";
import { useStage } from "./stage.js";

const stage = useStage();
const RULES = "GET /repos/{owner}/{repo}/rules/branches/{branch}";
const RUNS = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";
const check = { state: "success", output: { title: "t", summary: "s" } } as const;

/** GitHub with a ruleset, an unrelated rule, and a check of our name by these Apps. */
const ruled = (source: number | null, apps: readonly number[]) =>
  new FakeGitHub({
    [RULES]: () => [
      { type: "deletion" },
      {
        type: "required_status_checks",
        parameters: { required_status_checks: [{ context: "redline/main", ...(source !== null && { integration_id: source }) }] },
      },
    ],
    [RUNS]: () => ({ check_runs: apps.map((id) => ({ app: { id } })) }),
  });

describe("the check of a pull request", () => {
  it("warns in one line of what the hourly look found, which asks once for each branch that blocks (O13)", async () => {
    const known = await stage.pull({ repository: 90 });
    const github = ruled(null, [7, 8]);
    const nets = netStage(stage.store, github);
    const look = async (now = stage.now) => {
      const open = await stage.store.nets.ofRepository(known, []);
      await lookAtProtection({ ...known, github, now }, open, nets);
      return github.sent.length;
    };
    expect(await look()).toBe(0);
    await stage.store.gate.enrol(known, "main", "1a2b3c4");
    expect([await look(), await look()]).toEqual([2, 2]);
    const { output } = await withProtection(known, check, stage.dependencies(github));
    expect(output.summary).toMatch(
      /^s\n\n⚠️ This gate can be passed by: `redline\/main` is taken from any source.*also set by App 8\. .*\.$/u,
    );
    expect(github.sent).toHaveLength(2);
    expect(await look(new Date(stage.now.getTime() + 13 * 3_600_000))).toBe(4);
  });

  it("is as it was where the branch is protected, where nobody has looked, and where there is no room", async () => {
    const known = await stage.pull({ repository: 91 });
    const dependencies = stage.dependencies(new FakeGitHub());
    expect(await withProtection(known, check, dependencies)).toBe(check);
    await stage.store.gate.saveRules(known, "main", { required: [{ name: "redline/main", source: 7 }], others: [] }, stage.now);
    expect(await withProtection(known, check, dependencies)).toBe(check);
    await stage.store.gate.saveRules(known, "main", { required: [], others: [] }, stage.now);
    const full = { ...check, output: { title: "t", summary: "s".repeat(65_500) } };
    expect(await withProtection(known, full, dependencies)).toBe(full);
  });
});
