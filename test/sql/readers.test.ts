import { describe, expect, it } from "vitest";
import type { Reader } from "../../src/model/catalogue.js";
import { readersOf, usesAny } from "../../src/sql/readers.js";
import { schemaChanges } from "../../src/sql/schema-changes.js";
import { statementsIn } from "../rules/planned.js";
import { index, relation } from "./plan/plans.js";

const named = (name: string) => ({ schema: "public", name });
const reader = (kind: Reader["kind"], name: string, ...reads: readonly string[]): Reader => ({
  ...named(name),
  kind,
  reads: reads.map(named),
});

const readers = [
  reader("view", "of_open", "open_orders"),
  reader("function", "orders_of", "open_orders"),
  reader("view", "open_orders", "orders"),
  reader("view", "people", "users"),
];

describe("what reads a table", () => {
  it("is found at any depth, in whatever order it is listed", () => {
    expect(readersOf(named("orders"), readers).map(({ name }) => name)).toEqual(["open_orders", "of_open", "orders_of"]);
  });

  it("ends where views and functions read each other", () => {
    const circle = [reader("function", "a", "b", "orders"), reader("function", "b", "a")];
    expect(readersOf(named("orders"), circle).map(({ name }) => name)).toEqual(["a", "b"]);
  });
});

describe("a statement uses a changed table", () => {
  const through = readersOf(named("orders"), readers);

  it.each([
    ["by its name", "SELECT * FROM orders", true],
    ["through a view", "SELECT 1 FROM of_open", true],
    ["through a function", "SELECT * FROM public.orders_of($1)", true],
    ["through a function among the columns", "SELECT orders_of(id) FROM users", true],
    ["not by a function with a view's name", "SELECT open_orders(1)", false],
    ["not by a table with a function's name", "SELECT * FROM orders_of", false],
    ["not by another schema's function", "SELECT other.orders_of(1)", false],
    ["not through what reads something else", "SELECT * FROM people", false],
  ])("%s", async (_, sql, expected) => {
    const [statement] = await statementsIn(`${sql};`, "src/queries/a.sql");
    expect(statement?.state === "parsed" && usesAny(statement.tree, [{ relation: named("orders"), through }])).toBe(expected);
  });
});

it("a schema change carries what reads its table, and nothing where nothing does", () => {
  const orders = (...indexes: readonly string[]) =>
    relation("orders", { id: "bigint" }, { indexes: indexes.map((name) => index(name, "id")) });
  const changed = schemaChanges({ relations: [orders("one")], readers }, { relations: [orders()] }, []);
  expect(changed.map(({ through }) => through?.length)).toEqual([3]);
  expect(schemaChanges({ relations: [orders("one")] }, { relations: [orders()] }, [])[0]).not.toHaveProperty("through");
});
