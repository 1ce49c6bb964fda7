import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/model/measurement.js";
import type { Planned } from "../../src/model/plan.js";
import { text } from "../../src/model/text.js";
import { renderExplained } from "../../src/report/explained.js";
import { planned, plansOf, QUERY, statementsIn } from "../rules/planned.js";
import { open } from "./reviews.js";

async function broken(): Promise<Planned> {
  const [statement] = await statementsIn("SELECT * FORM orders");
  if (statement?.state !== "not-parsed") throw new Error(JSON.stringify(statement));
  return { state: "cannot-tell", statement, sql: statement.sql, reason: "new", why: statement.reason };
}

const problem = (code: string, line: number): Problem => ({
  level: "warning",
  code,
  message: text`not checked: ${'syntax error at or near "FORM"'}`,
  file: QUERY,
  line,
});

const printed = async (problems: readonly Problem[]): Promise<string> =>
  renderExplained({ ...open, findings: [], problems, plans: plansOf([await broken()]) });

const times = (text: string, words: string): number => text.split(words).length - 1;

describe("what redline explain prints", () => {
  it("says once that a statement did not parse, beside it", async () => {
    const output = await printed([problem("sql-not-parsed", 1)]);
    expect(output).toMatch(/^src\/queries\/orders\.sql:1\n {2}no plan: syntax error at or near "FORM"\n/);
    expect(times(output, "syntax error")).toBe(1);
  });

  it("keeps what is said of other lines, and other things said of this one", async () => {
    const output = await printed([problem("sql-not-parsed", 7), problem("sql-not-run", 1)]);
    expect(times(output, "not checked: syntax error")).toBe(2);
  });

  it("keeps the doubt about a statement that was planned all the same", async () => {
    const one = await planned({ sql: "SELECT * FROM orders WHERE id = $1", to: "primary-key" });
    const output = renderExplained({ ...open, findings: [], problems: [problem("sql-not-parsed", 1)], plans: plansOf([one]) });
    expect(times(output, "syntax error")).toBe(1);
  });
});
