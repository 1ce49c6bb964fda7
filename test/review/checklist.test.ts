import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Config } from "../../src/config/config.js";
import type { CollectedEvidence, Evidence } from "../../src/model/evidence.js";
import { checklistItems } from "../../src/model/rule.js";
import type { Statement, StatementFile } from "../../src/model/statements.js";
import { plain, text } from "../../src/model/text.js";
import type { Attestation, ChecklistLine, Outcome } from "../../src/model/verdict.js";
import { answerChecklist, type People } from "../../src/review/checklist.js";
import type { RuleResults } from "../../src/review/run-rules.js";
import { budget, collected, comparison, finding, nothing } from "./facts.js";

const silent: RuleResults = { findings: [], answers: new Map(), ran: [], broken: new Map() };
const HEAD = "a".repeat(40);
const nobody: People = { attestations: [], headSha: HEAD };
const own = (items: Config["checklist"]["items"] = {}, ...lines: Config["checklist"]["lines"]): Config["checklist"] => ({ items, lines });
const line = (lines: readonly ChecklistLine[], item: string): Outcome => {
  const found = lines.find((one) => one.item === item);
  if (!found) throw new Error(item);
  return found.outcome;
};
const answer = (
  evidence: CollectedEvidence,
  item: string,
  results = silent,
  ticks: readonly Attestation[] = [],
  incomplete?: string,
): Outcome => line(answerChecklist(evidence, results, { attestations: ticks, headSha: HEAD }, own(), incomplete), item);
const seen = (outcome: Outcome): string => ("seen" in outcome && outcome.seen ? plain(outcome.seen) : "");
const reason = (outcome: Outcome): string => ("reason" in outcome ? plain(outcome.reason) : "");

const statement = (parts: Partial<Statement> = {}): Statement =>
  ({
    path: "q.sql",
    line: 1,
    endLine: 1,
    sql: "select 1",
    dialect: "postgresql",
    suppressions: [],
    state: "parsed",
    tree: {},
    ...parts,
  }) as Statement;
const file = (kind: StatementFile["kind"], statements: readonly Statement[], path = "q.sql"): StatementFile => ({
  path,
  kind,
  dialect: "postgresql",
  statements,
});
const withFiles = (...files: readonly StatementFile[]): CollectedEvidence => collected({ statements: { ...nothing.statements, files } });
const changed = (...paths: readonly string[]): Evidence["changes"] => ({
  ...nothing.changes,
  files: paths.map((path) => ({ path, status: "modified", head: "print()" })),
});
const tick: Attestation = { item: "queries/explained", by: "mona", at: "2026-01-05T09:30:00Z", sha: HEAD };

describe("the checklist", () => {
  it("has every line, in order, once", () => {
    expect(answerChecklist(collected(), silent, nobody, own(), undefined).map(({ item }) => item)).toEqual([...checklistItems]);
  });

  it("passes nothing when nothing was collected", () => {
    const none = collected({ changes: null, statements: null, results: null, comparisons: null, budgets: null });
    const statuses = answerChecklist(none, silent, nobody, own(), undefined).map(({ outcome }) => outcome.status);
    expect(statuses).not.toContain("passed");
    expect(statuses).not.toContain("failed");
  });

  it("says how many statements of which files were parsed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (n) => {
        const outcome = answer(
          withFiles(
            file(
              "query",
              Array.from({ length: n }, () => statement()),
            ),
          ),
          "queries/bounded",
        );
        expect(outcome.status).toBe("passed");
        expect(seen(outcome)).toContain(`${n} changed statement${n === 1 ? "" : "s"} parsed in q.sql`);
      }),
    );
  });

  it("never passes a file of which one statement could not be parsed, and names it", () => {
    const broken = statement({ state: "not-parsed", reason: text`syntax error`, line: 7 } as Partial<Statement>);
    const outcome = answer(withFiles(file("migration", [statement(), broken])), "migrations/safe");
    expect(outcome.status).toBe("not-checked");
    expect(reason(outcome)).toBe("1 statement not checked: q.sql line 7: syntax error");
    expect(seen(outcome)).toContain("1 changed statement parsed");
  });

  it("never passes migrations of a dialect that most rules do not know", () => {
    const snowflake = { ...file("migration", [statement()], "m.sql"), dialect: "snowflake" } as const;
    expect(reason(answer(withFiles(snowflake), "migrations/safe"))).toContain("m.sql is snowflake");
  });

  it("names migrations written in a programming language as not read", () => {
    const outcome = answer(collected({ changes: changed("shop/migrations/0002_discount.py") }), "migrations/safe");
    expect(outcome.status).toBe("not-checked");
    expect(reason(outcome)).toContain("0002_discount.py");
  });

  it("never passes a file that was not read", () => {
    const unread = { ...file("migration", []), unread: text`binary` };
    expect(answer(withFiles(unread), "migrations/safe")).toMatchObject({ status: "not-checked" });
    expect(seen(answer(withFiles(unread), "migrations/safe"))).toBe("0 changed statements parsed");
    expect(answer(withFiles(unread), "queries/explained")).toMatchObject({ status: "not-checked" });
  });

  it("does not call statements bounded while SQL text stands in source of a language that is not read", () => {
    const source = { ...nothing.changes, files: [{ path: "a.kt", status: "modified", head: 'db.execute("select 1")' }] } as const;
    const evidence = collected({ changes: source, statements: { ...nothing.statements, files: [file("query", [statement()])] } });
    expect(answer(evidence, "queries/bounded").status).toBe("not-checked");
    expect(answer({ ...evidence, changes: { status: "collected", value: changed("a.py") } }, "queries/bounded").status).toBe("passed");
  });

  it("counts the measurements and runs behind a comparison, and passes only when all are decided", () => {
    const decided = [comparison(), comparison({ decision: "improvement" }), comparison({ decision: "new" })];
    expect(seen(answer(collected({ comparisons: decided }), "budgets/regressions"))).toBe(
      "3 measurements of 3 runs at this head: 2 decided, 0 undecided, 1 new",
    );
    const open = answer(
      collected({ comparisons: [...decided, comparison({ decision: "inconclusive", reason: text`too noisy` })] }),
      "budgets/regressions",
    );
    expect(open.status).toBe("not-checked");
    expect(reason(open)).toContain("too noisy");
    expect(answer(collected({ comparisons: [comparison({ decision: "new" })] }), "budgets/regressions").status).toBe("not-checked");
  });

  it("counts limits, endpoints and runs of the budgets", () => {
    const budgets = [budget(), budget({ metric: "latency_p95" }), budget({ endpoint: "/b", values: [1, 2] })];
    expect(seen(answer(collected({ budgets }), "budgets/endpoints"))).toBe("3 limits of 2 endpoints on 2 runs of this head");
    const scoped = [budget(), budget({ endpoint: "sort", scope: "benchmark" }), budget({ endpoint: "scan", scope: "benchmark" })];
    expect(seen(answer(collected({ budgets: scoped }), "budgets/endpoints"))).toContain("3 limits of 1 endpoint and 2 benchmarks on");
    const unmeasured = budget({ decision: "no-data", absence: "no-artifact" });
    expect(answer(collected({ budgets: [budget(), unmeasured] }), "budgets/endpoints").status).toBe("not-checked");
  });
});

describe("findings", () => {
  const results = (parts: Parameters<typeof finding>[0]): RuleResults => ({
    ...silent,
    findings: [finding({ rule: "queries/x", severity: "notice", ...parts })],
    answers: new Map([["queries/x", "queries/bounded"]]),
  });
  const evidence = withFiles(file("query", [statement()]));

  it("fail the line that their rule answers", () => {
    const outcome = answer(evidence, "queries/bounded", results({}));
    expect(outcome).toMatchObject({ status: "failed", findings: [{ rule: "queries/x" }] });
    expect(answer(evidence, "migrations/safe", results({})).status).not.toBe("failed");
  });

  it("do not hide what was not looked at beside them", () => {
    const odd = statement({ state: "not-parsed", reason: text`syntax error`, line: 7 } as Partial<Statement>);
    expect(seen(answer(withFiles(file("query", [statement(), odd])), "queries/bounded", results({})))).toContain(
      "not all: 1 statement not checked: q.sql line 7",
    );
  });

  it("fail nothing when they are only questions, or were suppressed with a reason", () => {
    expect(answer(evidence, "queries/bounded", results({ severity: "question" })).status).toBe("passed");
    expect(answer(evidence, "queries/bounded", results({ suppressed: "an empty table" })).status).toBe("passed");
  });
});

describe("a human's tick", () => {
  it("answers a line that no machine could", () => {
    expect(answer(collected({ changes: changed("a.py") }), "queries/explained", silent, [tick])).toMatchObject({
      status: "attested",
      by: "mona",
      at: tick.at,
    });
  });

  it("never answers a line of the gate, nor one that was answered", () => {
    const gate = { ...tick, item: "budgets/endpoints" } as const;
    expect(answer(collected({ budgets: [budget({ absence: "no-artifact" })] }), "budgets/endpoints", silent, [gate]).status).toBe(
      "not-checked",
    );
    expect(
      answer(withFiles(file("migration", [statement()])), "migrations/safe", silent, [{ ...tick, item: "migrations/safe" }]).status,
    ).toBe("passed");
  });
});

describe("a tick and what it was about", () => {
  const evidence = collected({ changes: changed("a.py") });
  const people = (parts: Partial<Attestation>, more: Partial<People> = {}): People => ({
    ...nobody,
    attestations: [{ ...tick, ...parts }],
    basisOf: () => "b1",
    ...more,
  });
  const explained = (who: People) => line(answerChecklist(evidence, silent, who, own(), undefined), "queries/explained");

  it("holds on a later head while that is the same", () => {
    expect(explained(people({ sha: "older", basis: "b1" })).status).toBe("attested");
  });

  it("is void, with the reason, when that has changed", () => {
    const outcome = explained(people({ sha: "1234567890", basis: "b0" }));
    expect(outcome.status).toBe("not-checked");
    expect(reason(outcome)).toContain("the tick of mona for 1234567 is void: what it was about has changed since");
  });

  it("holds on its own head only when it does not say what it was about", () => {
    expect(explained(people({})).status).toBe("attested");
    expect(explained(people({ sha: "older" })).status).toBe("not-checked");
  });

  it("is marked as the author's or a bot's", () => {
    const author = { account: { id: 3, bot: false } };
    expect(explained(people(author, { authorId: 3 }))).toMatchObject({ status: "attested", standing: "author" });
    expect(explained(people(author, { authorId: 4 }))).not.toHaveProperty("standing");
    expect(explained(people({ account: { id: 3, bot: true } }, { authorId: 4 }))).toMatchObject({ standing: "bot" });
  });

  it("can be given to the lines that carry a basis, and to no others", () => {
    const lines = answerChecklist(evidence, silent, people({}), own({ "resources/bounded": "off" }), undefined);
    const tickable = lines.filter(({ basis }) => basis !== undefined).map(({ item }) => item);
    expect(tickable).toContain("queries/explained");
    expect(tickable).not.toContain("resources/bounded");
    expect(tickable.some((item) => item.startsWith("budgets/"))).toBe(false);
    expect(answerChecklist(evidence, silent, nobody, own(), undefined).every(({ basis }) => basis === undefined)).toBe(true);
  });
});

describe("what is not complete", () => {
  it("passes nothing when the list of files is not whole", () => {
    const outcome = answer(withFiles(file("query", [statement()])), "queries/bounded", silent, [], "3,000 of 4,000 files");
    expect(outcome.status).toBe("not-checked");
    expect(reason(outcome)).toContain("3,000 of 4,000 files");
  });

  it("leaves a line unanswered when its rule broke", () => {
    const broken: RuleResults = { ...silent, broken: new Map([["queries/bounded", text`internal error in the rule ${"queries/x"}`]]) };
    expect(reason(answer(withFiles(file("query", [statement()])), "queries/bounded", broken))).toContain("internal error");
  });

  it("shows a line that the configuration switches off as such", () => {
    const lines = answerChecklist(collected(), silent, nobody, own({ "resources/bounded": "off" }), undefined);
    expect(reason(line(lines, "resources/bounded"))).toContain("switched off");
  });
});
