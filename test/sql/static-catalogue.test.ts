import { describe, expect, it } from "vitest";
import type { Index, Relation } from "../../src/model/catalogue.js";
import type { Dialect } from "../../src/model/statements.js";
import { staticCatalogue } from "../../src/sql/static-catalogue.js";
import { sharedParser } from "../sandbox/shared-parser.js";

async function readDdl(dialect: Dialect, sql: string) {
  const [answer] = await sharedParser([{ path: "a.sql", dialect, sql }]);
  if (!answer || "refused" in answer) throw new Error("refused");
  const statements = answer.statements.map((one) => ({
    sql: sql.slice(one.start, one.end),
    ...("tree" in one && { tree: one.tree }),
  }));
  return staticCatalogue(statements, dialect);
}

const indexText = (index: Index): string =>
  [index.name, index.primary ? "primary" : index.unique ? "unique" : index.method, ...index.keys.map((key) => key.expression)].join(" ");

/** `a(x int!, y text): a_x btree x; x -> b(id)` */
const shown = ({ name, columns, indexes, foreignKeys }: Relation): string =>
  [
    `${name}(${columns.map((column) => `${column.name} ${column.type}${column.notNull ? "!" : ""}`).join(", ")})`,
    ...indexes.map(indexText),
    ...foreignKeys.map((key) => `${key.columns.join(",")} -> ${key.parent.name}(${key.parentColumns.join(",")})`),
  ].join("; ");

const tables = async (dialect: Dialect, sql: string) => (await readDdl(dialect, sql)).catalogue.relations.map(shown);
const unknown = async (dialect: Dialect, sql: string) => (await readDdl(dialect, sql)).unknown;

describe("a catalogue from MySQL's statements", () => {
  it("holds columns, keys and foreign keys, which get their index by themselves", async () => {
    const sql = `CREATE TABLE b (id int PRIMARY KEY);
      CREATE TABLE a (id bigint unsigned NOT NULL auto_increment, n varchar(20), b_id int, c decimal(10,2) DEFAULT 1,
        PRIMARY KEY (id), UNIQUE KEY uk (n(10), c DESC), KEY k (c), FULLTEXT KEY ft (n),
        CONSTRAINT fk FOREIGN KEY (b_id) REFERENCES b (id), CHECK (c > 1));`;
    expect(await tables("mysql", sql)).toEqual([
      "a(id bigint unsigned!, n varchar(20), b_id int, c decimal(10,2)); PRIMARY primary id; uk unique n(10) c; k btree c; ft fulltext n; fk btree b_id; b_id -> b(id)",
      "b(id int!); PRIMARY primary id",
    ]);
  });

  it("has no second index where one serves the foreign key, made before it or after it", async () => {
    const before = "CREATE TABLE a (x int, y int, KEY k (x, y), CONSTRAINT fk FOREIGN KEY (x) REFERENCES b (id));";
    const after = "CREATE TABLE a (x int, y int, CONSTRAINT fk FOREIGN KEY (x) REFERENCES b (id)); CREATE INDEX k ON a (x, y);";
    const expected = ["a(x int, y int); k btree x y; x -> b(id)"];
    expect(await tables("mysql", before)).toEqual(expected);
    expect(await tables("mysql", after)).toEqual(expected);
  });

  it("forgets REFERENCES beside a column in MySQL, and keeps it in MariaDB", async () => {
    const sql = "CREATE TABLE a (x int REFERENCES b (id));";
    expect(await tables("mysql", sql)).toEqual(["a(x int)"]);
    expect(await tables("mariadb", sql)).toEqual(["a(x int); x btree x; x -> b(id)"]);
  });

  it("follows ALTER TABLE", async () => {
    const sql = `CREATE TABLE a (id int PRIMARY KEY, x int, y int, z int, KEY k (x), KEY l (y, z));
      ALTER TABLE a ADD COLUMN w varchar(5) NOT NULL FIRST, ADD INDEX (w), ADD UNIQUE KEY u (z), DROP INDEX k, DROP COLUMN y, ENGINE=InnoDB;
      ALTER TABLE a CHANGE x v bigint NOT NULL;
      ALTER TABLE a MODIFY w text;
      ALTER TABLE a DROP PRIMARY KEY, ADD CONSTRAINT fk FOREIGN KEY (v) REFERENCES b (id);
      ALTER TABLE a DROP FOREIGN KEY fk;`;
    expect(await tables("mysql", sql)).toEqual(["a(id int!, v bigint!, z int, w text); l btree z; w btree w; u unique z; fk btree v"]);
  });

  it("follows renamed tables and columns into the foreign keys of others", async () => {
    const sql = `CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p_id int, FOREIGN KEY (p_id) REFERENCES p (id));
      RENAME TABLE p TO q; ALTER TABLE q RENAME COLUMN id TO key_id; ALTER TABLE c RENAME TO d;`;
    expect(await tables("mysql", sql)).toEqual([
      "d(p_id int); p_id btree p_id; p_id -> q(key_id)",
      "q(key_id int!); PRIMARY primary key_id",
    ]);
  });

  it("drops an index of the named table only, whose name others may have", async () => {
    const sql = "CREATE TABLE a (x int, KEY i (x)); CREATE TABLE b (x int, KEY i (x)); DROP INDEX i ON a;";
    expect(await tables("mysql", sql)).toEqual(["a(x int)", "b(x int); i btree x"]);
  });

  it("copies a table for LIKE, with its indexes and without its foreign keys", async () => {
    const sql = "CREATE TABLE a (x int, KEY i (x), FOREIGN KEY (x) REFERENCES b (id)); CREATE TABLE c LIKE a;";
    expect((await tables("mysql", sql))[1]).toBe("c(x int); i btree x");
  });

  it("tells the first characters of a column from an expression", async () => {
    const sql = "CREATE TABLE a (n text); CREATE INDEX i ON a (n(10)); CREATE INDEX j ON a ((lower(n)));";
    const [relation] = (await readDdl("mysql", sql)).catalogue.relations;
    expect(relation?.indexes.map((index) => index.keys[0]?.column)).toEqual(["n", null]);
    expect(relation?.indexes[1]?.keys[0]?.expression).toBe("lower(n)");
  });
});

describe("a catalogue from SQLite's statements", () => {
  it("holds foreign keys, which get no index, and partial indexes as such", async () => {
    const sql = `CREATE TABLE "a" ("id" integer PRIMARY KEY AUTOINCREMENT, "B_id" int NOT NULL REFERENCES b(id) ON DELETE CASCADE, n text UNIQUE);
      CREATE UNIQUE INDEX IF NOT EXISTS i ON a (b_ID, n) WHERE n > 'a';`;
    expect(await tables("sqlite", sql)).toEqual([
      "a(id integer!, B_id int!, n text); PRIMARY primary id; n unique n; i unique b_ID n; B_id -> b(id)",
    ]);
    const [relation] = (await readDdl("sqlite", sql)).catalogue.relations;
    expect(relation?.indexes[2]).toMatchObject({ predicate: "…", keys: [{ column: "B_id" }, { column: "n" }] });
  });

  it("follows the rebuilding of a table", async () => {
    const sql = `CREATE TABLE a (x int); CREATE INDEX i ON a (x);
      PRAGMA foreign_keys=off; CREATE TABLE a_new (x int, y int); INSERT INTO a_new SELECT x, 1 FROM a; DROP TABLE a;
      ALTER TABLE a_new RENAME TO a; CREATE INDEX i ON a (y);`;
    expect(await tables("sqlite", sql)).toEqual(["a(x int, y int); i btree y"]);
  });

  it("reads DROP INDEX, which the grammar refuses", async () => {
    const sql = "CREATE TABLE a (x int); CREATE INDEX i ON a (x); CREATE INDEX j ON a (x); DROP INDEX IF EXISTS i; DROP INDEX j;";
    expect(await tables("sqlite", sql)).toEqual(["a(x int)"]);
  });
});

describe("what a static catalogue does not understand", () => {
  it("makes the table unknown, and no other", async () => {
    const sql = "CREATE TABLE a (x int); CREATE TABLE b (x int); ALTER TABLE a CONVERT TO CHARACTER SET utf8mb4;";
    expect(await tables("mysql", sql)).toEqual(["b(x int)"]);
    expect(await unknown("mysql", sql)).toEqual(["a"]);
  });

  it.each([
    ["a table made of a query", "CREATE TABLE a AS SELECT 1"],
    ["a column that is not there", "CREATE TABLE a (x int); CREATE INDEX i ON a (y)"],
    ["a table made twice", "CREATE TABLE a (x int); CREATE TABLE a (y int)"],
    ["a likeness of nothing known", "CREATE TABLE a LIKE b"],
    ["a statement with an error in it", "CREATE TABLE a (x int,,)"],
  ])("counts %s among it", async (_, sql) => {
    expect(await readDdl("mysql", sql)).toEqual({ catalogue: { relations: [] }, unknown: ["a"] });
  });

  it("ends when the table is dropped", async () => {
    expect(await tables("mysql", "CREATE TABLE a AS SELECT 1; DROP TABLE a; CREATE TABLE a (x int)")).toEqual(["a(x int)"]);
  });

  it("is not what leaves tables as they are", async () => {
    const sql = `CREATE TABLE a (x int); CREATE TABLE IF NOT EXISTS a (y int); CREATE TEMPORARY TABLE t (x int); DELETE FROM a;
      CREATE TRIGGER a_t AFTER INSERT ON a FOR EACH ROW SET @y = 1; DROP VIEW IF EXISTS a_view; OPTIMIZE TABLE a;`;
    expect(await readDdl("mysql", sql)).toMatchObject({ catalogue: { relations: [{ name: "a" }] }, unknown: [] });
  });
});
