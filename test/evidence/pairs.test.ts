import { describe, expect, it } from "vitest";
import { difference, withoutMoved } from "../../src/evidence/difference.js";
import type { Found } from "../../src/evidence/found.js";
import { pairStatements } from "../../src/evidence/pairs.js";

const found = (sql: string, more: Partial<Omit<Found, "statement" | "identity">> = {}): Found => ({
  statement: { path: "a", line: 1, endLine: 1, sql, dialect: "postgresql", suppressions: [], state: "parsed", tree: {} },
  identity: `true ${sql}`,
  fingerprint: null,
  name: null,
  place: null,
  ...more,
});

const pairs = (added: readonly Found[], removed: readonly Found[]): readonly (string | undefined)[] => {
  const pairing = pairStatements(added, removed);
  return added.map((statement) => pairing.get(statement)?.statement.sql);
};

describe("pairStatements", () => {
  it("goes by the name first, whatever became of the text", () => {
    const before = [found("SELECT 1", { name: "a" }), found("DELETE FROM t", { name: "b" })];
    expect(pairs([found("UPDATE t SET x = 1", { name: "b" })], before)).toEqual(["DELETE FROM t"]);
  });

  it("goes by the fingerprint: only constants differ", () => {
    expect(pairs([found("SELECT a OFFSET 5000", { fingerprint: "f" })], [found("SELECT a OFFSET 10", { fingerprint: "f" })])).toEqual([
      "SELECT a OFFSET 10",
    ]);
  });

  it("takes the most similar of the same verb, each once", () => {
    const before = [found("SELECT a FROM t WHERE b = 1"), found("SELECT a FROM u WHERE c = 1 AND d = 2")];
    const after = [
      found("SELECT a FROM u WHERE c = 1"),
      found("SELECT a FROM t WHERE b = 1 AND e = 3"),
      found("DELETE FROM t WHERE b = 1"),
    ];
    expect(pairs(after, before)).toEqual([before[1]?.statement.sql, before[0]?.statement.sql, undefined]);
  });

  it("takes less for enough in the same function", () => {
    const before = found("SELECT a , b , c FROM orders", { place: "Repo.find" });
    const listed = (place: string) => found("SELECT x FROM lines JOIN orders USING ( y ) WHERE z", { place });
    expect(pairs([listed("Repo.find")], [before])).toEqual([before.statement.sql]);
    expect(pairs([listed("Repo.list")], [before])).toEqual([undefined]);
  });

  it("leaves two that have nothing in common apart", () => {
    expect(pairs([found("SELECT a FROM t")], [found("SELECT x , y , z , w FROM u JOIN v USING ( k )")])).toEqual([undefined]);
  });
});

describe("difference and withoutMoved", () => {
  it("counts: what was removed once hides one that turns up elsewhere", () => {
    const [one, two, three] = [found("SELECT 1"), found("SELECT 2"), found("SELECT 2")];
    expect(difference([two, three], [one, two])).toEqual({ added: [three], removed: [one] });
    expect(withoutMoved([two, three, one], [two])).toEqual([three, one]);
  });
});
