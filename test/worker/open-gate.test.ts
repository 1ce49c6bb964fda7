import { describe, expect, it } from "vitest";
import { type CheckState, openGateCheck } from "../../src/worker/gate-check.js";
import { publishCheck } from "../../src/worker/open-gate.js";
import { standing, useStage, verbs, writable } from "./stage.js";

const stage = useStage();
const saying = (state: CheckState["state"]): CheckState => ({ state, output: { title: state, summary: "s" } });

async function published(state: CheckState["state"], now: Parameters<typeof stage.pull>[0] | null = {}) {
  const known = await stage.pull();
  const github = writable(now === null ? {} : { "GET /repos/{owner}/{repo}/pulls/{pull_number}": () => standing({ ...known, ...now }) });
  const place = { github, known, dependencies: stage.dependencies(github) };
  const check = await openGateCheck(place, true);
  const moved = await publishCheck(place, check, saying(state));
  return { moved, github, last: github.sent.at(-1)?.parameters };
}

describe("a write that opens the gate", () => {
  it("is looked at once, after it, and stays where nothing moved", async () => {
    const { moved, github } = await published("success");
    expect(moved).toBe(false);
    expect(verbs(github).map((verb) => verb.replace(/ \/.*/, ""))).toEqual(["POST check-runs", "PATCH check-runs", "GET"]);
  });

  it.each([
    ["the head moved", { headSha: "f".repeat(40) }],
    ["the base branch changed", { baseRef: "lax" }],
    ["it was closed", { open: false }],
    ["it is gone", null],
  ])("is taken back when %s meanwhile (R04)", async (_, now) => {
    const { moved, last } = await published("success", now);
    expect(moved).toBe(true);
    expect(last).toMatchObject({ status: "in_progress" });
  });

  it("is not looked at when it closes the gate, or says what it said", async () => {
    const { moved, github } = await published("failure", null);
    expect([moved, verbs(github)]).toEqual([false, ["POST check-runs", "PATCH check-runs"]]);
  });
});
