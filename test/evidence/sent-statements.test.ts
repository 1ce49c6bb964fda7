import { describe, expect, it } from "vitest";
import { countRuntime } from "../../src/evidence/runtime.js";
import { statementsSent } from "../../src/evidence/sent-statements.js";
import type { RuntimeRun } from "../../src/model/runtime.js";
import type { Statement, Statements } from "../../src/model/statements.js";
import { plain } from "../../src/model/text.js";
import { sentStatements } from "../../src/sql/sent/statement.js";
import { nothing } from "../review/facts.js";
import { sharedParser } from "../sandbox/shared-parser.js";
import { recordOf, runOf } from "./recorded.js";

const ORDERS = "SELECT id FROM orders WHERE status = $1";

/** A record of one test that sent these statements so often. */
function record(counts: Readonly<Record<string, number>>, system = "postgresql"): RuntimeRun {
  const sent = Object.keys(counts).map((sql) => sentStatements(sql, system, "pg.query")[0]?.statement);
  const statements = sent.flatMap((statement) => statement ?? []);
  const counted = Object.fromEntries(statements.map(({ fingerprint }, at) => [fingerprint, Object.values(counts)[at] ?? 0]));
  return { ...recordOf([{ kind: "test", key: "lists orders", runs: [runOf(counted)] }]), statements };
}

async function sent(head: RuntimeRun, base: RuntimeRun, inFile?: string): Promise<readonly Statement[]> {
  const counts = countRuntime([head], { sha: "b", distance: 0, runs: [base] });
  const file = {
    path: "q.sql",
    kind: "query" as const,
    dialect: "postgresql" as const,
    statements: inFile === undefined ? [] : [ofFile(inFile)],
  };
  const statements: Statements = { ...nothing.statements, files: [file] };
  return statementsSent(counts.status === "collected" ? counts.value : null, statements, sharedParser);
}

const ofFile = (sql: string): Statement => ({
  ...{ path: "q.sql", line: 1, endLine: 1, sql, dialect: "postgresql", suppressions: [], state: "parsed", tree: {} },
});

describe("statementsSent", () => {
  it("are the new ones, parsed, with the test that sends them and how often", async () => {
    const [one, ...others] = await sent(record({ [ORDERS]: 10 }), record({ "SELECT 2 FROM items": 1 }));
    expect(others).toEqual([]);
    expect(one).toMatchObject({ state: "parsed", path: "runtime://smoke", sent: { entry: "lists orders", times: 10, others: 0 } });
    expect(one?.sql).toBe("select id from orders where status = $1");
  });

  it("carry the statement whose place they took", async () => {
    const [one] = await sent(record({ [ORDERS]: 1 }), record({ "SELECT * FROM orders WHERE status = $1": 1 }));
    expect(one?.before).toBe("select * from orders where status = $1");
  });

  it("have literals, other parameters and what a server left of a literal as PostgreSQL plans them", async () => {
    const found = await sent(
      record({
        "SELECT a FROM orders WHERE id = 42 AND name = 'x'": 4,
        "SELECT b FROM orders WHERE id = ? AND name = :name": 3,
        "SELECT c FROM orders WHERE at > now() - interval $1": 2,
        "SELECT d FROM orders WHERE id = ANY(ARRAY[$1, $2])": 1,
      }),
      record({}),
    );
    expect(found.map(({ sql, state }) => `${state}: ${sql}`)).toEqual([
      "parsed: select a from orders where id = $1::int and name = $2",
      "parsed: select b from orders where id = $1 and name = $2",
      "parsed: select c from orders where at > now() - $1::interval",
      "parsed: select d from orders where id = any($1)",
    ]);
  });

  it("leave out what a changed file holds, other databases, and what is no query", async () => {
    expect(await sent(record({ [ORDERS]: 1 }), record({}), "select id from orders where status = 'open'")).toEqual([]);
    expect(await sent(record({ [ORDERS]: 1 }, "mysql"), record({}))).toEqual([]);
    expect(await sent(record({ [ORDERS]: 1 }), record({ [ORDERS]: 9 }))).toEqual([]);
  });

  it("are planned once, as the record of a test has them, where a server counted them as well", async () => {
    const [traced, base] = [record({ [ORDERS]: 10 }), record({})];
    const totals = (one: RuntimeRun): RuntimeRun => ({
      ...one,
      source: "statement-statistics",
      entries: one.entries.map((entry) => ({ ...entry, kind: "suite", key: "(all statements)" })),
    });
    const counts = countRuntime([totals(traced), traced], { sha: "b", distance: 0, runs: [totals(base), base] });
    const found = await statementsSent(counts.status === "collected" ? counts.value : null, null, sharedParser);
    expect(found.map(({ sent: by }) => by?.entry)).toEqual(["lists orders"]);
    const alone = countRuntime([totals(traced)], { sha: "b", distance: 0, runs: [totals(base)] });
    const [one] = await statementsSent(alone.status === "collected" ? alone.value : null, null, sharedParser);
    expect(one?.sent).toMatchObject({ entry: "smoke", times: 10 });
  });

  it("name one that does not parse, with the parser's reason", async () => {
    const [one] = await sent(record({ "SELECT id FROM orders WHERE WHERE id = $1": 1 }), record({}));
    expect(one?.state === "not-parsed" && plain(one.reason)).toMatch(/^PostgreSQL's parser does not read it: syntax error/u);
  });
});
