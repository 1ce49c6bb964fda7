import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { triggerPerRow } from "../../../src/rules/migrations/trigger-per-row.js";
import { findingsIn, rowsOf } from "../statements.js";

const create = "CREATE TRIGGER audit AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION audit();";
const large = rowsOf(1_000_000);

describe("migrations/trigger-per-row", () => {
  it.each([
    ["AFTER", create],
    ["BEFORE", create.replace("AFTER", "BEFORE")],
    ["OR REPLACE", create.replace("CREATE", "CREATE OR REPLACE")],
    ["a constraint trigger", create.replace("CREATE", "CREATE CONSTRAINT")],
    ["one inside a DO block", `DO $$ BEGIN ${create} END $$;`],
  ])("finds %s on a large table", async (_, sql) => {
    const [finding] = await findingsIn(triggerPerRow, sql, large);
    expect(plain(finding?.message ?? [])).toContain("TRIGGER audit on orders FOR EACH ROW (1,000,000 rows)");
    expect(finding?.severity).toBe("notice");
    expect(plain(finding?.help ?? [])).toContain(
      "CREATE TRIGGER audit AFTER INSERT ON orders REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT",
    );
  });

  it.each([
    ["a table of unknown size", create, ""],
    ["a small table", create, rowsOf(999_999)],
    ["FOR EACH STATEMENT", create.replace("EACH ROW", "EACH STATEMENT"), large],
    ["another table", create.replace("ON orders", "ON items"), large],
    ["DROP TRIGGER", "DROP TRIGGER audit ON orders;", large],
  ])("is silent about %s", async (_, sql, configuration) => {
    expect(await findingsIn(triggerPerRow, sql, configuration)).toEqual([]);
  });
});
