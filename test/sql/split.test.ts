import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Dialect } from "../../src/model/statements.js";
import { split } from "../../src/sql/split.js";

const pieces = (sql: string, dialect: Dialect = "postgresql"): readonly string[] =>
  split(sql, dialect).map(({ start, end }) => sql.slice(start, end));

describe("split", () => {
  it("cuts at semicolons that are not quoted or commented out, and drops what surrounds a statement", () => {
    expect(pieces("-- a;\nSELECT ';' /* ; */ , \";\" ;; /* c; */ SELECT $$;$$ -- end;\n")).toEqual([
      "SELECT ';' /* ; */ , \";\"",
      "SELECT $$;$$",
    ]);
  });

  it("keeps the body of BEGIN ATOMIC together", () => {
    const body = "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; SELECT CASE a WHEN 1 THEN 2 END; END";
    expect(pieces(`${body}; BEGIN; SELECT 1; END`)).toEqual([body, "BEGIN", "SELECT 1", "END"]);
  });

  it("follows MySQL's DELIMITER", () => {
    expect(pieces("DELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; END $$\n delimiter ;\nSELECT 2;", "mysql")).toEqual([
      "CREATE PROCEDURE p() BEGIN SELECT 1; END",
      "SELECT 2",
    ]);
  });

  it("takes GO on a line of its own for the end of a batch, and a column of that name for a column", () => {
    expect(pieces("SELECT go FROM t\nGO\nSELECT 2\ngo 3\r\nSELECT 4", "transactsql")).toEqual(["SELECT go FROM t", "SELECT 2", "SELECT 4"]);
  });

  it("ends a statement at a client line of psql", () => {
    expect(pieces("SELECT 1 \\gexec\n\\c db\nSELECT 2")).toEqual(["SELECT 1", "SELECT 2"]);
  });

  it("finds joined statements again, in order", () => {
    const statement = fc.constantFrom("SELECT 1", "SELECT ';' FROM a", "UPDATE a SET b = $q$;$q$", "DELETE /* ; */ FROM a");
    fc.assert(
      fc.property(fc.array(statement), fc.constantFrom(";", " ;\n-- c;\n", ";;/* ; */"), (statements, between) => {
        expect(pieces(statements.join(between))).toEqual(statements);
      }),
    );
  });
});
