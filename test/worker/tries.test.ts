import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Failure, GitHubError, LeaseLostError } from "../../src/github/errors.js";
import { NotYetError } from "../../src/worker/not-yet-error.js";
import { backoffMs, endingOf, TRIES } from "../../src/worker/tries.js";

const now = new Date("2026-01-05T09:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const failure = (kind: Failure["kind"]) =>
  new GitHubError("GET /repos/{owner}/{repo}", kind === "rate-limited" ? { kind, retryAfterMs: 777_000 } : ({ kind } as Failure), null);
const end = (error: unknown, attempt = 0, failingSince: Date | null = null) => endingOf(error, { attempt, failingSince }, now, 0.5);

describe("a try that failed", () => {
  it("is made again after an exponential wait with full jitter, and is the last one at the eighth (R15)", () => {
    expect(end(new TypeError("a bug"))).toEqual({ kind: "failed", attempt: 1, at: later(1_000) });
    expect(end(new TypeError("a bug"), 5)).toEqual({ kind: "failed", attempt: 6, at: later(32_000) });
    expect(end(new TypeError("a bug"), TRIES - 1)).toEqual({ kind: "dead", attempt: TRIES });
  });

  it("gives nothing up while GitHub is out, but says after an hour that it is (R18)", () => {
    expect(end(failure("ambiguous"), 7, later(-3_000_000))).toMatchObject({ kind: "failed", attempt: 7 });
    expect(end(failure("ambiguous"), 7, later(-3_600_001))).toMatchObject({ kind: "dead" });
    expect(end(failure("credentials"), 2)).toMatchObject({ kind: "failed", attempt: 3 });
  });

  it("holds the installation for as long as GitHub says, and counts as nothing (R17)", () => {
    expect(end(failure("rate-limited"), 7)).toEqual({ kind: "held", at: later(777_000) });
  });

  it("counts as nothing when it only came too early, or when the work was lost to another worker", () => {
    expect(end(new NotYetError(later(6_000)), 7)).toEqual({ kind: "later", at: later(6_000) });
    expect(end(new LeaseLostError(true), 7)).toEqual({ kind: "lost", sent: true });
  });
});

describe("the time until the next try", () => {
  it("never exceeds two minutes, whatever the attempt", () => {
    fc.assert(
      fc.property(fc.nat(60), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const ms = backoffMs(attempt, random);
        expect(ms >= 0 && ms <= 120_000).toBe(true);
      }),
    );
  });
});
