import { describe, expect, it } from "vitest";
import { templateSchema, withoutSchema } from "../../../src/sql/migration-tools/template-schema.js";

const CREATE = 'CREATE TABLE {{ index .Options "Namespace" }}.users (id uuid);';

describe("a template's schema", () => {
  it("is the one that a table is named with elsewhere", () => {
    expect(templateSchema([CREATE, "COMMENT ON TABLE auth.users IS 'x'; SELECT u.id FROM public.users u;"])).toBe("auth");
  });

  it("is not known where no table is named both ways, or nothing is a template", () => {
    expect(templateSchema([CREATE, "CREATE TABLE audit.log (id int);"])).toBeNull();
    expect(templateSchema(["CREATE TABLE auth.users (id uuid);", "SELECT * FROM auth.users;"])).toBeNull();
  });

  it("gives way to blanks of the same length, under every table", () => {
    const sql = "ALTER TABLE auth.users ADD a int REFERENCES auth.keys (id); SELECT x.auth.a, author.b;";
    const without = withoutSchema(sql, "auth");
    expect(without).toBe("ALTER TABLE      users ADD a int REFERENCES      keys (id); SELECT x.auth.a, author.b;");
    expect(without).toHaveLength(sql.length);
  });
});
