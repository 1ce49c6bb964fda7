import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isToolFile, toolDialect } from "../../src/sql/tool-dialects.js";

const prisma = (...lines: readonly string[]) => ["generator client {", '  provider = "prisma-client-js"', "}", ...lines].join("\n");
const datasource = (provider: string) => prisma("datasource db {", `  provider = ${provider}`, '  url = env("URL")', "}");

const naming: readonly (readonly [string, string, string | null])[] = [
  ["prisma/schema.prisma", datasource('"mysql"'), "mysql"],
  ["prisma/schema.prisma", datasource('"sqlserver"'), "transactsql"],
  ["prisma/schema.prisma", datasource('"postgresql"'), "postgresql"],
  ["prisma/schema.prisma", datasource('env("PROVIDER")'), null],
  ["prisma/schema.prisma", datasource('"cockroachdb"'), null],
  ["prisma/schema.prisma", datasource('"mongodb"'), null],
  ["prisma/schema.prisma", prisma("// datasource db {", '//   provider = "mysql"', "// }"), null],
  ["prisma/schema.prisma", prisma("datasource db {", '  // provider = "mysql"', '  provider = "sqlite"', "}"), "sqlite"],
  ["prisma/migrations/migration_lock.toml", '# Please do not edit\nprovider = "sqlite"\n', "sqlite"],
  ["drizzle.config.ts", "export default defineConfig({ dialect: 'mysql', schema: './src/schema.ts' });", "mysql"],
  ["drizzle.config.ts", 'export default { "dialect": "turso" };', "sqlite"],
  ["drizzle.config.ts", "export default { // dialect: 'mysql'\n /* dialect: 'mysql' */ dialect: `sqlite` };", "sqlite"],
  ["drizzle.config.js", 'module.exports = { driver: "mysql2", dbCredentials: { uri: "mysql://dialect" } };', "mysql"],
  ["drizzle.config.mts", "export default { dialect: process.env.DIALECT };", null],
  ["drizzle/meta/_journal.json", '{"version":"5","dialect":"mysql","entries":[]}', "mysql"],
  ["knexfile.js", "module.exports = { client: 'mysql2', connection: {} };", "mysql"],
  ["knexfile.ts", "export default { development: { client: 'better-sqlite3' }, production: { client: 'pg' } };", "postgresql"],
  ["knexfile.ts", "export default { development: { client: 'sqlite3' }, staging: { client: 'pg' } };", null],
  ["src/data-source.ts", "new DataSource({ type: 'mariadb', entities: [{ type: 'varchar' }] })", "mariadb"],
  ["ormconfig.json", '{ "type": "mysql", "host": "http://x" }', "mysql"],
  ["sqlc.yaml", "version: 2\nsql:\n  - engine: mysql\n    schema: s\n    queries: q\n", "mysql"],
  ["sqlc.yaml", "version: 2\nsql:\n  - { engine: mysql, schema: s, queries: q }\n  - { engine: sqlite, schema: s, queries: q }\n", null],
  ["sqlc.json", "{ broken", null],
  ["src/config.ts", "export default { dialect: 'mysql' };", null],
];

describe("the dialect in a tool's own file", () => {
  it.each(naming)("%s: %s", (path, text, dialect) => {
    expect(toolDialect(path, text)).toBe(dialect);
  });

  it("is looked for in no other file", () => {
    expect(["a/prisma/schema.prisma", "knexfile.cjs", "alembic.ini", "settings.py", "src/knexfile.js.md"].map(isToolFile)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it("is none beyond the first 64 KB", () => {
    expect(toolDialect("drizzle.config.ts", `${" ".repeat(70_000)}dialect: 'mysql'`)).toBeNull();
  });

  it.each([
    ["comments that never end", "/*"],
    ["quotes that never end", '"'],
    ["escaped quotes", '\\"'],
    ["keys without values", "dialect:"],
    ["blocks that never end", "\ndatasource d {"],
    ["empty lines", "\n"],
    ["blanks behind a key", "client  "],
    ["environments", "production:"],
  ])("is looked for in linear time: %s", (_, part) => {
    for (const path of ["schema.prisma", "migration_lock.toml", "drizzle.config.ts", "knexfile.js", "data-source.ts"]) {
      expect(toolDialect(path, part.repeat(40_000))).toBeNull();
    }
  });

  it("is a dialect of ours or none, whatever stands there", () => {
    const word = fc.constantFrom(
      "dialect",
      "client",
      "constructor",
      "__proto__",
      ":",
      "'",
      '"',
      "mysql",
      "{",
      "}",
      "provider",
      "=",
      " ",
      "\n",
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 30 }),
        fc.constantFrom("schema.prisma", "drizzle.config.ts", "knexfile.js"),
        (words, path) => {
          expect([null, "mysql"]).toContain(toolDialect(path, words.join("")));
        },
      ),
    );
  });
});
