import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { key32bit } from "../../../src/rules/migrations/key-32bit.js";
import { describeRule, findingsIn } from "../statements.js";

const mysql = (sql: string) => ({ "migrations/mysql/1.sql": sql });

describeRule(key32bit, {
  firing: [
    ["serial", "CREATE TABLE orders (id serial PRIMARY KEY);", "The primary key orders.id is serial"],
    ["int", "CREATE TABLE orders (id int PRIMARY KEY);", "orders.id is integer"],
    ["a key of the table's", "CREATE TABLE orders (id smallint, PRIMARY KEY (id));", "orders.id is smallint"],
    ["an identity", "CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);", "integer"],
    ["MySQL", mysql("CREATE TABLE orders (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY)"), "orders.id is INT"],
    ["MySQL's key of the table", mysql("CREATE TABLE orders (id INT NOT NULL, PRIMARY KEY (id))"), "orders.id is INT"],
  ],
  silent: [
    ["bigint", "CREATE TABLE orders (id bigint PRIMARY KEY);"],
    ["bigserial", "CREATE TABLE orders (id bigserial PRIMARY KEY);"],
    ["uuid", "CREATE TABLE orders (id uuid PRIMARY KEY, n int);"],
    ["a key of several columns", "CREATE TABLE pairs (a int, b int, PRIMARY KEY (a, b));"],
    ["a column that is no key", "CREATE TABLE orders (id bigint PRIMARY KEY, n serial);"],
    ["MySQL's BIGINT", mysql("CREATE TABLE orders (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY)")],
  ],
});

describe("migrations/key-32bit", () => {
  it("is off until it is asked for, and shows the wide key as SQL", async () => {
    expect(key32bit.off).toBe(true);
    expect(plain((await findingsIn(key32bit, "CREATE TABLE orders (id int PRIMARY KEY);"))[0]?.help ?? [])).toContain(
      "CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, …);",
    );
  });
});
