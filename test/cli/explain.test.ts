import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRepository, type TestRepository } from "../checkout/repository.js";
import { type Output, redline } from "./run.js";

const SCHEMA = `CREATE TABLE orders (id bigint PRIMARY KEY, status text NOT NULL, total integer NOT NULL);
CREATE INDEX orders_total_idx ON orders (total);
`;
const QUERIES = `-- name: OpenOrders :many
SELECT id FROM orders WHERE status = @status;

-- name: OrdersOfTotal :many
SELECT id FROM orders WHERE total = @total;
`;

let repository: TestRepository;
let outside: string;
beforeAll(() => {
  repository = createRepository();
  repository.commit({ "db/migrations/0001_orders.sql": SCHEMA, "queries/orders.sql": QUERIES });
  outside = mkdtempSync(join(tmpdir(), "redline-desk-"));
});
afterAll(() => {
  repository.remove();
  rmSync(outside, { recursive: true });
});

const explain = (...args: readonly string[]): Promise<Output> => redline(["explain", ...args], { cwd: repository.path });

const refusal = async (words: RegExp, ...args: readonly string[]): Promise<void> => {
  const { code, stderr } = await explain(...args);
  expect(stderr).toMatch(words);
  expect(stderr).toMatch(/^redline: .+\n$/);
  expect(code).toBe(2);
};

describe("redline explain", () => {
  it("plans every statement of a file that is committed already, and proves the index that one of them lacks", async () => {
    const { code, stdout, stderr } = await explain("queries/orders.sql");
    expect(stderr).toBe("");
    expect(stdout).toContain("queries/orders.sql:2");
    expect(stdout).toMatch(/Seq Scan on orders {2}\(cost [\d,]+, 200 rows\) {3}← costs most/);
    expect(stdout).toContain("With CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);");
    expect(stdout).toContain("(queries/predicate-unindexed)");
    expect(stdout).toContain("Scan on orders_total_idx");
    expect(stdout).toContain("taken for 10,000,000 rows");
    expect(code).toBe(0);
  });

  it("runs a migration that is on disk only on the schema that is committed, and says what it locks", async () => {
    writeFileSync(join(repository.path, "db/migrations/0002_status.sql"), "ALTER TABLE orders ALTER COLUMN total TYPE bigint;\n");
    const { stdout } = await explain("db/migrations/0002_status.sql");
    expect(stdout).toMatch(/^db\/migrations\/0002_status\.sql:1\n {2}⚠️ /);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("takes ACCESS EXCLUSIVE on orders, rewrites orders (observed)");
  });

  it("prints the plans as JSON", async () => {
    const { stdout } = await explain("queries/orders.sql", "--format", "json");
    const { plans, findings } = JSON.parse(stdout);
    expect(plans.map(({ line }: { line: number }) => line)).toEqual([2, 5]);
    expect(findings).toHaveLength(1);
  });

  it("says that there is no schema to plan on, outside of a repository", async () => {
    writeFileSync(join(outside, "a.sql"), "SELECT id FROM orders WHERE status = 'x';\n");
    const { code, stdout } = await redline(["explain", "a.sql"], { cwd: outside });
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(/No plan was made: .*no .*migration/);
    expect(code).toBe(0);
  });

  it("refuses what it cannot read, in one sentence", async () => {
    await refusal(/nope\.sql does not exist/, "nope.sql");
    await refusal(/queries is not a file/, "queries");
    await refusal(/name the files/);
    await refusal(/--format xml is not known/, "queries/orders.sql", "--format", "xml");
    await refusal(/missing-statistics\.sql does not exist/, "queries/orders.sql", "--statistics", "missing-statistics.sql");
  });
});
