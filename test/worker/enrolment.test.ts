import { describe, expect, it } from "vitest";
import type { PullFacts } from "../../src/github/facts.js";
import { withEnrolment } from "../../src/worker/enrolment.js";
import { useStage } from "./stage.js";

const stage = useStage();
const path = ".github/redline.yml";
const blocking = "on_budget_exceed:\n  - block_merge: true\n";

const facts = (text: string | null, sha: string, ref = "main"): PullFacts => ({
  owner: "acme",
  name: "shop",
  repositoryId: 2,
  url: "https://github.test/acme/shop",
  organization: true,
  defaultBranch: "main",
  number: 1,
  state: "open",
  draft: false,
  locked: false,
  changedFiles: 0,
  updatedAt: "2026-01-05T09:00:00Z",
  head: { sha: "h", repositoryId: 2 },
  base: { ref, sha },
  author: null,
  labels: [],
  timeline: null,
  contributors: null,
  configuration: { path, text },
  statistics: { path: "statistics.json", text: null },
});

describe("a branch whose configuration blocked", () => {
  it("stays closed when the file is gone, until a file says that nothing is blocked (C03)", async () => {
    const known = await stage.pull();
    const now = async (text: string | null, sha: string, ref?: string) =>
      (await withEnrolment(known, facts(text, sha, ref), stage.store.gate)).configuration;
    expect(await now(null, "1")).toEqual({ path, text: null });
    expect(await now(blocking, "2")).toEqual({ path, text: blocking });
    expect(await now(blocking, "3")).toEqual({ path, text: blocking });
    expect(await now(null, "4")).toEqual({ path, text: null, blockedAt: "3" });
    expect(await now("endpoint: {}\n", "5")).toEqual({ path, text: "endpoint: {}\n" });
    expect(await now(null, "6", "release")).toEqual({ path, text: null });
    expect(await now("mode: advisory\n", "7")).toMatchObject({ text: "mode: advisory\n" });
    expect(await now(null, "8")).toEqual({ path, text: null });
  });
});
