import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OpenPull, OpenPulls } from "../../../src/github/open-pulls.js";
import type { WatchedPull } from "../../../src/store/store.js";
import { compare } from "../../../src/worker/nets/compare.js";

const place = { installation: 1, repository: 2, owner: "acme", name: "shop" };
const seconds = (count: number): string => `2026-01-05T09:00:${String(count).padStart(2, "0")}Z`;

const listed = (changes: Partial<OpenPull> = {}): OpenPull => ({
  number: 1,
  headSha: "a",
  headRepository: 2,
  baseRef: "main",
  updatedAt: seconds(10),
  labels: ["one"],
  ...changes,
});

const known = (changes: Partial<WatchedPull> = {}): WatchedPull => ({
  ...place,
  number: 1,
  headSha: "a",
  headRepository: 2,
  baseRef: "main",
  open: true,
  sight: { updatedAt: seconds(10), labels: ["one"] },
  awaiting: false,
  attended: false,
  ...changes,
});

const list = (...items: readonly OpenPull[]): OpenPulls => ({ items, complete: true, etag: null });

const changes = (pulls: OpenPulls, ...rows: readonly WatchedPull[]) =>
  compare(place, pulls, rows).map(({ reason, observe, pull: { number, headSha, baseRef } }) => [reason, observe, number, headSha, baseRef]);

describe("what GitHub lists", () => {
  it("costs nothing when it is as it was known", () => {
    expect(changes(list(listed()), known())).toEqual([]);
    expect(changes(list(listed({ updatedAt: seconds(40) })), known())).toEqual([]);
  });

  it("is new when nobody told of it (R06)", () => {
    expect(changes(list(listed()))).toEqual([["net.unknown", true, 1, "a", "main"]]);
  });

  it.each([
    ["head", { headSha: "b" }, ["net.moved", true, 1, "b", "main"]],
    ["base branch", { baseRef: "release" }, ["net.moved", true, 1, "a", "release"]],
    ["set of labels", { labels: ["one", "two"] }, ["net.labels", false, 1, "a", "main"]],
  ])("is dirty when its %s is another, later (R06, O11)", (_, change, expected) => {
    expect(changes(list(listed({ ...change, updatedAt: seconds(11) })), known())).toEqual([expected]);
  });

  it("never takes the place of what a newer event told, since lists may be stale (R05)", () => {
    const stale = listed({ headSha: "old", labels: [], updatedAt: seconds(9) });
    expect(changes(list(stale), known())).toEqual([]);
    expect(changes(list(stale), known({ open: false }))).toEqual([]);
  });

  it("of the same second is looked at anew, and believed by the reconcile only", () => {
    expect(changes(list(listed({ headSha: "b" })), known())).toEqual([["net.moved", false, 1, "b", "main"]]);
  });

  it("opens what was closed and is open again (R06, R30)", () => {
    expect(changes(list(listed({ updatedAt: seconds(11) })), known({ open: false }))).toEqual([["net.unknown", true, 1, "a", "main"]]);
    expect(changes(list(listed({ updatedAt: seconds(9) })), known({ open: false }))).toEqual([]);
  });

  it("opens what was closed and reopened within a second and told in the other order (R06, R30)", () => {
    expect(changes(list(listed()), known({ open: false }))).toEqual([["net.unknown", true, 1, "a", "main"]]);
  });

  it("tells of closed ones by leaving them out, unless the list was cut (R06)", () => {
    expect(changes(list(), known())).toEqual([["net.gone", false, 1, "a", "main"]]);
    expect(changes({ ...list(), complete: false }, known())).toEqual([]);
    expect(changes(list(), known({ open: false }))).toEqual([]);
  });

  it("has labels that count when none were seen yet", () => {
    expect(changes(list(listed()), known({ sight: null }))).toEqual([["net.labels", false, 1, "a", "main"]]);
    expect(changes(list(listed({ labels: [] })), known({ sight: null }))).toEqual([]);
  });

  it("never yields two changes of one pull request, and none twice once it is applied", () => {
    const pull = fc.record({
      number: fc.integer({ min: 1, max: 4 }),
      headSha: fc.constantFrom("a", "b"),
      baseRef: fc.constantFrom("main", "release"),
      updatedAt: fc.integer({ min: 0, max: 3 }).map(seconds),
      labels: fc.subarray(["one", "two"]),
    });
    const unique = { selector: ({ number }: { number: number }) => number };
    const rows = fc.uniqueArray(pull, unique);
    fc.assert(
      fc.property(rows, rows, (before, now) => {
        const was = before.map(({ updatedAt, labels, ...row }) => known({ ...row, sight: { updatedAt, labels } }));
        const lists = list(...now.map((row) => listed({ ...row, updatedAt: seconds(Number(row.updatedAt.slice(-3, -1)) + 10) })));
        const found = compare(place, lists, was);
        expect(new Set(found.map((change) => change.pull.number)).size).toBe(found.length);
        const after = was.filter((row) => lists.items.some(({ number }) => number === row.number));
        for (const { pull: changed, sight } of found.filter((change) => change.sight !== null)) {
          after.splice(0, after.length, ...after.filter((row) => row.number !== changed.number), known({ ...changed, sight }));
        }
        expect(compare(place, lists, after)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
