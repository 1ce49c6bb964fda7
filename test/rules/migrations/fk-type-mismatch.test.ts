import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { fkTypeMismatch } from "../../../src/rules/migrations/fk-type-mismatch.js";
import { catalogue, index, relation, schema } from "../catalogue.js";
import { describeRule, findingsIn } from "../statements.js";

const ADD = "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id);";
const types = (child: string, parent: string) => ({
  schema: schema(
    catalogue(
      relation("customers", [`id ${parent}`], { indexes: [index("customers_pkey", ["id"], { primary: true, unique: true })] }),
      relation("orders", ["id bigint", `customer_id ${child}`]),
    ),
  ),
});

describeRule(fkTypeMismatch, {
  firing: [
    [
      "a narrower type",
      ADD,
      "orders.customer_id is integer, and the customers.id that it references is bigint",
      types("integer", "bigint"),
    ],
    ["a type that is cast", ADD, "is numeric(10,0)", types("numeric(10,0)", "bigint")],
    ["padded text", ADD, "is character(36)", types("character(36)", "text")],
    ["the parent's primary key, not named", ADD.replace(" (id)", ""), "customers.id that it references", types("integer", "bigint")],
    [
      "a new column's",
      "ALTER TABLE orders ADD COLUMN customer_id int REFERENCES customers (id);",
      "is integer",
      types("integer", "bigint"),
    ],
    ["a new table's", "CREATE TABLE orders (customer_id int REFERENCES customers);", "is integer", types("integer", "bigint")],
  ],
  silent: [
    ["the same type", ADD, types("bigint", "bigint")],
    ["another length", ADD, types("character varying(20)", "character varying(40)")],
    ["text and varchar, which are one", ADD, types("text", "character varying(40)")],
    ["a schema that is not known", ADD],
    ["tables that the schema does not hold", ADD, { schema: schema(catalogue()) }],
    ["a type named like a property of every object", ADD, types("constructor", "constructor")],
  ],
});

describe("migrations/fk-type-mismatch", () => {
  it("is a warning that gives the column with the referenced type", async () => {
    const [finding] = await findingsIn(fkTypeMismatch, ADD, "", types("integer", "bigint"));
    expect(finding?.severity).toBe("warning");
    expect(plain(finding?.help ?? [])).toContain("ALTER TABLE orders ADD COLUMN customer_id bigint;");
  });
});
