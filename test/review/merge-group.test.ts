import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plain, text } from "../../src/model/text.js";
import type { Verdict } from "../../src/model/verdict.js";
import { carry, type Member } from "../../src/review/carry.js";
import { type Contained, containedPulls, type GroupCommit, type GroupFacts } from "../../src/review/merge-group.js";

const merge = (sha: string, parent: string, head: string): GroupCommit => ({
  sha,
  parents: [parent, head],
  subject: `Merge pull request of ${head}`,
});
const single = (sha: string, parent: string, subject = "fix"): GroupCommit => ({ sha, parents: [parent], subject });
const pulls = [4, 5, 6].map((number) => ({ number, headSha: `head-${number}` }));
const group = (headSha: string, baseSha: string, number: number) => ({ headSha, baseSha, number });

const facts = (parts: Partial<GroupFacts>): GroupFacts => ({
  group: group("g", "base", 6),
  commits: [],
  truncated: false,
  pulls,
  earlier: [],
  ...parts,
});
const shown = (contained: Contained): string | readonly number[] => ("unknown" in contained ? plain(contained.unknown) : contained.numbers);

/** The remedy turned off: what the name of the group's branch says is believed. */
const named = ({ group: { number } }: GroupFacts): readonly number[] => [number];

const three = facts({
  commits: [
    merge("g", "g2", "head-6"),
    merge("g2", "g1", "head-5"),
    merge("g1", "base", "head-4"),
    single("head-6", "x"),
    single("head-5", "x"),
    single("head-4", "x"),
  ],
});

describe("the pull requests of a merge group", () => {
  it("are all whose heads its commits merge, whomever its branch is named after; without its remedy one of three (R26)", () => {
    expect(shown(containedPulls(three))).toEqual([4, 5, 6]);
    expect(named(three)).toEqual([6]);
  });

  it("are those of the groups below it, where commits were squashed or rebased", () => {
    const squashed = facts({
      group: group("g", "g2", 6),
      earlier: [group("g2", "base", 5)],
      commits: [single("g", "g2", "Six (#6)"), single("g2", "base", "Five (#5)")],
    });
    expect(shown(containedPulls(squashed))).toEqual([5, 6]);
    const rebased = facts({ group: group("g", "base", 6), commits: [single("g", "a", "two"), single("a", "base", "one (#99)")] });
    expect(shown(containedPulls(rebased))).toEqual([6]);
  });

  it("are all that the subjects name, where every one of several squashed commits names one", () => {
    expect(shown(containedPulls(facts({ commits: [single("g", "a", "Six (#6)"), single("a", "base", "Four (#4) ")] })))).toEqual([4, 6]);
  });

  it.each<[string, Partial<GroupFacts>, string]>([
    [
      "a head that is nobody's",
      { commits: [merge("g", "base", "stranger")] },
      "g merges strange, which is the head of no open pull request",
    ],
    ["more commits than are listed", { ...three, truncated: true }, "the group holds more commits than GitHub lists"],
    ["nothing new", { commits: [] }, "the group holds no commit that the base branch lacks"],
    [
      "a commit below where it begins, of a group that nobody asked for",
      { group: group("g", "below", 6), commits: [single("g", "below"), single("below", "base")] },
      "nothing says which pull request below belongs to",
    ],
    [
      "a commit and no name",
      { group: group("g", "base", 0), commits: [single("g", "base")] },
      "nothing says which pull request g belongs to",
    ],
  ])("are unknown where it holds %s", (_, parts, expected) => {
    expect(shown(containedPulls(facts(parts)))).toBe(expected);
  });

  it("are found in any history, in time that grows with it", () => {
    const sha = fc.constantFrom("g", "a", "b", "c", "head-4", "head-5");
    const commit = fc.record({ sha, parents: fc.array(sha, { maxLength: 3 }), subject: fc.string({ maxLength: 40 }) });
    fc.assert(
      fc.property(fc.array(commit, { maxLength: 8 }), (commits) => {
        const found = containedPulls(facts({ commits }));
        if ("numbers" in found) expect(found.numbers.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});

const verdict = (conclusion: Verdict["conclusion"], parts: Partial<Verdict> = {}): Verdict => ({
  conclusion,
  advisory: false,
  title: text`as judged`,
  action: [],
  violations: [],
  ...parts,
});

const member = (number: number, parts: Partial<Member> = {}): Member => ({
  number,
  headSha: `head-${number}`,
  state: "success",
  verdict: verdict("success"),
  ...parts,
});

const inGroup: Readonly<Record<string, Partial<Member>>> = {
  open: {},
  closed: { state: "failure", verdict: verdict("failure") },
  lacking: { state: "action_required", verdict: verdict("action_required") },
  waits: {
    state: "in_progress",
    verdict: verdict("action_required", { awaiting: { what: text`a result`, until: "2026-01-05T10:00:00Z" } }),
  },
  "judged anew": { state: "in_progress" },
  "not judged": { state: null, verdict: null },
  unknown: { headSha: null, state: null, verdict: null },
  "closed by hand": { state: "failure" },
};

describe("the verdict of a merge group", () => {
  it("opens in no combination of members but the one in which each is open (R26)", () => {
    const kinds = Object.keys(inGroup);
    for (const one of kinds)
      for (const two of kinds)
        for (const three of kinds) {
          const carried = carry([one, two, three].map((kind, index) => member(index + 4, inGroup[kind])));
          expect([one, two, three, carried.status === "open"]).toEqual([
            one,
            two,
            three,
            [one, two, three].every((kind) => kind === "open"),
          ]);
          // Whom only the branch's name is believed of waves the others through.
          if (three === "open") expect(carry([member(6, inGroup[three])]).status).toBe("open");
        }
  });

  it("names the strictest member and its reason, or all of them", () => {
    const title = (...members: readonly Member[]) => plain(carry(members).title);
    expect(title(member(4), member(5, inGroup.lacking), member(6, inGroup.closed))).toBe("Carried from #6: as judged");
    expect(title(member(4), member(5, inGroup["judged anew"]))).toBe("#5 of this group is being judged anew");
    expect(title(member(4), member(5))).toBe("Carried from #4, #5: each is open on its own head");
    expect(title(member(4))).toBe("Carried from #4: as judged");
    expect(carry([]).status).toBe("closed");
  });
});
