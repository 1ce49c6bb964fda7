import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runnable } from "../../../src/sql/migration-tools/runnable.js";

describe("what is run of a migration", () => {
  it.each([
    "-- +goose Up\nSELECT 1;\n-- +goose Down\nDROP TABLE a;",
    "-- migrate:up\nSELECT 1;\n-- migrate:down\nDROP TABLE a;",
    "-- Up Migration\nSELECT 1;\n--- Down Migration\nDROP TABLE a;",
    "-- +migrate Up\nSELECT 1;\n-- +migrate Down\nDROP TABLE a;",
    "--liquibase formatted sql\n--changeset a:1\nSELECT 1;\n--rollback DROP TABLE a;",
  ])("is never the way back: %s", (sql) => {
    expect(
      runnable(sql)
        .replace(/--[^\n]*/g, "")
        .trim(),
    ).toBe("SELECT 1;");
  });

  it("ends at no comment that only speaks of the way back", () => {
    expect(runnable("-- down migration is not possible\nSELECT 1;")).toContain("SELECT 1;");
  });

  it("has the schema public in a template's place, and every statement at its own offset", () => {
    const sql = `do $$ begin if '{{ index .Options "Namespace" }}' = 'x' then end if; end $$;\nalter table {{ index .Options "Namespace" }}.users add x int;`;
    const run = runnable(sql);
    expect(run.replace(/ +/g, " ")).toBe("do $$ begin if 'public' = 'x' then end if; end $$;\nalter table public .users add x int;");
    expect(run.indexOf("alter")).toBe(sql.indexOf("alter"));
    expect(run).toHaveLength(sql.length);
  });

  it("has it also where the placeholder is quoted, with quotes of its own", () => {
    const sql = 'CREATE INDEX i ON "{{ index .Options "Namespace" }}".users (a);';
    expect(runnable(sql).replace(/ +/g, " ")).toBe("CREATE INDEX i ON public .users (a);");
  });

  it("leaves a quoted placeholder that is shorter than the schema's name", () => {
    expect(runnable("SELECT '{{x}}';")).toHaveLength("SELECT '{{x}}';".length);
  });

  it("leaves the schemas of a dump visible to what follows", () => {
    expect(runnable("SELECT pg_catalog.set_config('search_path', '', false);\n\\restrict abc\nCREATE TABLE public.a ();")).toMatch(
      /^ +\n;? +\nCREATE TABLE public\.a \(\);$/,
    );
  });

  it("never grows, and never moves what stands before the way back", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", " ", "'", "$", "{{x}}", "'{{x}}'", ".", "\n", "--", ";", "é") }),
        (sql) => runnable(sql).length === sql.length,
      ),
    );
  });
});
