import { describe, expect, it } from "vitest";
import { PATIENT_MS, useHarness } from "./harness.js";

/** The time that the loop would have had, each time. */
const left: number[] = [];
const harness = useHarness({ firstWriteMs: PATIENT_MS }, (sql, leftMs) =>
  sql.includes("LOOP END LOOP") && left.push(leftMs) > 0 ? 500 : leftMs,
);

let shared: ReturnType<typeof harness.shop> | undefined;

/** One repository for all pull requests. */
function shopOfOrders(): ReturnType<typeof harness.shop> {
  shared ??= harness.shop({
    ".github/redline.yml": "on_budget_exceed:\n  - block_merge: true\ndatabase:\n  tables: { orders: { rows: 12000000 } }\n",
    "migrations/0001_orders.sql": "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL, coupon text);\n",
  });
  return shared;
}

const blocking = { "migrations/0002_customers.sql": "CREATE INDEX orders_customer ON orders (customer_id);\n" };
const query = { "src/orders.ts": 'export const withCoupon = (db) => db.query("SELECT id, customer_id FROM orders WHERE coupon = $1");\n' };

describe("a pull request with a migration and a query", () => {
  it("is told what its migration locks and what its query reads, in 5 calls; a second review that says the same leaves its comment alone", async () => {
    const shop = await shopOfOrders();
    const { number, calls, total } = await shop.pull("customers", { ...blocking, ...query });
    expect(total).toBe(5);
    expect(calls).toMatchObject({ "repos/download-tarball-archive": 1, "checks/create": 1, "issues/create-comment": 1 });
    const check = await shop.check(number);
    expect(check).toMatchObject({
      state: "failure",
      title: expect.stringContaining("CREATE INDEX orders_customer on orders blocks writes"),
    });
    expect(check?.annotations.map(({ path, start_line: line }) => `${path}:${line}`)).toEqual(
      expect.arrayContaining(["migrations/0002_customers.sql:1", "src/orders.ts:1"]),
    );
    const comment = await shop.comment(number);
    expect(comment).toContain("takes SHARE on `orders`, reads every row of `orders` (observed)");
    expect(comment).toContain("### Query plans");
    expect(comment).toMatch(
      /`src\/orders\.ts:1`.*Seq Scan on `orders`.*`CREATE INDEX CONCURRENTLY orders_coupon_idx ON orders \(coupon\);`/,
    );
    expect(await shop.mergeable(number)).toBe(false);

    const { repository } = shop;
    const again = await harness.act(() => harness.github.rerequestCheckRun({ repository, check_run: check?.id ?? 0, user: "dev" }));
    expect(again.calls).toHaveProperty("graphql/PullRequestFacts");
    expect(Object.keys(again.calls).filter((call) => call.startsWith("issues/"))).toEqual([]);
    expect(await shop.comment(number)).toBe(comment);
  });
});

describe("a hostile migration", () => {
  it.each([
    ["an endless loop", "DO $$ BEGIN LOOP END LOOP; END $$;\n", "it took longer than 0.5 s to run"],
    ["a program", "COPY orders FROM PROGRAM 'cat /etc/passwd';\n", "COPY"],
  ])("with %s ends in what could not be checked", async (what, sql, why) => {
    const shop = await shopOfOrders();
    const { number } = await shop.pull(what.replaceAll(" ", "-"), { "migrations/0002_hostile.sql": sql });
    expect(await shop.check(number)).toMatchObject({ state: "success", title: expect.stringContaining("could not be checked") });
    const comment = await shop.comment(number);
    expect(comment).toMatch(/`migrations\/0002_hostile\.sql`: not checked: it could not be run to its end/);
    expect(comment).toContain(why);
  });

  it("would have had 5 s for each of its statements", () => {
    expect(new Set(left)).toEqual(new Set([5000]));
  });

  it("is no hindrance to the App, which reviews the next pull request", async () => {
    const shop = await shopOfOrders();
    const next = await shop.pull("customers", query);
    expect(await shop.comment(next.number)).toContain("### Query plans");
  });
});
