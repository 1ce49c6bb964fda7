import { describe, expect, it } from "vitest";
import type { PullFacts } from "../../src/github/facts.js";
import type { KnownPull } from "../../src/store/store.js";
import { refuseStale } from "../../src/worker/freshness.js";
import { useStage, writable } from "./stage.js";

const stage = useStage();
const TOLD = "2026-01-05T09:00:00Z";

interface Parts {
  readonly head?: string;
  readonly base?: string;
  readonly state?: string;
  readonly updatedAt?: string;
}

/** What was read; only the parts that are looked at. */
const reading = (known: KnownPull, parts: Parts): PullFacts =>
  ({
    state: parts.state ?? "open",
    head: { sha: parts.head ?? known.headSha },
    base: { ref: parts.base ?? known.baseRef },
    updatedAt: parts.updatedAt ?? TOLD,
  }) as PullFacts;

async function judge(parts: Parts | null, staleMs = 60_000, freshness = true): Promise<string> {
  const known = await stage.pull({ toldAt: TOLD });
  const github = writable();
  const place = { github, known, dependencies: { ...stage.dependencies(github), staleMs, remedies: { freshness } } };
  return refuseStale(place, parts && reading(known, parts)).then(
    () => "judged",
    (error: Error) => error.name,
  );
}

describe("a reading of GitHub's (R05)", () => {
  it("that agrees with the newest event is judged", async () => {
    expect(await judge({})).toBe("judged");
  });

  it.each([
    ["another head", { head: "f".repeat(40) }],
    ["another base", { base: "lax" }],
    ["another state", { state: "closed" }],
    ["an earlier time", { updatedAt: "2026-01-05T08:59:59Z" }],
    ["nothing", null],
  ])(
    "that tells of %s is not judged right after the event, is the truth once it cannot be stale, and slips through without the remedy",
    async (_, parts) => {
      expect(await judge(parts)).toBe("NotYetError");
      expect(await judge(parts, 0)).toBe("judged");
      expect(await judge(parts, 60_000, false)).toBe("judged");
    },
  );

  it("is tried again within a second", async () => {
    const known = await stage.pull({ toldAt: TOLD });
    const place = { github: writable(), known, dependencies: { ...stage.dependencies(writable()), staleMs: 60_000 } };
    await expect(refuseStale(place, null)).rejects.toMatchObject({ at: new Date(stage.now.getTime() + 1_000) });
  });
});
