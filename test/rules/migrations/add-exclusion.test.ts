import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { addExclusion } from "../../../src/rules/migrations/add-exclusion.js";
import { observation } from "../catalogue.js";
import { describeRule, findingsIn, rowsOf } from "../statements.js";

const ADD = "ALTER TABLE bookings ADD CONSTRAINT apart EXCLUDE USING gist (room WITH =, during WITH &&);";

describeRule(addExclusion, {
  firing: [
    ["ADD EXCLUDE", ADD, "ADD EXCLUDE apart on bookings"],
    ["one without a name", "ALTER TABLE shop.bookings ADD EXCLUDE (room WITH =);", "ADD EXCLUDE on shop.bookings"],
    ["one of several commands", "ALTER TABLE bookings ADD COLUMN a int, ADD EXCLUDE (room WITH =);", "on bookings"],
    ["one inside a DO block", `DO $$ BEGIN ${ADD} END $$;`, "apart on bookings"],
    [
      "what was observed",
      ADD,
      "takes ACCESS EXCLUSIVE on bookings",
      { observed: { 1: observation({ bookings: "ACCESS EXCLUSIVE" }, { scanned: ["bookings"] }) } },
    ],
  ],
  silent: [
    ["a table created in the change", `CREATE TABLE bookings (room int, during tsrange); ${ADD}`],
    ["EXCLUDE in CREATE TABLE", "CREATE TABLE bookings (room int, EXCLUDE (room WITH =));"],
    ["UNIQUE", "ALTER TABLE bookings ADD UNIQUE (room);"],
    ["a statement that ran without reading the table", ADD, { observed: { 1: observation({ bookings: "ACCESS EXCLUSIVE" }) } }],
    ["a comment", `-- ${ADD}\nSELECT 1;`],
  ],
});

describe("migrations/add-exclusion", () => {
  it("goes with the table's size and names the way around", async () => {
    const [finding] = await findingsIn(addExclusion, ADD, rowsOf(2_000_000, "bookings"));
    expect(finding?.severity).toBe("blocking");
    expect(plain(finding?.help ?? [])).toContain("CREATE TABLE bookings_new (LIKE bookings INCLUDING ALL);");
  });
});
