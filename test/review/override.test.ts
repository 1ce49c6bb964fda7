import { describe, expect, it } from "vitest";
import type { OverrideRecord } from "../../src/model/override.js";
import { plain, text } from "../../src/model/text.js";
import { judgeOverride, peopleToAsk } from "../../src/review/override.js";
import type { Ask, Membership, OverrideFacts } from "../../src/review/override-facts.js";

const head = "a".repeat(40);
const other = "b".repeat(40);
const at = (second: number): string => `2026-01-05T09:00:${String(second).padStart(2, "0")}Z`;
const label = { id: "L1", name: "perf-override" };
const maria = { id: 7, login: "maria", type: "User" };
const sam = { id: 8, login: "sam", type: "User" };
const budget = { key: "budget", worth: 0.2, text: text`Budget exceeded: ${"/api/products"}` };

const ask = (parts: Partial<Ask> = {}): Ask => ({
  key: "label:L1:7:10",
  kind: "label",
  by: maria,
  viaApp: false,
  at: at(10),
  headSha: head,
  label,
  reason: null,
  doubt: null,
  ...parts,
});
const command = (parts: Partial<Ask> = {}): Ask => ask({ key: "comment:1", kind: "command", headSha: null, label: null, ...parts });
const standings = (...people: readonly (readonly [number, Membership])[]) =>
  new Map(people.map(([id, membership]) => [id, { membership, teamId: 3 }] as const));

const given = (parts: Partial<OverrideFacts> = {}): OverrideFacts => ({
  now: at(20),
  after: (time, ms) => new Date(Date.parse(time) + ms).toISOString(),
  rule: { label: label.name, team: "perf-team", people: [], quorum: 1, expiresMs: null, reason: false },
  configuration: "digest",
  head,
  base: { ref: "main", sha: "tip" },
  since: at(5),
  involved: { author: 1, ids: new Set([2]), logins: new Set(["coco"]), complete: true },
  label: { present: label, all: [label], ask: ask(), unsettled: false, takenAt: null },
  asks: [],
  standings: standings([7, "active"], [8, "active"]),
  violations: [budget],
  overridable: true,
  shown: [budget],
  audit: [],
  ...parts,
});
const rule = (parts: Partial<OverrideFacts["rule"]>): Pick<OverrideFacts, "rule"> => ({ rule: { ...given().rule, ...parts } });
const labelled = (parts: Partial<Ask>): Pick<OverrideFacts, "label"> => ({ label: { ...given().label, ask: ask(parts) } });
const unlabelled = { label: { present: null, all: [], ask: null, unsettled: false, takenAt: null } } as const;
const told = (facts: OverrideFacts): string => {
  const { override } = judgeOverride(facts);
  return override === null ? "nothing" : "reason" in override ? `${override.status}: ${plain(override.reason)}` : override.status;
};
const granted = (parts: Partial<OverrideFacts> = {}): readonly OverrideRecord[] => judgeOverride(given(parts)).records;

describe("a request", () => {
  it("is an override when an active member with no part in the change made it for what was shown", () => {
    const { override, records, removeLabel, retry } = judgeOverride(given());
    expect(override).toMatchObject({ status: "granted", by: "maria", sha: head, team: "perf-team" });
    expect({ removeLabel, retry }).toEqual({ removeLabel: null, retry: false });
    expect(records).toMatchObject([
      {
        status: "granted",
        by: { id: 7 },
        teamId: 3,
        label,
        sha: head,
        base: { ref: "main", sha: "tip" },
        configuration: "digest",
        covers: [budget],
        why: null,
      },
    ]);
  });

  it.each([
    ["the author (O01)", labelled({ by: { ...maria, id: 1 } }), "is the author"],
    ["an author, committer or co-author of a commit, or whoever pushed (O01)", labelled({ by: { ...maria, id: 2 } }), "has a part in it"],
    ["a co-author known by login only (O01)", labelled({ by: { ...maria, id: 70, login: "Coco" } }), "has a part in it"],
    ["anybody where not all commits are known (O01)", { involved: { ...given().involved, complete: false } }, "not all of its commits"],
    ["a bot (O02)", labelled({ by: { id: 9, login: "labeler", type: "Bot" } }), "not a person"],
    ["an App in a person's name (O02)", labelled({ viaApp: true }), "an App did it"],
    ["somebody outside the team (O03)", { standings: standings([7, "none"]) }, "not a member"],
    ["somebody whose invitation is pending (O03)", { standings: standings([7, "pending"]) }, "not yet accepted"],
    ["somebody on an earlier head (O05)", labelled({ headSha: other }), "it was for bbbbbbb"],
    ["somebody in the second of the push (O05)", { since: at(10) }, "cannot be shown"],
    ["somebody on a head that nobody saw before (O05, R06)", { since: null }, "cannot be shown"],
    ["somebody before any review of the head was there", { shown: null }, "no review of this head"],
    ["somebody to whom something better was shown (O09)", { shown: [{ ...budget, worth: 0.1 }] }, "something else closes the gate"],
    ["somebody when nothing is closed", { violations: [] }, "nothing closes the gate"],
    ["somebody under an invalid configuration", { overridable: false }, "no override opens that"],
    ["somebody when no team is named", rule({ team: null }), "names no team"],
    ["somebody who gave no reason where one is required", rule({ reason: true }), "a reason is required"],
    ["somebody who put it under another name (O07)", labelled({ doubt: text`the label was called ${"docs"}` }), "was called docs"],
  ] satisfies readonly (readonly [string, Partial<OverrideFacts>, string])[])(
    "of %s opens nothing, and its label is taken off",
    (_, parts, reason) => {
      expect(told(given(parts))).toMatch(/^refused: /);
      expect(told(given(parts))).toContain(reason);
      expect(judgeOverride(given(parts))).toMatchObject({ removeLabel: "perf-override", retry: false, records: [{ status: "refused" }] });
    },
  );

  it("waits, closed, with its label on, while GitHub does not answer about the team (O03)", () => {
    expect(judgeOverride(given({ standings: new Map() }))).toMatchObject({ removeLabel: null, retry: true, records: [] });
    expect(told(given({ standings: new Map() }))).toContain("will be tried again");
  });

  it("waits while GitHub's answers about the label do not agree yet", () => {
    const facts = given({ label: { ...given().label, ask: null, unsettled: true } });
    expect(judgeOverride(facts)).toMatchObject({ removeLabel: null, retry: true, records: [], override: { status: "refused" } });
  });

  it("may be a comment with a reason, or the button, as well as the label", () => {
    const facts = given({ ...unlabelled, ...rule({ reason: true }), asks: [command({ reason: "one-off import" })] });
    expect(judgeOverride(facts).override).toMatchObject({ status: "granted", how: "command", said: "one-off import" });
    expect(told(given({ ...unlabelled, asks: [command({ kind: "button", headSha: head })] }))).toBe("granted");
  });

  it("asks about nobody against whose request something else speaks", () => {
    expect([...peopleToAsk(given())]).toEqual([[7, "maria"]]);
    expect([...peopleToAsk(given({ since: null }))]).toEqual([]);
  });

  it("that was refused stays refused, and shows on its head only", () => {
    const audit = granted({ standings: standings([7, "none"]) });
    expect(judgeOverride(given({ audit }))).toMatchObject({ records: [], override: { status: "refused" } });
    expect(told(given({ ...unlabelled, audit }))).toContain("not a member");
    expect(told(given({ ...unlabelled, audit, head: other }))).toBe("nothing");
  });
});

describe("an override that was granted ends for good", () => {
  it.each([
    ["with a push (O04)", { head: other }, "a new head was pushed"],
    ["with a push that was taken back (O04, R32)", { since: at(15) }, "another one meanwhile"],
    ["with another base branch (O11)", { base: { ref: "release", sha: "tip" } }, "the base branch is now release"],
    ["with another configuration", { configuration: "other" }, "the configuration changed"],
    ["when its label is taken off (O06)", unlabelled, "the label was taken off"],
    [
      "when its label is put again by another (O06)",
      { ...labelled({ key: "label:L1:8:15", by: sam, at: at(15) }), standings: standings([7, "active"], [8, "none"]) },
      "put again",
    ],
    ["when its label is renamed (O07)", { label: { ...unlabelled.label, all: [{ id: "L1", name: "docs" }] } }, "renamed to docs"],
    [
      "when its label is made anew (O07)",
      { label: { ...given().label, present: { id: "L2", name: label.name }, all: [], ask: ask({ key: "label:L2", doubt: text`x` }) } },
      "another one of the same name",
    ],
    ["when its giver leaves the team (O08)", { standings: standings([7, "none"]) }, "not a member"],
    ["when another team takes the team's name (O03)", { standings: new Map([[7, { membership: "active", teamId: 4 }]]) }, "another team"],
    ["when its giver turns out to have pushed (O01)", { involved: { ...given().involved, ids: new Set([7]) } }, "has a part"],
    ["when a figure gets worse (O09)", { violations: [{ ...budget, worth: 0.3 }] }, "does not cover"],
    ["when something else closes the gate (O09)", { violations: [budget, { ...budget, key: "other" }] }, "does not cover"],
  ] satisfies readonly (readonly [string, Partial<OverrideFacts>, string])[])("%s", (_, parts, reason) => {
    const audit = granted();
    const facts = given({ ...parts, audit });
    const { records } = judgeOverride(facts);
    expect(records[0]).toMatchObject({ status: "void", ask: "label:L1:7:10" });
    expect(plain(records[0]?.why ?? [])).toContain(reason);
    expect(judgeOverride(facts).override?.status).not.toBe("granted");
    const after = judgeOverride(given({ audit: [...audit, ...records] }));
    expect(after.override?.status).not.toBe("granted");
    expect(after.records).toEqual([]);
  });

  it("at its time, of which people are told before (O10)", () => {
    const day = 86_400_000;
    const week = rule({ expiresMs: 7 * day });
    const audit = granted(week);
    expect(audit).toMatchObject([{ expires: "2026-01-12T09:00:20.000Z", notice: "2026-01-11T09:00:20.000Z" }]);
    const on = (now: string) => judgeOverride(given({ ...week, audit, now }));
    expect(on(at(30))).toMatchObject({ lookAgain: "2026-01-11T09:00:20.000Z", override: { status: "granted" } });
    expect(on("2026-01-11T10:00:00.000Z")).toMatchObject({ lookAgain: "2026-01-12T09:00:20.000Z", override: { endsSoon: true } });
    expect(on("2026-01-12T09:00:20.000Z")).toMatchObject({ lookAgain: null, removeLabel: label.name, override: { status: "void" } });
  });

  it("is closed, and not over, while GitHub does not answer about the team", () => {
    const audit = granted();
    expect(judgeOverride(given({ audit, standings: new Map() }))).toMatchObject({ records: [], retry: true, removeLabel: null });
    expect(judgeOverride(given({ audit, standings: new Map() })).override?.status).not.toBe("granted");
    expect(told(given({ audit }))).toBe("granted");
  });

  it("holds while a figure gets better, and for that figure again, never for a worse one", () => {
    const audit = granted();
    expect(told(given({ audit, violations: [{ ...budget, worth: 0.1 }] }))).toBe("granted");
    expect(told(given({ audit, violations: [] }))).toBe("granted");
  });

  it("ends where it was asked for by a comment that is gone, or when a label was taken off since (O06)", () => {
    const asks = [command()];
    const audit = granted({ ...unlabelled, asks });
    expect(told(given({ ...unlabelled, asks: [command({ doubt: text`the comment is gone` })], audit }))).toContain("comment is gone");
    expect(told(given({ label: { ...unlabelled.label, takenAt: at(15) }, asks, audit }))).toContain("label was taken off");
  });
});

describe("several people", () => {
  const two = rule({ quorum: 2 });

  it("have to agree on one head: one by the label, another by a comment (O15)", () => {
    const first = judgeOverride(given(two));
    expect(first).toMatchObject({ override: { status: "waiting", needed: 2, with: [] }, removeLabel: null });
    const asks = [command({ by: sam, at: at(12) })];
    const both = judgeOverride(given({ ...two, asks, audit: first.records }));
    expect(both.override).toMatchObject({ status: "granted", by: "maria", with: ["sam"] });
  });

  it("are one when the same person asks twice, in whichever way (O15)", () => {
    const asks = [command({ at: at(12) }), command({ key: "button:1", kind: "button", headSha: head, at: at(13) })];
    expect(told(given({ ...two, asks }))).toBe("waiting");
  });

  it("do not add up over two heads (O15)", () => {
    const audit = granted(two);
    const asks = [command({ by: sam, at: at(16) })];
    const facts = given({ ...two, ...unlabelled, head: other, since: at(15), asks, audit });
    expect(judgeOverride(facts)).toMatchObject({ override: { status: "waiting", by: "sam" }, others: [{ status: "void", by: "maria" }] });
  });
});
