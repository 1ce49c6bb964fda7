import { describe, expect, it } from "vitest";
import { pullRequestEvent } from "../../src/events/pull-request.js";
import type { Publication } from "../../src/store/store.js";
import { known, person, place, Stage } from "./stage.js";

const payload = (action: string, parts: object = {}) => ({
  ...place,
  action,
  sender: person,
  pull_request: {
    number: 5,
    state: "open",
    updated_at: "2026-01-05T08:59:00Z",
    head: { sha: "head", repo: { id: 2 } },
    base: { ref: "main" },
    ...parts,
  },
});

const published = (checkState: string): Publication => ({
  checkRunId: 1,
  checkState,
  checkDigest: null,
  annotationsDigest: null,
  runs: null,
  since: new Date(0),
});

describe("a pull request that leaves its head or base", () => {
  const twins = () => new Stage([known(), known({ number: 6 }), known({ number: 7, baseRef: "lax" })]);

  it.each([
    ["is closed", "closed", { state: "closed" }],
    ["is pushed to", "synchronize", { head: { sha: "next", repo: { id: 2 } } }],
  ])("because it %s has those that shared its check looked at again (R31)", async (_, action, parts) => {
    const stage = twins();
    await stage.handle(pullRequestEvent, payload(action, parts));
    expect(stage.dirty).toEqual([
      [6, "pull_request.shared"],
      [5, `pull_request.${action}`],
    ]);
  });

  it("has nobody else looked at by an event that comes late: it is somewhere else by now (R04, R31)", async () => {
    const stage = new Stage([known({ toldAt: "2026-01-05T09:30:00Z" }), known({ number: 6 })]);
    await stage.handle(pullRequestEvent, payload("synchronize", { head: { sha: "an earlier one", repo: { id: 2 } } }));
    expect(stage.dirty).toEqual([[5, "pull_request.synchronize"]]);
  });

  it("is the only one looked at where it stays", async () => {
    const stage = twins();
    await stage.handle(pullRequestEvent, payload("ready_for_review"));
    expect(stage.dirty).toEqual([[5, "pull_request.ready_for_review"]]);
  });
});

describe("a merge", () => {
  const merged = { state: "closed", merged: true, merged_by: { login: "root" } };

  it.each<[string | null, boolean]>([
    ["failure", true],
    ["action_required", true],
    ["in_progress", true],
    [null, true],
    ["success", false],
  ])("while the check says %s is kept in the audit: %s (O14)", async (state, kept) => {
    const stage = new Stage([known()]);
    stage.enrolledAt = "1a2b3c4";
    stage.published = state === null ? null : published(state);
    await stage.handle(pullRequestEvent, payload("closed", merged));
    expect(stage.merged).toEqual([5]);
    expect(stage.bypasses).toEqual(kept ? [[5, { baseRef: "main", by: "root", state }]] : []);
  });

  it("into a branch that blocks nothing, or no merge at all, is nobody's concern (O14)", async () => {
    const stage = new Stage([known()]);
    stage.published = published("failure");
    await stage.handle(pullRequestEvent, payload("closed", merged));
    stage.enrolledAt = "1a2b3c4";
    await stage.handle(pullRequestEvent, payload("closed", { state: "closed", merged: false }));
    expect(stage.bypasses).toEqual([]);
    expect(stage.merged).toEqual([5]);
  });
});
