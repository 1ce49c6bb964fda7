import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { matviewRefreshBlocking } from "../../../src/rules/migrations/matview-refresh-blocking.js";
import { catalogue, index, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn } from "../statements.js";

const refresh = "REFRESH MATERIALIZED VIEW sales;";

describeRule(matviewRefreshBlocking, {
  firing: [
    ["REFRESH", refresh, "REFRESH MATERIALIZED VIEW sales without CONCURRENTLY"],
    ["one with a schema", "REFRESH MATERIALIZED VIEW shop.sales;", "shop.sales"],
    ["WITH DATA", "REFRESH MATERIALIZED VIEW sales WITH DATA;", "sales"],
    ["one inside a DO block", `DO $$ BEGIN ${refresh} END $$;`, "sales"],
    ["two, as one list", `${refresh}\nREFRESH MATERIALIZED VIEW days;`, "line 2: REFRESH MATERIALIZED VIEW days"],
  ],
  silent: [
    ["CONCURRENTLY", "REFRESH MATERIALIZED VIEW CONCURRENTLY sales;"],
    ["WITH NO DATA", "REFRESH MATERIALIZED VIEW sales WITH NO DATA;"],
    ["a view created in the change", `CREATE MATERIALIZED VIEW sales AS SELECT 1; ${refresh}`],
    ["a query file", { "src/queries/x.sql": refresh }],
    ["a string", `SELECT '${refresh}';`],
  ],
});

describe("migrations/matview-refresh-blocking", () => {
  it("names the unique index that CONCURRENTLY needs, unless the view has one", async () => {
    const help = async (known = {}): Promise<string> =>
      plain((await findingsIn(matviewRefreshBlocking, refresh, "", known))[0]?.help ?? []);
    const sales = (...indexes: ReturnType<typeof index>[]) =>
      schema(catalogue(relation("sales", ["day date"], { kind: "materialized view", indexes })));
    expect(await help()).toContain("CREATE UNIQUE INDEX ON sales (…);");
    expect(await help({ schema: sales() })).toContain("CREATE UNIQUE INDEX ON sales (day);");
    expect(await help({ schema: sales(index("k", ["day"], { unique: true })) })).toBe(
      "Readers keep the old rows meanwhile with REFRESH MATERIALIZED VIEW CONCURRENTLY sales;",
    );
  });
});
