import { describe, expect, it } from "vitest";
import { judgeOverride } from "../../src/review/override.js";
import type { OverrideFacts } from "../../src/review/override-facts.js";
import { type Action, actions, explore } from "./override-exploration.js";
import { people, type Rules } from "./override-world.js";

/** Bounded by states, never by time; a machine that is busy may take a while. */
const PATIENCE = 180_000;

const without = (pattern: RegExp): readonly Action[] => actions.filter(({ name }) => !pattern.test(name));

/** Pushes, labels by everybody, their removal, retargets, reruns and the team: told and missed. */
const labels = without(/command|configuration|label by (?:coauthor|pusher|pending|bot), missed/);

/** The same with comments instead of labels by those who may not, and another configuration. */
const comments = without(/label by (?:coauthor|pusher|pending|bot|stranger)|by another/);

const agreeing = without(/label by (?:coauthor|pusher|pending|bot|stranger|author|an App)|by author|configuration|missed/);

const rules = (parts: Partial<Rules> = {}): Rules => ({ quorum: 1, stuck: false, judge: judgeOverride, ...parts });

describe("in every order of events, none opens the gate without a valid approver (O01, O02, O03, O04, O05, O06, O08, O09, O11, R06, R32)", () => {
  it(
    "of up to six about heads, labels, the base branch, figures and the team",
    () => {
      const { states, steps, opened, wrong } = explore(6, rules(), labels);
      expect(wrong).toEqual([]);
      expect({ states, steps, opened }).toEqual({ states: 6096, steps: 77725, opened: 2171 });
    },
    PATIENCE,
  );

  it(
    "of up to four where labels that open nothing cannot be taken off",
    () => {
      const { states, opened, wrong } = explore(4, rules({ stuck: true }), labels);
      expect(wrong).toEqual([]);
      expect({ states, opened }).toEqual({ states: 5827, opened: 507 });
    },
    PATIENCE,
  );

  it(
    "of up to four with comments and changes of the configuration",
    () => {
      const { states, opened, wrong } = explore(4, rules(), comments);
      expect(wrong).toEqual([]);
      expect({ states, opened }).toEqual({ states: 5006, opened: 2115 });
    },
    PATIENCE,
  );

  it(
    "of up to five where two people have to agree (O15)",
    () => {
      const { states, opened, wrong } = explore(5, rules({ quorum: 2 }), agreeing);
      expect(wrong).toEqual([]);
      expect({ states, opened }).toEqual({ states: 9491, opened: 2312 });
    },
    PATIENCE,
  );
});

type Change = (facts: OverrideFacts) => OverrideFacts;

const early = { since: "" } as const;

const anyHead: Change = (facts) => ({
  ...facts,
  ...early,
  label: { ...facts.label, ask: facts.label.ask && { ...facts.label.ask, headSha: null } },
  shown: facts.shown ?? facts.violations,
  audit: facts.audit.map((record) => ({ ...record, sha: facts.head })),
});

const anyBase: Change = (facts) => ({
  ...facts,
  ...early,
  shown: facts.shown ?? facts.violations,
  audit: facts.audit.map((record) => ({ ...record, base: facts.base })),
});

const standing =
  (facts: OverrideFacts): Change =>
  () => ({
    ...facts,
    standings: new Map([...facts.standings, [people.member.id, { membership: "active", teamId: null }]]),
  });

/** Judges that are wrong, as somebody could write one. */
const mutants: readonly (readonly [string, Change])[] = [
  ["does not ask for which head a request was, without its remedy (O04, O05)", anyHead],
  ["does not ask for which base branch it was, without its remedy (O11)", anyBase],
  ["lets the author approve, without its remedy (O01)", (facts) => ({ ...facts, involved: { ...facts.involved, author: null } })],
  ["lets those approve who have a part in the commits", (facts) => ({ ...facts, involved: { ...facts.involved, ids: new Set() } })],
  ["forgets that a request has ended", (facts) => ({ ...facts, audit: facts.audit.filter(({ status }) => status === "granted") })],
  [
    "takes a worse figure for a covered one",
    (facts) => ({ ...facts, violations: facts.violations.map((violation) => ({ ...violation, worth: 0 })) }),
  ],
  ["does not ask the team again", (facts) => standing(facts)(facts)],
  ["does not look when the head came", (facts) => ({ ...facts, ...early })],
];

describe("the same search", () => {
  it.each(mutants)(
    "finds a judge who %s",
    (_, change) => {
      const judge = (facts: OverrideFacts) => judgeOverride(change(facts));
      const found = [
        () => explore(4, rules({ judge }), labels),
        () => explore(3, rules({ judge, stuck: true }), labels),
        () => explore(4, rules({ judge }), comments),
      ].find((search) => search().wrong.length > 0);
      expect(found).toBeDefined();
    },
    PATIENCE,
  );

  it("finds a judge who counts one person for two (O15)", () => {
    const judge = (facts: OverrideFacts) => judgeOverride({ ...facts, rule: { ...facts.rule, quorum: 1 } });
    expect(explore(2, rules({ judge, quorum: 2 }), agreeing).wrong).not.toEqual([]);
  });
});
