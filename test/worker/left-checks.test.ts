import { describe, expect, it } from "vitest";
import type { KnownPull } from "../../src/store/store.js";
import { type CheckState, openGateCheck } from "../../src/worker/gate-check.js";
import { closeLeft } from "../../src/worker/left-checks.js";
import { reconcile } from "../../src/worker/reconcile.js";
import { useStage, writable } from "./stage.js";

const stage = useStage();
const HEAD = "e".repeat(40);
const saying = (state: CheckState["state"]): CheckState => ({ state, output: { title: state, summary: "s" } });
let runs = 0;

async function ended(known: KnownPull): Promise<void> {
  runs += 1;
  await stage.store.heads.expectRun(known, 2, known.headSha, { id: runs, attempt: 1, url: "u", startedAt: "2026-01-05T09:00:00Z" });
}

/** A pull request whose check on a head says this, and that is now at another head or base, or closed. */
async function left(state: CheckState["state"], now: Partial<KnownPull>) {
  const github = writable();
  const dependencies = stage.dependencies(github);
  const before = await stage.pull({ headSha: HEAD });
  await (await openGateCheck({ github, known: before, dependencies }, true)).publish(saying(state));
  const known = { ...before, ...now };
  await stage.store.pulls.observe(known);
  const sent = github.sent.length;
  return { before, known, dependencies, written: () => github.sent.slice(sent).map(({ parameters }) => parameters) };
}

const moves: readonly [string, Partial<KnownPull>][] = [
  ["its head", { headSha: "f".repeat(40) }],
  ["its base branch", { baseRef: "release" }],
  ["its open state", { open: false }],
];

describe("a check that says success where the pull request has left", () => {
  it.each(moves)("%s is closed when a run of that commit ends, once (R32)", async (_, now) => {
    const { before, known, dependencies, written } = await left("success", now);
    await closeLeft({ known, dependencies });
    expect(written()).toEqual([]);
    await ended(before);
    await closeLeft({ known, dependencies });
    await closeLeft({ known, dependencies });
    expect(written()).toMatchObject([
      { conclusion: "action_required", output: { title: "Judged again when this commit is the head again" } },
    ]);
    // Others of this file want the same commit.
    await stage.store.pulls.observe({ ...known, open: false });
  });

  it("stays what it says where it is closed already, and where it was judged with that run", async () => {
    for (const state of ["failure", "success"] as const) {
      const { before, known, dependencies, written } = await left(state, { headSha: "f".repeat(40) });
      await ended(before);
      if (state === "success") {
        const check = await openGateCheck({ github: writable(), known: before, dependencies }, true);
        await check.publish(saying("success"));
      }
      await closeLeft({ known, dependencies });
      expect(written()).toEqual([]);
    }
  });

  it("is closed by the work on a pull request that is closed, and nothing else is done there", async () => {
    const { before, known, dependencies, written } = await left("success", { open: false });
    await ended(before);
    const dirty = { key: known, sequence: 1, reason: "workflow_run.left", fence: 1, attempt: 0, failingSince: null };
    expect(await reconcile({ ...dirty, key: before }, dependencies)).toBeNull();
    expect(written()).toMatchObject([{ conclusion: "action_required" }]);
  });
});
