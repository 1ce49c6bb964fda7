import { describe, expect, it } from "vitest";
import type { Observation } from "../../src/model/catalogue.js";
import { plain } from "../../src/model/text.js";
import { isRefuted, observedClause, observedLock } from "../../src/sql/observed.js";
import type { ParsedStatement } from "../../src/sql/tables.js";
import { observation } from "../rules/catalogue.js";

const orders = { schema: null, name: "orders" };
const ran = (observed: Observation, tree: unknown = {}): ParsedStatement => ({
  path: "db/migrations/1.sql",
  line: 1,
  endLine: 1,
  sql: "",
  dialect: "postgresql",
  suppressions: [],
  state: "parsed",
  tree,
  observed,
});

describe("observedLock", () => {
  it("is the strongest on the table, and null where there was none", () => {
    const seen = observation({ orders: "SHARE", "shop.orders": "ACCESS EXCLUSIVE" });
    expect(observedLock(seen, orders)).toBe("ACCESS EXCLUSIVE");
    expect(observedLock(seen, { schema: "public", name: "orders" })).toBe("SHARE");
    expect(observedLock(seen, { schema: null, name: "bills" })).toBeNull();
  });
});

describe("isRefuted", () => {
  it("lets a claim stand that was seen, or that nobody looked at", () => {
    const seen = observation({ orders: "ACCESS EXCLUSIVE" }, { scanned: ["orders"] });
    expect(isRefuted(ran(seen), orders, { lock: "SHARE", scan: true })).toBe(false);
    const { observed: _, ...unseen } = ran(seen);
    expect(isRefuted(unseen, orders, { lock: "ACCESS EXCLUSIVE", rewrite: true })).toBe(false);
  });

  it.each([[{ lock: "ACCESS EXCLUSIVE" }], [{ scan: true }], [{ rewrite: true }]] as const)(
    "drops a claim that was not seen: %j",
    (claims) => {
      expect(isRefuted(ran(observation({ orders: "SHARE ROW EXCLUSIVE" })), orders, claims)).toBe(true);
    },
  );

  it("takes no scan of a partitioned table and no effect of a DO block for a proof", () => {
    const parent: Observation = {
      locks: [{ relation: { schema: "public", name: "orders" }, kind: "partitioned", mode: "SHARE" }],
      scanned: [],
      rewritten: [],
    };
    expect(isRefuted(ran(parent), orders, { lock: "SHARE", scan: true })).toBe(false);
    expect(isRefuted(ran(observation({}), { DoStmt: {} }), orders, { lock: "SHARE" })).toBe(false);
  });
});

describe("observedClause", () => {
  it("names the locks that block writes, strongest first, then what was rewritten and read", () => {
    const seen = observation(
      { orders: "ACCESS EXCLUSIVE", customers: "SHARE ROW EXCLUSIVE", "shop.bills": "SHARE ROW EXCLUSIVE", notes: "ROW SHARE" },
      { rewritten: ["orders"], scanned: ["orders", "shop.bills"] },
    );
    expect(plain(observedClause(seen) ?? [])).toBe(
      "takes ACCESS EXCLUSIVE on orders, takes SHARE ROW EXCLUSIVE on customers, shop.bills, rewrites orders, reads every row of shop.bills (observed)",
    );
  });

  it("leaves out indexes, counts what it does not list, and is null where nobody would wait", () => {
    const index = { relation: { schema: "public", name: "orders_idx" }, kind: "index", mode: "ACCESS EXCLUSIVE" } as const;
    expect(observedClause({ locks: [index], rewritten: [index.relation], scanned: [index.relation] })).toBeNull();
    expect(observedClause(observation({ orders: "ROW EXCLUSIVE" }))).toBeNull();
    const many = observation({ a: "SHARE", b: "SHARE", c: "SHARE", d: "SHARE" });
    expect(plain(observedClause(many) ?? [])).toBe("takes SHARE on a, b, c and 1 more (observed)");
  });
});
