import { describe, expect, it } from "vitest";
import { indexCreateBlocking } from "../../src/rules/migrations/index-create-blocking.js";
import { findingsIn, rowsOf } from "./statements.js";

const SQL = "CREATE INDEX orders_x ON orders (x);";

describe("a strict configuration", () => {
  const severity = async (configuration: string) =>
    (await findingsIn(indexCreateBlocking, SQL, configuration)).map((finding) => finding.severity);

  it("takes a table whose size nobody knows for a large one", async () => {
    expect(await severity("")).toEqual(["warning"]);
    expect(await severity("database: { strict: true }")).toEqual(["blocking"]);
  });

  it("leaves a table of known size what it is", async () => {
    expect(await severity(`${rowsOf(50).replace(" } }", " } }, strict: true")}`)).toEqual(["notice"]);
  });
});
