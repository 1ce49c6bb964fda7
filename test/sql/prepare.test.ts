import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare, SHORT_PARAMETER } from "../../src/sql/prepare.js";

describe("prepare", () => {
  it("keeps every offset of a PostgreSQL text", () => {
    const part = fc.constantFrom(
      "@p",
      ":name",
      "?",
      "{{ .X }}",
      "{{}}",
      "\\d t\n",
      "'@p'",
      "sqlc.arg(a)",
      "\uFEFF",
      ":'v'",
      "a",
      " ",
      "\n",
      ";",
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const sql = parts.join(" ");
        const { filled, bound } = prepare(sql, "postgresql");
        expect([filled.length, bound.length]).toEqual([sql.length, sql.length]);
        expect(filled.split("\n").map((line) => line.length)).toEqual(sql.split("\n").map((line) => line.length));
      }),
    );
  });

  it("turns what is given at run time into parameters, strings and comments left alone", () => {
    expect(prepare("SELECT @long, :b, ?, sqlc.arg('x') , '@p', a::int -- :c", "postgresql").bound).toBe(
      `SELECT $1   , $1, ${SHORT_PARAMETER}, $1            , '@p', a::int -- :c`,
    );
    expect(prepare("SELECT ?, ?2, sqlc.narg(x), :y", "sqlite").bound).toBe("SELECT :p, :p, :p, :p");
  });

  it("fills the holes of templates with an identifier", () => {
    expect(prepare("ALTER TABLE {{ .Ns }}.users", "postgresql").filled).toBe("ALTER TABLE hole_____.users");
    expect(prepare("SELECT '{{ x }}'", "postgresql").filled).toBe("SELECT '{{ x }}'");
    const quoted = 'CREATE INDEX i ON "{{ index .Options "Namespace" }}".users (a)';
    expect(prepare(quoted, "postgresql").filled).toBe(`CREATE INDEX i ON ${"hole".padEnd(34, "_")}.users (a)`);
    expect(prepare("DO $$ ALTER TABLE {{ .Ns }}.a; SELECT @p $$", "postgresql").filled).toBe("DO $$ ALTER TABLE hole_____.a; SELECT @p $$");
  });

  it.each([
    ["a name alone", '"{{ .Schema }}".a', "hole___________.a"],
    ["a name of the shortest kind", '"{{}}".a', "hole__.a"],
    ["two of them", '"{{ .A }}"."{{ .B }}"', `${"hole".padEnd(10, "_")}.${"hole".padEnd(10, "_")}`],
    ["an argument in quotes of its own", '"{{ index .O "N" }}".a', `${"hole".padEnd(20, "_")}.a`],
  ])("fills a quoted hole with one identifier of its length: %s", (_, sql, filled) => {
    expect(prepare(sql, "postgresql")).toMatchObject({ filled, bound: filled });
    expect(filled).toHaveLength(sql.length);
  });

  it.each(['"a {{ .B }}"', '"{{ .A }} b"', '"{{ { } }}"', '"{ .A }"'])("leaves a name that holds more, or no hole: %s", (name) => {
    const sql = `SELECT ${name}`;
    expect(prepare(sql, "postgresql").filled.startsWith("SELECT hole")).toBe(false);
    expect(prepare(sql, "postgresql").filled).toHaveLength(sql.length);
  });

  it("reads a long row of opening quotes and braces in linear time", () => {
    const sql = '"{{ "'.repeat(20_000);
    expect(prepare(sql, "postgresql").filled).toHaveLength(sql.length);
  });

  it("leaves River's template out of names in strings, where a comment is none", () => {
    expect(prepare("SELECT '/* TEMPLATE: schema */jobs'::regclass", "postgresql").filled).toBe(`SELECT '${" ".repeat(22)}jobs'::regclass`);
    const body = "DO $$ BEGIN PERFORM to_regclass('/* TEMPLATE: schema */jobs'); END $$";
    expect(prepare(body, "postgresql").filled).toBe(body.replace("/* TEMPLATE: schema */", " ".repeat(22)));
  });

  it.each(["-- +goose Down", "-- migrate:down", "--+migrate Down"])("cuts the text at %s", (marker) => {
    expect(prepare(`SELECT 1;\n${marker}\nDROP TABLE a;`, "postgresql").filled).toBe("SELECT 1;\n");
  });

  it("is not cut by a string that looks like a marker", () => {
    const sql = "SELECT '\n-- +goose Down\n'; SELECT 2;";
    expect(prepare(sql, "postgresql").filled).toBe(sql);
  });

  it("opens MySQL's executable comments, which the server runs", () => {
    expect(prepare("/*!40101 DELETE FROM t */;", "mysql").filled).toBe("         DELETE FROM t   ;");
  });
});
