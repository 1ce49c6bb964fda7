import { expect, it } from "vitest";
import type { Dialect } from "../../src/model/statements.js";
import { createdTables } from "../../src/sql/created-tables.js";
import { sharedParser } from "../sandbox/shared-parser.js";

it.each<[Dialect, string, boolean]>([
  ["postgresql", "CREATE TABLE a (x int)", true],
  ["postgresql", "CREATE TABLE a AS SELECT 1", true],
  ["postgresql", "SELECT 1 INTO a", true],
  ["postgresql", "DO $$ BEGIN CREATE TABLE a (x int); END $$", true],
  ["postgresql", "CREATE TABLE IF NOT EXISTS a (x int)", false],
  ["postgresql", "CREATE TABLE IF NOT EXISTS a AS SELECT 1", false],
  ["postgresql", "CREATE TEMP TABLE a (x int)", false],
  ["postgresql", "CREATE TEMP TABLE a AS SELECT 1", false],
  ["mysql", "CREATE TABLE a (x int)", true],
  ["mysql", "CREATE TABLE IF NOT EXISTS a (x int)", false],
  ["mysql", "CREATE TEMPORARY TABLE a (x int)", false],
])("%s: %s creates a table that is new: %s", async (dialect, sql, isNew) => {
  const [answer] = await sharedParser([{ path: "a.sql", dialect, sql }]);
  const statements = answer && "statements" in answer ? answer.statements : [];
  const created = statements.flatMap((statement) => ("tree" in statement ? createdTables(statement.tree, dialect) : []));
  expect(created).toEqual([{ name: "a", isNew }]);
});
