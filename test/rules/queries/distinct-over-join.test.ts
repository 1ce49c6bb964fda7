import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { distinctOverJoin } from "../../../src/rules/queries/distinct-over-join.js";
import { catalogue, index, relation } from "../catalogue.js";
import { findingsOf, plansOf } from "../planned.js";
import { recordedQuery } from "../recorded-queries.js";

const keyed = (name: string, columns: readonly string[]) =>
  relation(name, ["id bigint not null", ...columns], { indexes: [index(`${name}_pkey`, ["id"], { unique: true, primary: true })] });
const shop = catalogue(
  keyed("orders", ["customer_id bigint not null", "status text not null"]),
  keyed("items", ["order_id bigint not null", "kind text not null"]),
  keyed("customers", ["country text not null"]),
);

const found = async (name: string, source: "exported" | "assumed" = "exported") => {
  const one = await recordedQuery(name);
  const tables = one.state === "planned" ? one.tables.map((table) => ({ ...table, source })) : [];
  return findingsOf(distinctOverJoin, { ...plansOf([{ ...one, tables } as typeof one]), catalogue: shop });
};

describe("queries/distinct-over-join", () => {
  it("notices a table that only multiplies, and offers EXISTS", async () => {
    const [finding] = await found("DISTINCT over a join");
    expect(finding?.severity).toBe("notice");
    expect(finding && plain(finding.message)).toContain("Joins items, of which nothing is given out, to 200,000 rows");
    expect(finding && plain(finding.help)).toContain("WHERE EXISTS (SELECT 1 FROM items i WHERE …)");
  });

  it("asks, where nobody told the sizes", async () => {
    expect((await found("DISTINCT over a join", "assumed")).map(({ severity }) => severity)).toEqual(["question"]);
  });

  it.each([
    "DISTINCT over a join that gives out both",
    "DISTINCT over a join by a key",
    "DISTINCT over a join of few rows",
    "DISTINCT over an outer join",
    "no DISTINCT over a join",
    "EXISTS",
  ])("is silent about %s", async (name) => {
    expect(await found(name)).toEqual([]);
  });
});
