import { describe, expect, it } from "vitest";
import type { OverrideRecord } from "../../src/model/override.js";
import { text } from "../../src/model/text.js";
import { closeEnded } from "../../src/worker/ended-overrides.js";
import { type CheckState, openGateCheck } from "../../src/worker/gate-check.js";
import { useStage, verbs, writable } from "./stage.js";

const stage = useStage();
const HEAD = "e".repeat(40);
const saying = (state: CheckState["state"]): CheckState => ({ state, output: { title: state, summary: "s" } });

const record = (parts: Partial<OverrideRecord>): OverrideRecord => ({
  ...{ ask: "label:1", kind: "label", status: "void", by: { id: 5, login: "maria" } },
  ...{ askedAt: "2026-01-05T09:00:00Z", at: "2026-01-05T09:05:00Z", sha: HEAD, on: HEAD, base: { ref: "main", sha: "b" } },
  ...{ configuration: "c", team: "perf", teamId: 1, label: null, covers: [], reason: null, expires: null, notice: null },
  ...{ why: text`a new head was pushed`, ...parts },
});

/** A pull request whose check on a head says this, and that has gone on to another head or base. */
async function left(state: CheckState["state"], now: { readonly headSha?: string; readonly baseRef?: string }) {
  const github = writable();
  const dependencies = stage.dependencies(github);
  const before = await stage.pull({ headSha: HEAD });
  await (await openGateCheck({ github, known: before, dependencies }, true)).publish(saying(state));
  const sent = github.sent.length;
  const place = { github, known: { ...before, ...now }, dependencies };
  return { place, written: () => github.sent.slice(sent), github };
}

describe("an override that ended", () => {
  it.each([
    ["head", { headSha: "f".repeat(40) }],
    ["base branch", { baseRef: "release" }],
  ])("leaves no open check behind on the %s that was left (O04, R32)", async (_, now) => {
    const { place, written } = await left("success", now);
    await closeEnded(place, [record({})]);
    expect(written().map(({ parameters }) => parameters)).toMatchObject([
      { conclusion: "action_required", output: { title: "The override by maria has ended: a new head was pushed" } },
    ]);
    await closeEnded(place, [record({})]);
    expect(written()).toHaveLength(1);
  });

  it("writes nothing on the present head, on a check that is closed, where none is, and while it holds", async () => {
    const moved = { headSha: "f".repeat(40) };
    const cases = [
      { state: "success" as const, now: {}, of: record({}) },
      { state: "failure" as const, now: moved, of: record({}) },
      { state: "success" as const, now: moved, of: record({ sha: "d".repeat(40) }) },
      { state: "success" as const, now: moved, of: record({ status: "granted" }) },
    ];
    for (const { state, now, of } of cases) {
      const { place, written, github } = await left(state, now);
      await closeEnded(place, [of]);
      expect([written(), verbs(github).length > 0]).toEqual([[], true]);
    }
  });
});
