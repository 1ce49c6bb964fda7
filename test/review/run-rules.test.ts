import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Rule } from "../../src/model/rule.js";
import { plain, text } from "../../src/model/text.js";
import { runRules } from "../../src/review/run-rules.js";
import { collected } from "./facts.js";

const rule = (parts: Partial<Rule> = {}): Rule => ({
  id: "queries/example",
  answers: "queries/bounded",
  needs: ["statements"],
  options: z.strictObject({}),
  check: () => [{ severity: "warning", message: text`seen`, help: text`mend it` }],
  ...parts,
});
const never = (id: string, error: unknown): void => {
  throw new Error(`${id}: ${String(error)}`);
};

describe("running the rules", () => {
  it("gives every finding its rule's id and default severity", () => {
    expect(runRules([rule()], collected(), {}, never).findings).toMatchObject([{ rule: "queries/example", severity: "warning" }]);
  });

  it("takes the severity from the configuration, and leaves out what is off", () => {
    expect(runRules([rule()], collected(), { "queries/example": "blocking" }, never).findings[0]?.severity).toBe("blocking");
    expect(runRules([rule()], collected(), { "queries/example": "off" }, never).findings).toEqual([]);
  });

  it("leaves a question a question, whatever is configured", () => {
    const asking = rule({ check: () => [{ severity: "question", message: text`maybe`, help: text`look` }] });
    expect(runRules([asking], collected(), { "queries/example": "blocking" }, never).findings[0]?.severity).toBe("question");
  });

  it("never lets a rule over source code close the gate", () => {
    const reading = rule({ reads: () => true });
    expect(runRules([reading], collected(), { "queries/example": "blocking" }, never).findings[0]?.severity).toBe("warning");
  });

  it("shows the worst ten findings of rules over source code, and how many more there are", () => {
    const many = Array.from(
      { length: 12 },
      (_, at) => ({ severity: "warning", message: text`seen`, help: [], at: { path: "a", line: at } }) as const,
    );
    const silenced = { severity: "warning", message: text`seen`, help: [], suppressed: "two rows" } as const;
    const check = () => [...many, silenced];
    const { findings } = runRules([rule({ reads: () => true, check })], collected(), {}, never);
    expect(findings.filter(({ suppressed }) => suppressed === undefined)).toHaveLength(10);
    expect(findings.map(({ message }) => plain(message)).filter((message) => message !== "seen")).toEqual([
      "seen + 2 more in the source code.",
    ]);
    expect(runRules([rule({ check })], collected(), {}, never).findings).toHaveLength(13);
  });

  it("shows a rule only the evidence that it declares, and does not run it without", () => {
    const kinds: string[][] = [];
    const watching = rule({
      check: (evidence) => {
        kinds.push(Object.keys(evidence));
        return [];
      },
    });
    runRules([watching], collected(), {}, never);
    runRules([watching], collected({ statements: null }), {}, never);
    expect(kinds).toEqual([["statements"]]);
  });

  describe("of which one says another thing where evidence is missing", () => {
    const said: string[] = [];
    const other = (id: Rule["id"], parts: Partial<Rule> = {}): Rule =>
      rule({
        id,
        answers: "queries/explained",
        check: (evidence) => {
          said.push(`${id} saw ${Object.keys(evidence).join()}`);
          return [{ severity: "notice", message: text`instead`, help: text`look` }];
        },
        ...parts,
      });
    const ruleWith = (otherwise: Rule) => rule({ needs: ["plans", "statements"], otherwise });
    const of = (absent: Parameters<typeof collected>[0], otherwise: Rule, severities = {}) => {
      said.length = 0;
      return runRules([ruleWith(otherwise)], collected(absent), severities, never).findings;
    };

    it("asks that one in its place, under its own name and with its own severity", () => {
      const findings = of({ plans: null }, other("queries/other"));
      expect(findings).toMatchObject([{ rule: "queries/example", severity: "notice", message: ["instead"] }]);
      expect(said).toEqual(["queries/other saw statements"]);
      expect(of({ plans: null }, other("queries/other"), { "queries/example": "blocking" })).toMatchObject([{ severity: "blocking" }]);
    });

    it("does not ask it where everything is there, or where the rule is off", () => {
      expect(of({}, other("queries/other"))).toMatchObject([{ severity: "warning", message: ["seen"] }]);
      expect(of({ plans: null }, other("queries/other"), { "queries/example": "off" })).toEqual([]);
      expect(said).toEqual([]);
    });

    it("is silent where that one lacks evidence too, and asks the next in line", () => {
      const nothing = { plans: null, statements: null };
      expect(of(nothing, other("queries/other"))).toEqual([]);
      expect(of(nothing, other("queries/other", { otherwise: other("queries/last", { needs: ["changes"] }) }))).toHaveLength(1);
      expect(said).toEqual(["queries/last saw changes"]);
    });

    it("marks the rule's own line where that one throws", () => {
      const throwing = other("queries/other", {
        check: () => {
          throw new Error("bug");
        },
      });
      const errors: string[] = [];
      const { broken } = runRules([ruleWith(throwing)], collected({ plans: null }), {}, (id) => errors.push(id));
      expect([errors, [...broken.keys()]]).toEqual([["queries/example"], ["queries/bounded"]]);
    });
  });

  it("reports a rule that throws, marks its line and goes on", () => {
    const errors: string[] = [];
    const broken = rule({
      id: "queries/broken",
      check: () => {
        throw new Error("bug");
      },
    });
    const results = runRules([broken, rule()], collected(), {}, (id) => errors.push(id));
    expect(errors).toEqual(["queries/broken"]);
    expect(results.findings).toHaveLength(1);
    expect([...results.broken.keys()]).toEqual(["queries/bounded"]);
  });

  it("orders findings worst first, then by place", () => {
    const at = (path: string, line: number) => ({ at: { path, line }, message: text``, help: text`` });
    const many = rule({
      check: () => [
        { severity: "notice", ...at("a.sql", 1) },
        { severity: "blocking", ...at("b.sql", 9) },
        { severity: "blocking", ...at("b.sql", 2) },
        { severity: "warning", ...at("a.sql", 1) },
      ],
    });
    const order = runRules([many], collected(), {}, never).findings.map(({ severity, at }) => `${severity} ${at?.line}`);
    expect(order).toEqual(["blocking 2", "blocking 9", "warning 1", "notice 1"]);
  });
});
