import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { jsonNotJsonb } from "../../../src/rules/migrations/json-not-jsonb.js";
import { describeRule, findingsIn } from "../statements.js";

describeRule(jsonNotJsonb, {
  firing: [
    ["a new table", "CREATE TABLE events (id bigint, body json);", "events.body is of the type json"],
    ["a new column", "ALTER TABLE events ADD COLUMN body json;", "events.body"],
    ["one with a default", "ALTER TABLE shop.events ADD body json NOT NULL DEFAULT '{}';", "shop.events.body"],
    ["one inside a DO block", "DO $$ BEGIN CREATE TABLE events (body json); END $$;", "events.body"],
    ["two, as one list", "CREATE TABLE events (a json, b json);", "line 1: events.b"],
  ],
  silent: [
    ["jsonb", "CREATE TABLE events (body jsonb); ALTER TABLE events ADD more jsonb;"],
    ["text", "CREATE TABLE events (body text);"],
    ["a column that is called json", "CREATE TABLE events (json text);"],
    ["an array", "ALTER TABLE events ADD bodies json[];"],
    ["MySQL, where it is the only one", { "migrations/mysql/1.sql": "CREATE TABLE events (body JSON)" }],
  ],
});

describe("migrations/json-not-jsonb", () => {
  it("is off until it is asked for, and shows the column as SQL", async () => {
    expect(jsonNotJsonb.off).toBe(true);
    expect(plain((await findingsIn(jsonNotJsonb, "CREATE TABLE events (body json);"))[0]?.help ?? [])).toContain("body jsonb");
  });
});
