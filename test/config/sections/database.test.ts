import { describe, expect, it } from "vitest";
import { configOf, problemsOf } from "../reading.js";

describe("database", () => {
  it("is PostgreSQL with nothing known about it by default", () => {
    expect(configOf("").database).toEqual({
      dialect: "postgresql",
      dialectGiven: false,
      migrations: [],
      tables: {},
      statistics: ".github/redline-statistics.sql",
      assumedRows: 10_000_000,
      strict: false,
      plans: "on",
    });
  });

  it("reads every key, given", () => {
    const yaml = `database:
  { dialect: mysql, migrations: ["db/**/*.sql"], tables: { orders: { rows: 12000000 } }, schema: db/structure.sql, statistics: a.sql,
    assumed_rows: 7, collation: C, strict: true, plans: off }`;
    expect(configOf(yaml).database).toEqual({
      dialect: "mysql",
      dialectGiven: true,
      migrations: ["db/**/*.sql"],
      tables: { orders: { rows: 12_000_000 } },
      statistics: "a.sql",
      assumedRows: 7,
      schema: "db/structure.sql",
      collation: "C",
      strict: true,
      plans: "off",
    });
  });

  it("keeps tables apart that are named like members of every object", () => {
    expect(configOf("database: { tables: { constructor: { rows: 1 }, toString: { rows: 2 } } }").database.tables).toEqual({
      constructor: { rows: 1 },
      toString: { rows: 2 },
    });
  });

  it.each([
    [
      "database: { dialect: postgres }",
      /^1: dialect: postgres is not accepted here, did you mean postgresql\? .*write one of postgresql, mysql/u,
    ],
    ["database: { tables: { orders: 5 } }", /^1: orders: 5 is not accepted here .*write keys below it: rows/u],
    ["database: { tables: { orders: { rows: -1 } } }", /^1: rows: -1 is not accepted here .*write a whole number from 0/u],
    ["database: { tables: { orders: { rows: 1e6 } } }", /^1: 1e6 is not a plain decimal number/u],
    ["database: { tables: { orders: { rows: 010 } } }", /^1: 010 is not a plain decimal number/u],
  ])("refuses %s", (yaml, problem) => expect(problemsOf(yaml)[0]).toMatch(problem));
});
